from odoo import models

from ..mixins.it_kpi_explained import explain_unfiled
from ..rubric.it_kpi_veto import explain_zeroed_lines


class ItKpiForm(models.AbstractModel):
    """How the numbers of a form came about: by its grades, and once published by its result."""

    _inherit = "it.kpi.form"

    _explained = ("graded_total", "total", "shown_total")

    def _get_explanations(self, name):
        if name == "shown_total":
            published = self.filtered("is_published")
            return {
                **published._get_explanations("total"),
                **(self - published)._get_explanations("graded_total"),
            }
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
        return f"{self.unit_short_name} · {self.env._(self._form_label)} · {label}"

    def _explain_graded_total(self):
        """Return which lines the points come from, and which add nothing, or nothing yet."""
        if self.state == "unfiled":
            return [explain_unfiled(self.env)]
        if self.state == "withdrawn":
            return [self._describe_withdrawal()]
        lines = self.line_ids.grouped("origin")
        count = {origin: len(part) for origin, part in lines.items()}
        return [
            self._explain_sum(count.get("graded", 0), count.get("mean", 0)),
            *explain_zeroed_lines(self.line_ids),
            "awaited" in count
            and self.env._(
                "Lines marked N/A: %s. They get the mean of the units that have this when the "
                "result is published; what no unit has drops out.",
                count["awaited"],
            ),
            "dropped" in count
            and self.env._("Lines that drop out, because no unit has this: %s.", count["dropped"]),
            "unmarked" in count and self.env._("Lines without a mark: %s.", count["unmarked"]),
        ]

    def _explain_sum(self, graded, means):
        total = f"{self.graded_total:.2f}"
        if not means:
            return self.env._(
                "%(total)s = sum of the graded lines (%(count)s)", total=total, count=graded
            )
        return self.env._(
            "%(total)s = sum of the graded lines (%(count)s) and of the means (%(means)s)",
            total=total,
            count=graded,
            means=means,
        )
