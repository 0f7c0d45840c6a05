from ..bureau import FILLING
from ..measuring import Measure
from ..web_client import get_specification

FORM = "it.kpi.assessment"


class OpenForm(Measure):
    """A reporter opens the form that the own unit is filling in, with its 16 lines."""

    name = "Opening a form, through web_read"
    is_flat = True

    def __init__(self, bureau):
        super().__init__(bureau)
        self.specification = get_specification(bureau, "reporter", FORM, "form")
        with bureau.acting() as env:
            domain = [
                ("cycle_id", "=", bureau.ids[FILLING]),
                ("unit_id", "=", bureau.units[0]),
            ]
            self.form = env[FORM].search(domain).id

    def own(self):
        [form], self.queries = self.bureau.call(
            "reporter", FORM, "web_read", [self.form], self.specification
        )
        assert len(form["line_ids"]) == 16
