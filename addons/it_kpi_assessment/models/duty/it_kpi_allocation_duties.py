from odoo import models

from ..mixins.it_kpi_duty_mixin import Duty


class ItKpiAllocation(models.Model):
    """The division fills in and proposes, the leadership approves."""

    _inherit = "it.kpi.allocation"

    _duties = {
        "propose_funds": Duty(("draft",), ("division",)),
        "approve_funds": Duty(("proposed",), ("leadership",)),
    }
