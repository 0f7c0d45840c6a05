from odoo import fields, models


class ItKpiRubric(models.Model):
    """What the division proposes on a published result: settings of the rubric, off by default."""

    _inherit = "it.kpi.rubric"

    proposes_funds = fields.Boolean(
        help="On a published result the division can propose how a sum is shared among the units "
        "(资金分配建议).",
    )
    commended = fields.Selection(
        [("band", "Units of the Best Grade"), ("first", "The First Units")],
        "Proposed for Commendation",
        help="Which units the division proposes for a commendation in the notice "
        "(建议通报表扬名单). Empty: none.",
    )
    commended_count = fields.Integer(
        "Number of First Units",
        required=True,
        default=0,
        help="How many of the first units; those with the same rank as the last of them as well.",
    )
    commended_by_kind = fields.Boolean(
        "First of Each Kind",
        help="So many of the county bureaus and so many of the direct units.",
    )

    _commended_count_positive = models.Constraint(
        "CHECK(commended_count >= 0)", "The number of first units cannot be negative."
    )

    def _get_award_problems(self):
        """Return why the settings of the commendation make no sense together."""
        self.ensure_one()
        if self.commended == "band" and not self.band_ids:
            return [self.env._("Units of the best grade are commended, but there are no grades.")]
        if self.commended == "first" and not self.commended_count:
            return [self.env._("Say how many of the first units are proposed for commendation.")]
        return []
