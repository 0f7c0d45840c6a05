from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...const import UNIT_KINDS, UNIT_STAFF
from ...tools.roles import get_holders_domain
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

    name = fields.Char(required=True, tracking=True)
    short_name = fields.Char(
        required=True, tracking=True, help="Used where space is short, as in charts."
    )
    kind = fields.Selection(UNIT_KINDS, required=True, default="county", tracking=True)
    sequence = fields.Integer("Order", default=10, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        tracking=True,
        default=lambda self: self.env.company,
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
        units = super().create([_without_reason(vals) for vals in vals_list])
        units._include_staff_in_members()
        return units

    def write(self, vals):
        if "company_id" in vals:
            self._check_in_no_cycle()
        changed = not PEOPLE.keys().isdisjoint(vals)
        before = self._get_named() if changed else {}
        result = super().write(_without_reason(vals))
        if changed:
            self._include_staff_in_members()
            self._follow_people(before, vals.get("people_reason"))
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
                unit.sudo().member_ids |= missing

    @api.model
    def _get_unstaffed_domain(self, company, roles=UNIT_STAFF):
        """Return the domain of a bureau's units that name nobody in one of these roles of a unit.

        People who are archived or have lost the role do not count. It is searched as superuser:
        not everybody may read the roles of people.
        """
        return Domain("company_id", "=", company.id) & Domain.OR(
            Domain(f"{role}_ids", "not any", get_holders_domain(company, role)) for role in roles
        )


def _without_reason(vals):
    """Return values without the reason for a change of people, which is logged and not stored."""
    return {name: value for name, value in vals.items() if name != "people_reason"}
