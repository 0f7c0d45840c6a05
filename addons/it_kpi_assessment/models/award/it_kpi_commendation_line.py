from odoo import fields, models

from ...const import REASON_LENGTH


class ItKpiCommendationLine(models.Model):
    """A unit that has a rank, and whether it is proposed for commendation.

    It changes by ``action_amend`` only.
    """

    _name = "it.kpi.commendation.line"
    _inherit = ["it.kpi.award.line"]
    _description = "Unit Proposed for Commendation"
    _order = "commendation_id, id"

    _state_holder = "commendation_id"

    commendation_id = fields.Many2one(
        "it.kpi.commendation", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="commendation_id.company_id", store=True, index=True, precompute=True
    )
    is_by_rule = fields.Boolean("By the Rubric", readonly=True)
    is_listed = fields.Boolean("Listed", readonly=True)
    reason = fields.Char(
        readonly=True,
        max_length=REASON_LENGTH,
        multiline=True,
        help="Why the leadership struck or added the unit.",
    )

    _result_unique = models.Constraint(
        "UNIQUE(commendation_id, result_id)", "A unit stands once on a list."
    )

    def action_amend(self, reason):
        """Strike units that are listed, add those that are not, with a reason.

        :raise AccessError: the user is not of the leadership
        :raise UserError: there is no reason, or the list is not to be approved now
        """
        self.check_access("read")
        for line in self:
            line.commendation_id.action_amend(line.id, reason)
