from odoo import models


class ItKpiChange(models.AbstractModel):
    """The numbers before and after a revision say how they came about where they stand (R12)."""

    _name = "it.kpi.change"
    _inherit = ["it.kpi.change", "it.kpi.explained"]

    _explained = ("old_final", "final", "old_rank", "rank")

    # The model of the new scores; a change has the id of the unit's new score.
    _score_model = None

    def _get_explanations(self, name):
        self._get_scores(name).check_access("read")
        told = self._get_scores(name)._get_explanations(name.removeprefix("old_"))
        return {change: told.get(change._get_scores(name), []) for change in self}

    def _get_scores(self, name):
        """Return the records that hold the number itself."""
        if name.startswith("old_"):
            return self.old_result_id
        return self.env[self._score_model].browse(self.ids)

    def _get_number_heading(self, name):
        label = self._fields[name]._description_string(self.env)
        return f"{self.unit_id.short_name} · {label}"
