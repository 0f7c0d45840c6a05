"""The exceptions that the screen takes for a lost connection, from the screen's own list."""

import ast

from tools.paths import ROOT

LIST = ROOT / "addons/it_kpi_assessment/static/src/paper_form/database_away.js"


def read_away():
    """Return the names of the exceptions; the list of strings in JavaScript is one in Python."""
    text = LIST.read_text(encoding="utf-8")
    names = ast.literal_eval(text[text.index("[") : text.rindex("]") + 1])
    return frozenset(names)


AWAY = read_away()
