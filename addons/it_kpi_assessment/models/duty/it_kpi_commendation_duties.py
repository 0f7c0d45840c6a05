from odoo import models

from ..mixins.it_kpi_duty_mixin import Duty


class ItKpiCommendation(models.Model):
    """The division proposes, the leadership changes the list and approves it."""

    _inherit = "it.kpi.commendation"

    _duties = {
        "propose_commendation": Duty(("draft",), ("division",)),
        "approve_commendation": Duty(("proposed",), ("leadership",)),
    }
