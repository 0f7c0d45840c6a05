import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.i18n import format_list
from odoo.tools.mail import email_normalize

from ...const import GIVEN_BY_DIVISION, ROLES
from ...tools.roles import (
    get_roles,
    give_roles,
    has_role,
    holds_at_most,
    manages_users,
    prepare_roles,
)
from ...tools.text import escape_like, tidy_line
from ...tools.timezone import TIMEZONE

LOGIN = re.compile(r"[\w.@+-]{2,64}")
PHONE = re.compile(r"[+0-9][0-9 ()-]{4,24}")
NAME_LENGTH, EMAIL_LENGTH = 64, 128
# What the division says of a person; the account is corrected until its owner has logged in.
DETAILS = ("name", "login", "phone", "email")


class ItKpiAccount(models.Model):
    """An account that was made for a person of a unit or of the assessment group, and its log.

    The division makes accounts and gives the roles of ``GIVEN_BY_DIVISION`` to them, and to no
    others: it never touches an account without a row here, nor one that has been given more since,
    such as the role of a head, or a second bureau. There is no other way for it: it has no right on
    users, and none to write rows here; all goes through the methods of this model.
    """

    _name = "it.kpi.account"
    _inherit = ["it.kpi.primary", "mail.thread"]
    _description = "Account for the Assessment"
    _order = "id"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users", "Person", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    login = fields.Char(related="user_id.login")
    phone = fields.Char(related="user_id.phone")
    email = fields.Char(related="user_id.email")
    roles = fields.Char(compute="_compute_roles", compute_sudo=True)
    unit_names = fields.Char("Units", compute="_compute_unit_names", compute_sudo=True)
    is_active = fields.Boolean("In Use", related="user_id.active")
    has_logged_in = fields.Boolean(
        compute="_compute_has_logged_in", search="_search_has_logged_in", compute_sudo=True
    )
    is_proposed_head = fields.Boolean(
        "Proposed as Head",
        readonly=True,
        help="Named as head of the assessment group; the administrator gives this role.",
    )

    _user_unique = models.Constraint("UNIQUE(user_id)", "This account has a row already.")

    @api.depends("user_id.it_kpi_holding_ids.role")
    @api.depends_context("lang")
    def _compute_roles(self):
        for account in self:
            held = get_roles(account.user_id, account.company_id)
            labels = [self.env._(ROLES[role]) for role in held]
            account.roles = format_list(self.env, labels)

    def _compute_unit_names(self):
        """Read the units of all accounts at once."""
        units = self.env["it.kpi.unit"].search([("member_ids", "in", self.user_id.ids)])
        for account in self:
            own = units.filtered(
                lambda unit, account=account: (
                    unit.company_id == account.company_id and account.user_id in unit.member_ids
                )
            )
            account.unit_names = format_list(self.env, own.mapped("short_name"))

    @api.depends("user_id.login_date")
    def _compute_has_logged_in(self):
        for account in self:
            account.has_logged_in = bool(account.user_id.login_date)

    def _search_has_logged_in(self, operator, value):
        if operator != "in":
            return NotImplemented
        users = self.env["res.users"].sudo().with_context(active_test=False)
        found = users._search([("log_ids", "!=", False)])
        positive = True in value
        return Domain("user_id", "in" if positive else "not in", found)

    @api.model
    def _check_may_make(self, companies):
        """Raise an AccessError unless the user makes accounts of these bureaus: their division, or
        the administrator."""
        if not (has_role(self.env, "division", companies) or manages_users(self.env)):
            raise AccessError(
                self.env._(
                    "Accounts are made by the informatization division or by the administrator."
                )
            )

    def _get_lock_reason(self):
        """Return the sentence why the division no longer gives roles to this account, or False."""
        self.ensure_one()
        user, words = self.sudo().user_id, {"person": self.sudo().user_id.name}
        if user.company_ids != self.sudo().company_id:
            return self.env._("%(person)s also works for another bureau.", **words)
        if not holds_at_most(user, GIVEN_BY_DIVISION):
            return self.env._("%(person)s has been given further rights.", **words)
        return False

    def _get_access_lock_reason(self):
        """Return the sentence why the division no longer changes name, login or link, or False."""
        reason, user = self._get_lock_reason(), self.sudo().user_id
        if reason:
            return reason
        if not user.active:
            return self.env._("The account of %s is out of use.", user.name)
        if user.login_date:
            return self.env._("%s has logged in already.", user.name)
        return False

    def _check_open(self, get_reason):
        """Raise unless the user may act on all these accounts now.

        :param get_reason: the name of the method that returns why not
        """
        self.check_access("read")
        self._check_may_make(self.company_id or self.env.company)
        reasons = [getattr(account, get_reason)() for account in self]
        reasons = [reason for reason in reasons if reason]
        if reasons:
            raise UserError(
                self.env._("%s The administrator does it, under Users.", " ".join(reasons))
            )

    @api.model
    def _tidy_details(self, details):
        """Return what is said of a person as it is stored; without a login the phone is the login.

        :param dict details: ``{name of DETAILS: text}``
        """
        texts = {name: tidy_line(str(details.get(name) or "")) for name in DETAILS}
        texts["login"] = texts["login"] or "".join(re.findall("[0-9]", texts["phone"]))
        return texts

    @api.model
    def _check_details(self, texts, user=False):
        """Raise a UserError if something said of a person is wrong, or the login is taken.

        Several people may share a mail address: that of their office.

        :param dict texts: as ``_tidy_details`` returns them
        :param user: the person's user, if there is one: what it says already is not checked
        """
        for name in DETAILS:
            is_known = user and texts[name] == (user[name] or "")
            fault = not is_known and self._find_fault(name, texts[name])
            if fault:
                raise UserError(fault)
        users = self.env["res.users"].sudo().with_context(active_test=False)
        others = users.search([("login", "=ilike", escape_like(texts["login"]))]) - (user or users)
        if others:
            raise UserError(self.env._("“%s” belongs to another account.", texts["login"]))

    @api.model
    def _find_fault(self, name, text):
        """Return the sentence that says what is wrong with a detail, or None."""
        if name == "name" and not 0 < len(text) <= NAME_LENGTH:
            return self.env._("Write the name, in at most %s characters.", NAME_LENGTH)
        if name == "login" and not LOGIN.fullmatch(text):
            return self.env._(
                "Write a login of 2 to 64 letters, digits or . _ - @, or a mobile number, which is "
                "then the login."
            )
        if name == "phone" and text and not PHONE.fullmatch(text):
            return self.env._("“%s” is no telephone number.", text[:40])
        if name == "email" and text and not (len(text) <= EMAIL_LENGTH and email_normalize(text)):
            return self.env._("“%s” is no mail address.", text[:40])
        return None

    @api.model
    def _make(self, people, company, note):
        """Make the accounts of people, with their roles and without a password.

        :param people: a list of dicts with ``DETAILS``, ``roles`` (of ``GIVEN_BY_DIVISION``) and
            ``is_proposed_head``
        :param str note: where the accounts come from, for their log
        :return: the rows
        :raise AccessError: the user makes no accounts, or not of this bureau
        :raise UserError: a role is given by the administrator, a detail is wrong, a login is taken
        """
        self._check_bureau(company)
        details = [self._tidy_details(person) for person in people]
        for person, texts in zip(people, details, strict=True):
            self._check_given(person["roles"])
            self._check_details(texts)
        users = self._create_users(details, people, company)
        accounts = self.sudo().create(
            [
                {
                    "user_id": user.id,
                    "company_id": company.id,
                    "is_proposed_head": bool(person.get("is_proposed_head")),
                }
                for user, person in zip(users, people, strict=True)
            ]
        )
        accounts._log_made(people, note)
        return accounts.sudo(False)

    def _create_users(self, details, people, company):
        """Create users, without a password and without Odoo's own invitation by mail."""
        users = self.env["res.users"].sudo().with_context(no_reset_password=True)
        return users.create(
            [
                {**self._prepare_user(texts, company), **prepare_roles(self.env, person["roles"])}
                for texts, person in zip(details, people, strict=True)
            ]
        )

    def _log_made(self, people, note):
        """Write into the log where accounts come from, and what they were given."""
        bodies = {}
        for account, person in zip(self, people, strict=True):
            labels = [self.env._(ROLES[role]) for role in person["roles"]]
            texts = [self.env._("Account made: %s", note)]
            if labels:
                texts.append(self.env._("Role given: %s", format_list(self.env, labels)))
            if account.is_proposed_head:
                texts.append(self.env._("Proposed as head of the assessment group"))
            bodies[account.id] = "; ".join(texts)
        self._message_log_batch(bodies, author_id=self.env.user.partner_id.id)

    def _check_bureau(self, company):
        """Raise an AccessError unless the user makes accounts of this bureau, and works for it."""
        self._check_may_make(company)
        if company not in self.env.companies:
            raise AccessError(self.env._("You work for another bureau."))

    @api.model
    def _check_given(self, roles):
        """Raise an AccessError if a role is not among those that the division gives."""
        others = [role for role in roles if role not in GIVEN_BY_DIVISION]
        if others:
            raise AccessError(
                self.env._(
                    "The administrator gives this role: %s",
                    format_list(self.env, [self.env._(ROLES.get(role, role)) for role in others]),
                )
            )

    def _prepare_user(self, texts, company):
        """Return the values of a new user; without a mail address notices are on the screen."""
        vals = {
            **{name: text or False for name, text in texts.items()},
            "company_id": company.id,
            "company_ids": [company.id],
            "tz": TIMEZONE.zone,
            "notification_type": "email" if texts["email"] else "inbox",
        }
        if "odoobot_state" in self.env["res.users"]._fields:
            vals["odoobot_state"] = "disabled"
        return vals

    def _give(self, roles):
        """Give roles to accounts that the division may still change.

        :raise AccessError: a role is given by the administrator
        :raise UserError: an account has been given further rights
        """
        self._check_given(roles)
        self._check_open("_get_lock_reason")
        for account in self:
            user = account.sudo().user_id
            new = [role for role in roles if role not in get_roles(user, account.company_id)]
            if new:
                give_roles(user, new, account.company_id)
                labels = [self.env._(ROLES[role]) for role in new]
                account._log(self.env._("Role given: %s", format_list(self.env, labels)))

    def _correct(self, details):
        """Correct what is said of a person who has not logged in yet.

        :raise UserError: the person has logged in, a detail is wrong, or a login is taken
        """
        self.ensure_one()
        self._check_open("_get_access_lock_reason")
        user = self.sudo().user_id
        before = {name: user[name] or "" for name in DETAILS}
        texts = self._tidy_details({**before, **details})
        changed = {name: text for name, text in texts.items() if text != before[name]}
        if not changed:
            return
        self._check_details(texts, user)
        user.write({name: text or False for name, text in changed.items()})
        notes = [
            f"{user._fields[name]._description_string(self.env)}: {before[name]} → {text}"
            for name, text in changed.items()
        ]
        self._log(self.env._("Corrected: %s", "; ".join(notes)))

    def _propose_as_head(self):
        """Note that a person is to be head; the administrator gives the role."""
        self._check_open("_get_lock_reason")
        self.sudo().is_proposed_head = True
        for account in self:
            account._log(self.env._("Proposed as head of the assessment group"))

    def _log(self, text):
        self.sudo()._message_log(body=text, author_id=self.env.user.partner_id.id)

    def action_put_out_of_use(self):
        """Archive the accounts of people who have left; the administrator takes it back.

        :raise UserError: an account has been given further rights
        """
        self._check_open("_get_lock_reason")
        self.sudo().user_id.write({"active": False})
        for account in self:
            account._log(self.env._("Out of use"))

    def action_make_head(self):
        """Give the proposed people the role of a head, as the administrator.

        :raise AccessError: the user does not manage users
        :raise UserError: a person was not proposed, or works for another bureau
        """
        self.check_access("read")
        if not manages_users(self.env):
            raise AccessError(self.env._("The administrator gives this role: heads of the group."))
        for account in self:
            user = account.sudo().user_id
            if not account.is_proposed_head or not user.active:
                raise UserError(self.env._("%s is not proposed as head.", user.name))
            give_roles(user, ["head"], account.company_id)
            account.sudo().is_proposed_head = False
            account._log(self.env._("Role given: %s", self.env._(ROLES["head"])))
