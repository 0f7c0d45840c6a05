"""Who can download a form to fill it offline, and upload it: from outside, as an intruder."""

from base64 import b64encode

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..helpers.common import ROLES
from ..helpers.rights.rpc import RpcCase

PATH = "/it_kpi_assessment/offline_form"
WIZARD = "it.kpi.offline.wizard"
STAFF = ("reporter", "leader")


@tagged("post_install", "-at_install")
class TestRightsOffline(RpcCase):
    def setUp(self):
        super().setUp()
        self.own = self.forms["利州"]

    def test_download_is_for_the_own_unit(self):
        for role in STAFF:
            status, content = self.get_page(role, f"{PATH}/{self.own.id}")
            self.assertEqual(status, 200)
            self.assertTrue(content.startswith(b"PK"))

    @mute_logger("odoo.http")
    def test_download_is_refused_to_all_others(self):
        for role in (*ROLES, "nobody", "other", "admin"):
            forms = (
                self.forms.values() if role not in STAFF else set(self.forms.values()) - {self.own}
            )
            for form in forms:
                with self.subTest(role=role, form=form.unit_id.short_name):
                    status, content = self.get_page(role, f"{PATH}/{form.id}")
                    self.assertNotEqual(status, 200)
                    self.assertNotIn(b"PK\x03", content[:4])

    @mute_logger("odoo.http")
    def test_download_is_refused_once_handed_over(self):
        self.own.state = "to_sign"
        for role in STAFF:
            self.assertNotEqual(self.get_page(role, f"{PATH}/{self.own.id}")[0], 200)

    def test_download_without_login(self):
        response = self.url_open(f"{PATH}/{self.own.id}", allow_redirects=False)
        self.assertNotEqual(response.status_code, 200)

    def get_file(self):
        content = self.own.with_user(self.users["reporter"])._offline_workbook()
        return b64encode(content).decode()

    def test_upload_is_for_the_own_unit(self):
        for role in STAFF:
            vals = {"form_id": self.own.id, "file": self.get_file()}
            [wizard] = self.rpc(role, WIZARD, "create", vals_list=[vals])[1]
            self.allow(role, self.env[WIZARD].browse(wizard), "action_check")

    def test_a_dialog_about_another_form_is_refused(self):
        for role in (*ROLES, "nobody", "other", "admin"):
            form = self.forms["昭化"] if role in STAFF else self.own
            with self.subTest(role=role):
                vals = {"form_id": form.id, "file": self.get_file()}
                status, answer = self.rpc(role, WIZARD, "create", vals_list=[vals])
                self.assertIn(status, (403, 404, 422), answer)

    def test_a_dialog_cannot_be_turned_to_another_form(self):
        wizard = (
            self.env[WIZARD]
            .with_user(self.users["reporter"])
            .create({"form_id": self.own.id, "file": self.get_file()})
        )
        self.refuse("reporter", wizard, "write", vals={"form_id": self.forms["昭化"].id})

    def test_forged_changes_write_nothing(self):
        """What the dialog shows is compared with the file: nothing is written from it."""
        reporter = self.users["reporter"]
        wizard = (
            self.env[WIZARD]
            .with_user(reporter)
            .create({"form_id": self.own.id, "file": self.get_file()})
        )
        wizard.action_check()
        change = {
            "wizard_id": wizard.id,
            "line_id": self.forms["昭化"].line_ids[0].id,
            "name": "mark",
            "value": "D",
            "is_taken": True,
        }
        self.rpc("reporter", f"{WIZARD}.change", "create", vals_list=[change])
        self.env.invalidate_all()
        self.refuse("reporter", wizard, "action_take_over")
        self.assertEqual(self.forms["昭化"].line_ids[0].grade_id.code, "A")
