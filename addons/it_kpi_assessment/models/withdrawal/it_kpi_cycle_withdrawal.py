from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import CYCLE_CHANGEABLE, CYCLE_UNDER_WAY
from ...tools.locking import touch


class ItKpiCycle(models.Model):
    """The units that were withdrawn from a year (R13).

    They stay among ``unit_ids``: their forms are records of the year, and the people who belong to
    them are recused from it as before (回避), because the unit may be taken back.
    """

    _inherit = "it.kpi.cycle"

    withdrawn_ids = fields.One2many(
        "it.kpi.assessment",
        "cycle_id",
        "Withdrawn Units",
        domain=[("state", "=", "withdrawn")],
        readonly=True,
        help="The self-assessments of the units that were withdrawn from the year.",
    )

    archived_units = fields.Char(
        compute="_compute_archived_units",
        max_length=False,
        help="Names of the archived units that still take part in a year under way.",
    )

    @api.depends("state", "unit_ids.active", "assessment_ids.state")
    def _compute_archived_units(self):
        forms = self.env["it.kpi.assessment"].sudo()
        archived = forms.search(
            [
                ("cycle_id", "in", self.ids),
                ("cycle_id.state", "in", CYCLE_UNDER_WAY),
                ("state", "!=", "withdrawn"),
                ("unit_id.active", "=", False),
            ]
        ).grouped("cycle_id")
        for cycle in self:
            left = archived.get(cycle.sudo(), forms)
            cycle.archived_units = "、".join(left.unit_id.mapped("name"))

    def _check_is_under_way(self):
        """Raise a UserError unless units can leave these years, and come back into them.

        The years stay under way until the end of the transaction, and an approval or publication
        that began before is retried: it sees who left.
        """
        touch(self)
        for cycle in self:
            if cycle.state not in CYCLE_CHANGEABLE:
                raise UserError(
                    self.env._(
                        "%(cycle)s is “%(state)s”: a unit leaves it, or is taken back, only while "
                        "it is open or under review. Revise a published year first.",
                        cycle=cycle.display_name,
                        state=self._get_state_label(cycle.state),
                    )
                )
