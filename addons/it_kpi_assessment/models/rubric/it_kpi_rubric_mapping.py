from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ItKpiRubric(models.Model):
    """Which version of the rubric this one takes the place of.

    A version names its former one, and each of its indicators those of the former version whose
    place it takes: see ``it.kpi.indicator``. So the memory of former years finds its lines.
    """

    _inherit = "it.kpi.rubric"

    former_id = fields.Many2one(
        "it.kpi.rubric",
        "Former Version",
        compute="_compute_former_id",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The version that this one replaces. Indicators are first mapped by their codes; the "
        "mapping can then be corrected manually.",
    )
    dropped_indicator_ids = fields.Many2many(
        "it.kpi.indicator",
        string="Dropped Indicators",
        compute="_compute_dropped_indicator_ids",
        help="Indicators of the former version that no indicator of this version replaces.",
    )

    @api.depends("origin_id", "company_id")
    def _compute_former_id(self):
        """A duplicate takes the place of what it was copied from, within one bureau."""
        for rubric in self:
            former = rubric.origin_id._get_version()
            rubric.former_id = former if former.company_id == rubric.company_id else False

    def _get_version(self):
        """Return the version that a copy of this rubric takes the place of.

        A draft was never used, and the copy of a cycle stands for the version it was made from.
        """
        return self.former_id if self.cycle_id or self.state == "draft" else self

    @api.depends("former_id", "indicator_ids.predecessor_ids")
    def _compute_dropped_indicator_ids(self):
        for rubric in self:
            rubric.dropped_indicator_ids = (
                rubric.former_id.indicator_ids - rubric.indicator_ids.predecessor_ids._origin
            )

    @api.constrains("former_id")
    def _check_former(self):
        for rubric in self:
            former = rubric.former_id
            if former and (
                former.cycle_id
                or former.state == "draft"
                or former.company_id != rubric.company_id
                or rubric._has_cycle("former_id")
            ):
                raise ValidationError(
                    self.env._(
                        "%(former)s cannot be the former version of %(rubric)s. Choose an earlier "
                        "one of the same bureau that is or was in force.",
                        former=former.display_name,
                        rubric=rubric.display_name,
                    )
                )

    def _copy_mapping(self, target):
        """Map a copy to what users mapped the draft to."""
        if target.former_id and target.former_id == self.former_id:
            copies = {indicator.code: indicator for indicator in target.indicator_ids}
            for indicator in self.indicator_ids:
                copies[indicator.code].predecessor_ids = indicator.predecessor_ids
