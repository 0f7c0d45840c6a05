from odoo import Command, fields, models
from odoo.exceptions import UserError

from ...const import GIVEN_BY_DIVISION, REASON_LENGTH, UNIT_STAFF


class ItKpiAccountWizard(models.TransientModel):
    """Make the account of one person, or correct it until its owner has logged in."""

    _name = "it.kpi.account.wizard"
    _inherit = ["it.kpi.primary"]
    _description = "Account of One Person"

    account_id = fields.Many2one(
        "it.kpi.account",
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("it_kpi_account_id"),
    )
    name = fields.Char(required=True, default=lambda self: self._get_known("name"))
    login = fields.Char(
        default=lambda self: self._get_known("login"),
        help="Without a login the mobile number is the login.",
    )
    phone = fields.Char("Mobile", default=lambda self: self._get_known("phone"))
    email = fields.Char("Mail", default=lambda self: self._get_known("email"))
    unit_id = fields.Many2one("it.kpi.unit")
    is_in_open_year = fields.Boolean(related="unit_id.is_in_open_year")
    people_reason = fields.Char(
        "Reason for the Change",
        max_length=REASON_LENGTH,
        help="Why the people of the unit change while the year is under way.",
    )
    is_reporter = fields.Boolean("Reporter")
    is_leader = fields.Boolean("Leader")
    is_assessor = fields.Boolean("Assessor")

    def _get_known(self, name):
        """Return what an account says already, for the dialog that corrects it."""
        account_id = self.env.context.get("it_kpi_account_id")
        account = self.env["it.kpi.account"].browse(account_id or ()).exists()
        account.check_access("read")
        return account.sudo().user_id[name]

    def action_confirm(self):
        """Make or correct the account, give the roles, and name the person in the unit.

        :return: the action that shows the account
        :raise AccessError: the user makes no accounts
        :raise UserError: a detail is wrong, the login is taken, or the account is locked; the unit
            takes part in a year under way, and the reason lacks
        """
        self.ensure_one()
        roles = [role for role in GIVEN_BY_DIVISION if self[f"is_{role}"]]
        if not self.unit_id and set(roles) & set(UNIT_STAFF):
            raise UserError(self.env._("Say of which unit the person is reporter or leader."))
        details = {name: self[name] or "" for name in ("name", "login", "phone", "email")}
        account = self.account_id
        if account:
            account._correct(details)
            account._give(roles)
        else:
            account = account._make(
                [{**details, "roles": roles}],
                self.unit_id.company_id or self.env.company,
                self.env._("by hand"),
            )
        if self.unit_id:
            link = [Command.link(account.user_id.id)]
            fields_of_unit = [f"{role}_ids" for role in UNIT_STAFF if role in roles]
            vals = dict.fromkeys([*fields_of_unit, "member_ids"], link)
            self.unit_id.write({**vals, "people_reason": self.people_reason})
        return {"type": "ir.actions.act_window_close"}
