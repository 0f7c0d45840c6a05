from odoo import models

from ..mixins.it_kpi_explained import explain_grade, explain_unfiled
from ..rubric.it_kpi_veto import explain_zeroed


class ItKpiFormLine(models.AbstractModel):
    """How the points of a line came about; published ones in the words of the result's line."""

    _inherit = "it.kpi.form.line"

    _explained = ("score", "counted_score")

    def _get_explanations(self, name):
        rows = self._get_result_lines(self.form_id.filtered("is_published"))
        return {
            line: [rows[line].explanation if rows.get(line) else line._explain_points()]
            for line in self
        }

    def _explain_points(self):
        """Return how the points came about that count before publication."""
        if self.origin == "unfiled":
            return explain_unfiled(self.env)
        if self.origin == "withdrawn":
            return self.form_id._describe_withdrawal()
        if self.origin == "zeroed":
            return explain_zeroed(self.env, self.veto_kinds)
        if self.grade_id:
            return explain_grade(self.env, self.score, self.points, self.grade_id)
        if self.not_applicable:
            return self.env._(
                "The unit does not have this: when the result is published, the line gets the "
                "mean of the units that have it, or drops out if no unit has it."
            )
        return self.env._("The line has no mark yet.")

    def _get_number_heading(self, name):
        form = self.form_id
        label = self.env._(form._form_label)
        return f"{form.unit_short_name} · {label} · {self.indicator_label}"
