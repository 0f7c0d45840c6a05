from odoo import models

from ..mixins.it_kpi_explained import explain_grade


class ItKpiForm(models.AbstractModel):
    """How the numbers of a form came about: by its grades, and once published by its result."""

    _name = "it.kpi.form"
    _inherit = ["it.kpi.form", "it.kpi.explained.current"]

    _explained = ("graded_total", "total")

    def _get_explanations(self, name):
        if name == "graded_total":
            return {form: form._explain_graded_total() for form in self}
        published = self.filtered("is_published")
        told = published.result_id._get_explanations(self._result_total) if published else {}
        unknown = [self.env._("The final score of the form is known when the result is published.")]
        return {form: told[form.result_id] if form in published else unknown for form in self}

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


class ItKpiFormLine(models.AbstractModel):
    """How the points of a line came about; published ones as the result's line says it."""

    _name = "it.kpi.form.line"
    _inherit = ["it.kpi.form.line", "it.kpi.explained.current"]

    _explained = ("score",)

    def _get_explanations(self, name):
        told = self._get_published_explanations()
        return {line: [told.get(line) or line._explain_mark()] for line in self}

    def _get_published_explanations(self):
        """Return ``{line: the sentence of the published result}``, where the user may read it."""
        forms = self.form_id.filtered("is_published")
        if not forms:
            return {}
        rows = self.env["it.kpi.result.line"].search(
            [
                ("result_id", "in", forms.result_id.ids),
                ("kind", "=", forms._result_total.removesuffix("_total")),
                ("indicator_id", "in", self.indicator_id.ids),
            ]
        )
        told = {(row.result_id, row.indicator_id): row.explanation for row in rows}
        return {line: told.get((line.form_id.result_id, line.indicator_id)) for line in self}

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
