from odoo import models
from odoo.tools import frozendict, ormcache

from .it_kpi_check import CHECKS


class ItKpiRubric(models.Model):
    """What the checks do in a rubric."""

    _inherit = "it.kpi.rubric"

    @ormcache("self.id")
    def _get_check_effects(self):
        """Return ``{kind: effect}`` of this rubric.

        Kept in Odoo's cache, because every mark asks for it.
        """
        self.ensure_one()
        rows = self.env["it.kpi.check"].search_fetch(
            [("rubric_id", "=", self.id)], ["kind", "effect"]
        )
        return frozendict(
            {kind: check.effect for kind, check in CHECKS.items()}
            | {row.kind: row.effect for row in rows}
        )
