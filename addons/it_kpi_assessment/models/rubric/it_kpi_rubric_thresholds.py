from odoo import models
from odoo.tools import frozendict, ormcache


class ItKpiRubric(models.Model):
    """The thresholds of the copy that a year works with, which every mark asks for."""

    _inherit = "it.kpi.rubric"

    @ormcache("self.id")
    def _get_kept_thresholds(self):
        """Return ``{id of the indicator: ((id of the grade, threshold in percent), ...)}``.

        Kept in Odoo's cache; the best grade stands first.
        """
        return frozendict(
            {
                indicator.id: tuple(
                    (grade.id, threshold) for grade, threshold in indicator._find_thresholds()
                )
                for indicator in self.sudo().indicator_ids
            }
        )
