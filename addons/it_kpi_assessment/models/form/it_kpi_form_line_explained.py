from odoo import models

from ..mixins.it_kpi_explained import explain_grade


class ItKpiFormLine(models.AbstractModel):
    """How the points of a line came about; published ones in the words of the result's line."""

    _inherit = "it.kpi.form.line"

    _explained = ("score",)

    def _get_explanations(self, name):
        sentences = self._get_published_explanations()
        return {line: [sentences.get(line) or line._explain_mark()] for line in self}

    def _get_published_explanations(self):
        """Return ``{line: the sentence of the published result}``, where the user may read it."""
        forms = self.form_id.filtered("is_published")
        if not forms:
            return {}
        rows = self.env["it.kpi.result.line"].search(
            [
                ("result_id", "in", forms.result_id.ids),
                ("kind", "=", forms._kind),
                ("indicator_id", "in", self.indicator_id.ids),
            ]
        )
        sentences = {(row.result_id, row.indicator_id): row.explanation for row in rows}
        return {line: sentences.get((line.form_id.result_id, line.indicator_id)) for line in self}

    def _explain_mark(self):
        if self.grade_id:
            return explain_grade(self.env, self.score, self.points, self.grade_id)
        if self.not_applicable:
            return self.env._(
                "The unit does not have this: when the result is published, the line gets the "
                "mean of the units that have it."
            )
        return self.env._("The line has no mark yet.")

    def _get_number_heading(self, name):
        form = self.form_id
        label = self.env._(form._form_label)
        return f"{form.unit_id.short_name} · {label} · {self.indicator_label}"
