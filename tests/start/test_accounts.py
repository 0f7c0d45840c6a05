"""Accounts by the division: what it can make and give, tried from outside by every call."""

import json
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessDenied
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..helpers.rights.rpc import REFUSED, RpcCase
from .starting import Starting, make_roster

GIVEN, HIGH = ("reporter", "leader", "assessor"), ("head", "division", "leadership")
# What a user is to the server: with these tables unchanged, nobody has got or lost anything.
TABLES = ("res_users", "res_partner", "res_groups_users_rel", "res_company_users_rel")


class AccountsCase(Starting, RpcCase):
    def get_fingerprints(self):
        yield from super().get_fingerprints()
        for table in TABLES:
            yield self.get_fingerprint(table)

    def get_group(self, role):
        return self.env.ref(f"it_kpi_assessment.group_{role}")

    def get_link(self, account=None):
        """Return the link of first access as the slip prints it."""
        account = (account or self.account).with_user(self.users["division"])
        account.action_print_slips()
        return account._get_slip()["link"]

    def open_link(self, link):
        """Return the page behind a link, for somebody who is not logged in."""
        self.authenticate(None, None)
        return self.url_open(urlsplit(link).path + "?" + urlsplit(link).query)

    def choose_password(self, link, password):
        """Fill in the page behind a link."""
        page = self.open_link(link)
        token = re.search(r'csrf_token" value="([^"]+)"', page.text)
        vals = {
            "csrf_token": token and token[1],
            "token": parse_qs(urlsplit(link).query)["token"][0],
            "login": "made_here",
            "name": "冒名",
            "password": password,
            "confirm_password": password,
        }
        return self.url_open("/web/signup", data=vals)

    def has_password(self, password):
        """Return whether somebody can log in to the account that was made here."""
        user = self.account.user_id
        credential = {"type": "password", "login": user.login, "password": password}
        try:
            user.with_user(user)._check_credentials(credential, {"interactive": True})
        except AccessDenied:
            return False
        return True


@tagged("post_install", "-at_install")
class TestAccounts(AccountsCase):
    def test_the_division_makes_accounts_with_three_roles_only(self):
        for role in GIVEN:
            vals = {"name": "新人", "login": f"new_{role}", f"is_{role}": True}
            vals |= {"unit_id": self.own_unit.id, "people_reason": "新人到岗"}
            dialog = self.env["it.kpi.account.wizard"].with_user(self.users["division"])
            dialog = dialog.create(vals)
            self.allow("division", dialog, "action_confirm")
            user = self.get_user(f"new_{role}")
            held = user.group_ids & self.env["res.groups"].union(
                *(self.get_group(each) for each in (*GIVEN, *HIGH))
            )
            self.assertEqual(held, self.get_group(role))
            self.assertIn(user, self.own_unit.member_ids)
            self.assertFalse(user.has_group("base.group_erp_manager"))
            self.assertEqual(user.company_ids, self.env.company)

    def test_other_roles_are_refused_by_the_method_itself(self):
        accounts = self.env["it.kpi.account"].with_user(self.users["division"])
        for role in (*HIGH, "user", "reads_all", "nonsense"):
            person = {"name": "新人", "login": f"new_{role}", "roles": [role]}
            with self.subTest(role=role):
                self.assertRefused(
                    "administrator", accounts._make, [person], self.env.company, "查"
                )
                account = self.account.with_user(self.users["division"])
                self.assertRefused("administrator", account._give, [role])

    def test_no_call_of_odoo_makes_or_changes_a_user(self):
        """As the division: on itself, on its own account, on those of others."""
        groups = [[4, self.get_group("head").id]]
        password = {"new_passwd": "x" * 12, "user_id": self.users["head"].id}
        users = [self.users[name] for name in ("division", "head", "admin", "reporter")]
        users.append(self.account.user_id)
        for user in users:
            for vals in (
                {"group_ids": groups},
                {"password": "x" * 12},
                {"login": "another"},
                {"active": False},
                {"company_ids": [[4, self.other.id]]},
                {"partner_id": self.users["head"].partner_id.id},
            ):
                self.refuse("division", user, "write", vals=vals)
                self.refuse("division", user, "web_save", vals=vals, specification={})
            self.refuse("division", user, "copy")
            self.refuse("division", user, "unlink")
            self.refuse("division", user, "action_reset_password")
        for user in users[1:]:
            self.refuse("division", user, "write", vals={"name": "冒名", "email": "x@example.com"})
            self.refuse("division", user.partner_id, "write", vals={"email": "x@example.com"})
            self.refuse("division", user.partner_id, "write", vals={"signup_type": "reset"})
            self.refuse("division", user.partner_id, "signup_prepare")
            self.refuse("division", user.partner_id, "signup_cancel")
        model = self.env["res.users"]
        self.refuse("division", model, "create", vals_list=[{"name": "新", "login": "x"}])
        self.refuse("division", model, "web_create_users", emails=["x@example.com"])
        for group in (self.get_group("head"), self.get_group("reporter")):
            ids = [[4, self.users["division"].id]]
            self.refuse("division", group, "write", vals={"user_ids": ids})
            self.refuse("division", group, "write", vals={"implied_ids": groups})
        dialog = self.env["change.password.wizard"]
        self.refuse("division", dialog, "create", vals_list=[{"user_ids": [[0, 0, password]]}])

    def test_no_nested_command_reaches_a_user(self):
        head, new = self.users["head"].id, {"name": "新", "login": "x", "password": "x" * 12}
        high = {"group_ids": [[4, self.get_group("head").id]]}
        for command in (
            [0, 0, {**new, **high}],
            [1, self.account.user_id.id, high],
            [1, head, {"name": "冒名"}],
            [2, self.account.user_id.id, 0],
        ):
            for name in ("reporter_ids", "leader_ids", "member_ids"):
                vals = {name: [command]}
                self.refuse("division", self.own_unit, "write", vals=vals)
                unit = {"name": "新单位", "short_name": "新", **vals}
                self.refuse("division", self.env["it.kpi.unit"], "create", vals_list=[unit])

    def test_no_row_of_an_account_is_written(self):
        for vals in (
            {"user_id": self.users["head"].id},
            {"link_until": "2100-01-01 00:00:00"},
            {"is_proposed_head": True},
            {"login": "another"},
            {"email": "x@example.com"},
        ):
            self.refuse("division", self.account, "write", vals=vals)
            self.refuse("division", self.account, "web_save", vals=vals, specification={})
        row = {"user_id": self.users["head"].id, "company_id": self.env.company.id}
        model = self.env["it.kpi.account"]
        self.refuse("division", model, "create", vals_list=[row])
        self.refuse("admin", model, "create", vals_list=[row])
        self.refuse("division", self.account, "unlink")

    def test_no_import_makes_a_user(self):
        for model, heads, row in (
            ("res.users", ["name", "login", "group_ids/.id"],
             ["新", "x", str(self.get_group("head").id)]),
            ("it.kpi.account", ["user_id/.id", "company_id/.id"],
             [str(self.users["head"].id), str(self.env.company.id)]),
            ("it.kpi.unit", ["name", "short_name", "reporter_ids/name", "reporter_ids/login"],
             ["新单位", "新", "新", "x"]),
        ):  # fmt: skip
            before = self.take_snapshot()
            status, answer = self.rpc("division", model, "load", fields=heads, data=[row])
            self.assertTrue(status in REFUSED or answer["ids"] is False, answer)
            self.assertEqual(self.take_snapshot(), before)

    def test_the_dialog_reaches_no_other_account(self):
        """Neither one of the other bureau, nor one that has been given more since."""
        dialog = self.env["it.kpi.account.wizard"].with_user(self.users["division"])
        foreign = dialog.sudo().create({"account_id": self.other_account.id, "name": "冒名"})
        foreign = foreign.sudo(False)
        self.refuse("division", foreign, "action_confirm")
        self.account.user_id.group_ids += self.get_group("head")
        own = dialog.create({"account_id": self.account.id, "name": "冒名", "is_assessor": True})
        self.assertIn("further rights", self.refuse("division", own, "action_confirm"))

    def test_an_account_with_more_rights_is_out_of_reach(self):
        account = self.account
        for name in ("head", "leadership", "division", "base.group_erp_manager", "company", "used"):
            with self.subTest(name=name), self.env.cr.savepoint() as savepoint:
                if name == "company":
                    account.user_id.company_ids += self.other
                elif name == "used":
                    self.env["res.users.log"].with_user(account.user_id).sudo().create({})
                else:
                    ours = "" if "." in name else "it_kpi_assessment.group_"
                    account.user_id.group_ids += self.env.ref(ours + name)
                self.env.invalidate_all()
                for method in ("action_print_slips", "action_renew_links", "action_mail_links"):
                    self.refuse("division", account, method)
                if name != "used":
                    self.refuse("division", account, "action_put_out_of_use")
                savepoint.rollback()
            self.env.invalidate_all()

    def test_the_workbook_gives_no_more_either(self):
        people = [
            ("科长", "考核小组组长", None, "test_division", None, None),
            ("新人", "考核小组组长", None, "made_here", None, None),
            ("新组长", "考核小组组长", None, "new_head", None, None),
        ]
        wizard = self.upload(make_roster([], people))
        self.assertIn("人员!A2", wizard.errors)
        self.take_over(make_roster([], people[1:]))
        for login in ("made_here", "new_head"):
            self.assertFalse(self.get_user(login).has_group("it_kpi_assessment.group_head"))
        account = self.get_account("new_head")
        self.refuse("division", account, "action_make_head")
        self.refuse("head", account, "action_make_head")
        self.allow("admin", account, "action_make_head")
        self.assertTrue(self.get_user("new_head").has_group("it_kpi_assessment.group_head"))
        self.refuse("division", account, "action_print_slips")


@tagged("post_install", "-at_install")
class TestFirstAccess(AccountsCase):
    def test_a_link_is_used_once_to_choose_a_password(self):
        link = self.get_link()
        self.assertIn("made_here", self.open_link(link).text)
        answer = self.choose_password(link, "chosen-by-the-owner")
        self.assertEqual(answer.status_code, 200)
        self.env.invalidate_all()
        self.assertTrue(self.has_password("chosen-by-the-owner"))
        self.assertEqual(self.account.user_id.name, "新人", "the page does not rename")
        self.assertNotIn("made_here", self.open_link(link).text)
        self.choose_password(link, "chosen-by-another")
        self.assertFalse(self.has_password("chosen-by-another"))
        self.refuse("division", self.account, "action_renew_links")
        log = " ".join(self.account.message_ids.mapped("body"))
        self.assertEqual(log.count("A password was chosen"), 1)

    def test_a_link_ends(self):
        link = self.get_link()
        with freeze_time(fields.Datetime.now() + timedelta(days=15)):
            self.assertNotIn("made_here", self.open_link(link).text)

    def test_a_new_link_ends_the_old_one(self):
        old = self.get_link()
        self.allow("division", self.account, "action_renew_links")
        self.assertNotIn("made_here", self.open_link(old).text)
        self.assertIn("made_here", self.open_link(self.get_link()).text)

    def test_a_link_opens_nothing_once_its_person_is_head(self):
        """Or the division could keep a slip, and be the head."""
        link = self.get_link()
        self.account.user_id.group_ids += self.get_group("head")
        self.env.flush_all()
        self.assertNotIn("made_here", self.open_link(link).text)
        self.choose_password(link, "chosen-by-the-division")
        self.assertFalse(self.has_password("chosen-by-the-division"))

    def test_slips_are_for_who_makes_accounts(self):
        self.get_link()
        path = f"/report/html/it_kpi_assessment.report_access/{self.account.id}"
        for role in ("reporter", "leader", "assessor", "head", "leadership", "nobody", "other"):
            with self.subTest(role=role), mute_logger("odoo.http"):
                status, content = self.get_page(role, path)
                self.assertNotIn(b"token=", content)
                self.assertEqual(status, 403)
        status, content = self.get_page("division", path)
        self.assertEqual(status, 200)
        for words in ("首次登录通知单", "made_here", "token=", "<svg"):
            self.assertIn(words, content.decode())
        self.assertNotIn("password", content.decode())

    def test_a_link_is_mailed_and_everything_is_in_the_log(self):
        self.allow("division", self.account, "action_mail_links")
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertIn("token=", mail.body_html)
        self.assertIn("made_here@example.com", mail.email_to)
        log = " ".join(self.account.message_ids.mapped("body"))
        for words in ("Account made", "Role given", "Link of first access made", "mailed"):
            self.assertIn(words, log)
        self.assertNotIn("token=", log)
        self.assertNotIn("token=", json.dumps(self.allow("division", self.account, "read")))
