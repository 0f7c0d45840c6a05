from odoo import models


class ItKpiForm(models.AbstractModel):
    """How the numbers of a form came about: by its grades, and once published by its result."""

    _inherit = "it.kpi.form"

    _explained = ("graded_total", "total")

    def _get_explanations(self, name):
        if name == "graded_total":
            return {form: form._explain_graded_total() for form in self}
        published = self.filtered("is_published")
        sentences = (
            published.result_id._get_explanations(f"{self._kind}_total") if published else {}
        )
        unknown = [self.env._("The final score of the form is known when the result is published.")]
        return {form: sentences[form.result_id] if form in published else unknown for form in self}

    def _get_number_heading(self, name):
        label = self._fields[name]._description_string(self.env)
        return f"{self.unit_id.short_name} · {self.env._(self._form_label)} · {label}"

    def _explain_graded_total(self):
        """Return which lines the points from grades come from, and which add nothing yet."""
        graded = self.line_ids.filtered("grade_id")
        lacking = len(self.line_ids.filtered("not_applicable"))
        unmarked = len(self.line_ids) - len(graded) - lacking
        return [
            self.env._(
                "%(total)s = sum of the graded lines (%(count)s)",
                total=f"{self.graded_total:.2f}",
                count=len(graded),
            ),
            lacking
            and self.env._(
                "Lines marked N/A: %s. They get the mean of the units that have this when the "
                "result is published.",
                lacking,
            ),
            unmarked and self.env._("Lines without a mark: %s.", unmarked),
        ]
