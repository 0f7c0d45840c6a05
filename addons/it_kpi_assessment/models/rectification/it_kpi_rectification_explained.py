from odoo import models

from ..mixins.it_kpi_explained import explain_grade


class ItKpiRectification(models.Model):
    """The final and the rank that an order rests on say how they came about (R12)."""

    _name = "it.kpi.rectification"
    _inherit = ["it.kpi.rectification", "it.kpi.explained.current"]

    _explained = ("final", "rank")

    def _get_explanations(self, name):
        """As the result says it, to those who may read the result: a verifier may not."""
        results = self.result_id._filtered_access("read")
        told = results._get_explanations(name) if results else {}
        unreadable = self.env._(
            "It stands in the published result of the unit, which you may not read."
        )
        return {order: told.get(order.result_id, [order.basis, unreadable]) for order in self}

    def _get_number_heading(self, name):
        label = self._fields[name]._description_string(self.env)
        return f"{self.unit_id.short_name} · {label}"


class ItKpiRectificationWeakness(models.Model):
    """The points of a weak indicator say how they came about (R12)."""

    _name = "it.kpi.rectification.weakness"
    _inherit = ["it.kpi.rectification.weakness", "it.kpi.explained.current"]

    _explained = ("assessment_score", "survey_score")

    def _get_explanations(self, name):
        """As the result's line says it, to those who may read it; else by the mark alone."""
        kind = name.removesuffix("_score")
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
        return f"{self.order_id.unit_id.short_name} · {self.indicator_id.form_label} · {label}"
