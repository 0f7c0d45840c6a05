from odoo import api, fields, models
from odoo.exceptions import UserError

from ..mixins.it_kpi_editable import Editable

# The people whom a unit names, with the role that they need for it.
PEOPLE = {"reporter_ids": ("reporter",), "leader_ids": ("leader",), "member_ids": ()}


class ItKpiUnit(models.Model):
    """区县局, 直属单位: a unit that is assessed (article 3), and its people."""

    _name = "it.kpi.unit"
    _inherit = ["it.kpi.people", "it.kpi.primary", "it.kpi.editable", "mail.thread"]
    _description = "Assessed Unit"
    _order = "kind, sequence, id"

    _editable = dict.fromkeys(
        ("name", "short_name", "kind", "sequence", "active", "company_id", *PEOPLE),
        Editable(None, ("division",)),
    )

    _people = PEOPLE

    name = fields.Char(required=True)
    short_name = fields.Char(required=True, help="Used where space is short, as in charts.")
    kind = fields.Selection(
        [("county", "County Bureau"), ("direct", "Direct Unit")], required=True, default="county"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    reporter_ids = fields.Many2many(
        "res.users",
        "it_kpi_unit_reporter_rel",
        "unit_id",
        "user_id",
        string="Reporters",
        tracking=True,
    )
    leader_ids = fields.Many2many(
        "res.users", "it_kpi_unit_leader_rel", "unit_id", "user_id", string="Leaders", tracking=True
    )
    member_ids = fields.Many2many(
        "res.users",
        "it_kpi_unit_member_rel",
        "unit_id",
        "user_id",
        string="Members",
        tracking=True,
        help="All who belong to the unit. They cannot assess it.",
    )

    _name_unique = models.Constraint(
        "UNIQUE(company_id, name)",
        "There is a unit of this name already. It may be archived: look under “Archived”.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        units = super().create(vals_list)
        units._include_staff_in_members()
        return units

    def write(self, vals):
        if "company_id" in vals:
            self._check_in_no_cycle()
        result = super().write(vals)
        if not PEOPLE.keys().isdisjoint(vals):
            self._include_staff_in_members()
            self._queue_people_duties()
        return result

    def _check_in_no_cycle(self):
        """Raise a UserError if a unit has records in its bureau: they cannot move with it."""
        cycles = self.env["it.kpi.cycle"].sudo().search([("unit_ids", "in", self.ids)])
        units = cycles.unit_ids & self
        if units:
            raise UserError(
                self.env._(
                    "%s takes part in a cycle of this bureau. Archive it, and create it in the "
                    "other one.",
                    units.mapped("name"),
                )
            )

    def _include_staff_in_members(self):
        """Make reporters and leaders members, so that they cannot assess their own unit."""
        for unit in self:
            missing = (unit.reporter_ids | unit.leader_ids) - unit.member_ids
            if missing:
                unit.member_ids |= missing
