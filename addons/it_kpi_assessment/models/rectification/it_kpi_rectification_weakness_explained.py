from odoo import models

from ..mixins.it_kpi_explained import explain_grade

KIND_OF_SCORE = {"assessment_score": "assessment", "survey_score": "survey"}


class ItKpiRectificationWeakness(models.Model):
    """The points of a weak indicator, explained as in the result (R12)."""

    _inherit = "it.kpi.rectification.weakness"

    _explained = ("assessment_score", "survey_score")

    def _get_explanations(self, name):
        """Return the result line's sentence to users who may read it, and the mark to others."""
        kind = KIND_OF_SCORE[name]
        readable = self[f"{kind}_line_id"]._filtered_access("read")
        return {weakness: [weakness._explain_line(kind, readable)] for weakness in self}

    def _explain_line(self, kind, readable):
        line = self[f"{kind}_line_id"]
        if line in readable:
            return line.explanation
        line = line.sudo()
        if line.origin == "graded":
            return explain_grade(self.env, line.score, line.points, line.grade_id)
        return f"{line.score:.2f}: {self[f'{kind}_mark']}"

    def _get_number_heading(self, name):
        label = self._fields[name]._description_string(self.env)
        return f"{self.order_id.unit_short_name} · {self.indicator_id.form_label} · {label}"
