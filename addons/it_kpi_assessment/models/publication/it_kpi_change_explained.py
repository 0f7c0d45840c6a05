from odoo import api, models


class ItKpiChange(models.AbstractModel):
    """The numbers before and after a revision, explained by the scores that hold them (R12)."""

    _inherit = "it.kpi.change"

    _explained = ("old_final", "final", "old_rank", "rank")

    # The model of the new scores; a change has the id of the unit's new score.
    _score_model = None

    @api.readonly
    def explain_number(self, number):
        return super().explain_number(number)

    def _get_explanations(self, name):
        self._get_scores(name).check_access("read")
        sentences = self._get_scores(name)._get_explanations(name.removeprefix("old_"))
        return {change: sentences.get(change._get_scores(name), []) for change in self}

    def _get_scores(self, name):
        """Return the records that hold the number itself."""
        if name.startswith("old_"):
            return self.old_result_id
        return self.env[self._score_model].browse(self.ids)
