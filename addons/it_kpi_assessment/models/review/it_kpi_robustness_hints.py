from odoo import models

from ..rubric.it_kpi_rubric_hints import HINTS
from .hint_queries import hint_query

MOST_HINTS = 100  # of a rule
SHOWN_LETTERS = 40


class ItKpiRobustness(models.AbstractModel):
    """Hints by rule on filed self-assessments: for heads and the leadership, not for the units."""

    _inherit = "it.kpi.robustness"

    def _get_hints(self, facts):
        """Return the hints of the rules that the rubric turned on: dicts of ``rule``, ``what`` (the
        beginning of a text, or a file's name) and ``places``, the units and indicators."""
        rubric = facts.cycle.sudo().rubric_id
        found = []
        for rule in HINTS:
            if rubric[rule]:
                label = rubric._fields[rule]._description_string(self.env)
                found += [
                    {"rule": label, "what": what, "places": places}
                    for what, places in self._find_hints(facts, rule)
                ]
        return found

    def _find_hints(self, facts, rule):
        last = facts.cycle.sudo().last_cycle_id
        query = hint_query(rule, facts.cycle.id, last.id or None, MOST_HINTS)
        for what, units, indicators in self.env.execute_query(query):
            cut = f"{what[:SHOWN_LETTERS]}…" if len(what) > SHOWN_LETTERS else what
            yield cut, self._name_places(facts, zip(units, indicators, strict=True))

    def _name_places(self, facts, places):
        """Return the places as ``["unit: indicator, indicator"]``."""
        named = {}
        for unit, indicator in places:
            if unit in facts.scores:
                label = facts.indicators.browse(indicator).form_label
                named.setdefault(facts.scores[unit].unit_short_name, {})[label] = None
        comma = self.env._(", ")
        return [
            self.env._("%(unit)s: %(indicators)s", unit=unit, indicators=comma.join(labels))
            for unit, labels in named.items()
        ]
