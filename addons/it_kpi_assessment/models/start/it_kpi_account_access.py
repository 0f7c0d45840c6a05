from datetime import timedelta
from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import MOST_PRINTED
from ...tools.records import take_each_once
from ...tools.timezone import format_moment

# Days that a link of first access is valid.
LINK_DAYS = 14
# How the token of a link begins in Odoo's ``signup_type``: what follows is the number of the link.
FIRST_ACCESS = "it_kpi_first_access_"


class ItKpiAccount(models.Model):
    """First access: a link with an end, through which its owner chooses a password.

    It is Odoo's own link of an invitation. It works once, until its end, and only for an account
    that has never been used and holds no more than the division may give: a link that was printed
    before somebody became head opens nothing afterwards.
    """

    _inherit = "it.kpi.account"

    link_count = fields.Integer(readonly=True, help="Only the newest link of an account works.")
    link_until = fields.Datetime("Link Valid Until", readonly=True)
    is_link_valid = fields.Boolean(compute="_compute_is_link_valid")

    @api.depends("link_until", "user_id")
    def _compute_is_link_valid(self):
        now = fields.Datetime.now()
        for account in self:
            in_time = bool(account.link_until) and account.link_until > now
            account.is_link_valid = in_time and not account._get_access_lock_reason()

    def action_print_slips(self):
        """Print a slip of first access for each person, with links that are valid from now on.

        Links that are valid already stay so.

        :raise AccessError: the user makes no accounts
        :raise UserError: somebody has logged in already, or has been given further rights
        """
        accounts = take_each_once(self, MOST_PRINTED)
        accounts._prepare_links()
        for account in accounts:
            account._log(self.env._("Slip of first access printed"))
        report = self.env.ref("it_kpi_assessment.access_slip_report").sudo()
        return report.sudo(False).report_action(accounts, config=False)

    def action_renew_links(self):
        """Make new links; those that were printed or mailed before no longer work.

        :raise AccessError: the user makes no accounts
        :raise UserError: somebody has logged in already, or has been given further rights
        """
        accounts = take_each_once(self, MOST_PRINTED)
        accounts._check_open("_get_access_lock_reason")
        accounts.sudo().link_until = False
        accounts._prepare_links()

    def action_mail_links(self):
        """Mail their link to the people who have a mail address.

        :raise AccessError: the user makes no accounts
        :raise UserError: somebody has no address, has logged in already, or has been given further
            rights
        """
        accounts = take_each_once(self, MOST_PRINTED)
        accounts._check_open("_get_access_lock_reason")
        without = accounts.filtered(lambda account: not account.email)
        if without:
            raise UserError(
                self.env._(
                    "These people have no mail address: %s. Print their slips.",
                    without.mapped("user_id.name"),
                )
            )
        accounts._prepare_links()
        for account in accounts:
            account._mail_link()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%s links are on their way by mail.", len(accounts)),
            },
        }

    def _mail_link(self):
        """Put the mail into the queue; it is deleted once it has left."""
        self.ensure_one()
        user = self.sudo().user_id
        body = (
            self.env["ir.qweb"]
            .sudo()
            ._render("it_kpi_assessment.access_mail", self._get_slip(), lang=user.lang)
        )
        self.env["mail.mail"].sudo().create(
            {
                "subject": self.env._("Your access to the informatization assessment"),
                "body_html": body,
                "email_to": user.email_formatted,
                "email_from": self.company_id.email_formatted or self.env.user.email_formatted,
                "auto_delete": True,
            }
        )
        self._log(self.env._("Link of first access mailed to %s", user.email))

    def _prepare_links(self):
        """Make a link for each account that has no valid one."""
        self._check_open("_get_access_lock_reason")
        until = fields.Datetime.now() + timedelta(days=LINK_DAYS)
        for account in self.filtered(lambda account: not account.is_link_valid).sudo():
            account.write({"link_count": account.link_count + 1, "link_until": until})
            account.user_id.partner_id.signup_prepare(f"{FIRST_ACCESS}{account.link_count}")
            account.sudo(False)._log(
                self.env._("Link of first access made, valid until %s", format_moment(until))
            )

    def _get_slip(self):
        """Return what a slip or a mail tells its person.

        :raise AccessError: the user makes no accounts
        :raise UserError: there is no valid link
        """
        self.ensure_one()
        self._check_open("_get_access_lock_reason")
        if not self.is_link_valid:
            raise UserError(
                self.env._("There is no valid link for %s: make it first.", self.user_id.name)
            )
        user = self.sudo().user_id
        return {
            "person": user.name,
            "login": user.login,
            "bureau": self.sudo().company_id.name,
            "roles": self.roles,
            "units": self.unit_names,
            "link": self._get_link(),
            "until": format_moment(self.link_until),
        }

    def _get_link(self):
        """Return the address of Odoo's page of invitations, with a token that ends when the link
        ends."""
        partner = self.sudo().user_id.partner_id
        left = self.link_until - fields.Datetime.now()
        token = partner._generate_signup_token(expiration=left.total_seconds() / 3600)
        query = urlencode({"db": self.env.cr.dbname, "token": token})
        return f"{partner.get_base_url()}/web/signup?{query}"

    @api.model
    def _is_link_open(self, partner):
        """Return whether the newest link of a partner may still be used.

        Odoo has checked the token itself; it calls this without a user.
        """
        rows = self.sudo().search([("user_id", "in", partner.sudo().user_ids.ids)])
        return len(rows) == 1 and rows.is_link_valid

    @api.model
    def _log_link_used(self, login):
        """Note that somebody has chosen a password by a link."""
        for account in self.sudo().search([("user_id.login", "=", login)]):
            account._log(self.env._("A password was chosen by the link"))
