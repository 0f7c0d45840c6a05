"""Number, date and stamped file of a document (section 8): entered by the division, and logged."""

import base64
import hashlib
import os

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..helpers.printing import ReportCase

STAMPED = b"%PDF-1.4 stamped"


@tagged("post_install", "-at_install")
class TestDocument(ReportCase):
    def open(self, subject, role="division"):
        """Return the document of a publication or an order as a role opens it."""
        action = subject.with_user(self.users[role]).action_open_document()
        return self.env[action["res_model"]].with_user(self.users[role]).browse(action["res_id"])

    def test_the_number_is_open_until_the_office_enters_it(self):
        for report, subject in (
            ("publication_report", self.publication),
            ("rectification_report", self.orders[0]),
        ):
            pages = self.print(report, subject)
            self.assertPrinted("广交函〔〕号", pages)
            document = self.open(subject)
            document.write({"issued_on": "2100-01-08", "number": "广交函[2100]8号"})
            pages = self.print(report, subject)
            self.assertPrinted("广交函〔2100〕8号", pages)
            self.assertPrinted("2100年1月8日", pages)
            self.assertNotPrinted("〔〕", pages)

    def test_proposals_are_printed_until_they_are_changed(self):
        order = self.orders[0]
        document = self.open(order)
        self.assertEqual(document.addressee, order.unit_id.name)
        document.write(
            {"addressee": "青川县交通运输局、县大数据中心", "copies_to": "市纪委监委驻局纪检监察组"}
        )
        document.write({"printed_by": "局办公室", "signer": "张三"})
        pages = self.print("rectification_report", order)
        for text in (
            "青川县交通运输局、县大数据中心：",
            "抄送：市纪委监委驻局纪检监察组。",
            "局办公室",
            "签发人：张三",
        ):
            self.assertPrinted(text, pages)

    def test_a_number_has_the_form_of_the_standard_and_the_year_of_issue(self):
        document = self.open(self.publication)
        document.issued_on = "2100-01-08"
        for number in ("8号", "广交函〔2100〕08号", "广交函〔2100〕第8号", "广交函2100-8"):
            with self.assertRaisesRegex(ValidationError, "no document number"):
                document.number = number
        with self.assertRaisesRegex(ValidationError, "year of issue"):
            document.number = "广交函〔2099〕8号"
        for number in ("广交函〔2100〕8号", "广交函【2100】8号", "广交函（2100）8号"):
            document.number = number
            self.assertEqual(document.number, "广交函〔2100〕8号")

    def test_every_change_stands_in_the_log(self):
        document = self.open(self.publication)
        self.flush_tracking()
        document.write({"issued_on": "2100-01-08", "number": "广交函〔2100〕8号"})
        self.flush_tracking()
        tracked = document.message_ids.sudo().tracking_value_ids
        self.assertEqual(set(tracked.mapped("new_value_char")) - {False}, {"广交函〔2100〕8号"})

    def test_the_stamped_file_is_kept_with_its_fingerprint_and_shown_to_the_units(self):
        document = self.open(self.publication)
        document.write({"stamped_file": base64.b64encode(STAMPED), "stamped_name": "通报.pdf"})
        digest = hashlib.sha256(STAMPED).hexdigest()
        self.assertEqual(document.stamped_digest, digest)
        self.assertIn(digest, document.message_ids[0].body)
        own = self.publication.result_ids.filtered(lambda row: row.unit_id.short_name == "利州")
        action = own.with_user(self.users["reporter"]).action_open_document()
        seen = (
            self.env["it.kpi.document"].with_user(self.users["reporter"]).browse(action["res_id"])
        )
        self.assertEqual(base64.b64decode(seen.stamped_file), STAMPED)
        document.stamped_file = False
        self.assertFalse(document.stamped_digest)

    def test_a_stamped_file_that_is_lost_is_named(self):
        document = self.open(self.publication)
        document.write({"stamped_file": base64.b64encode(b"lost"), "stamped_name": "通报.pdf"})
        self.assertFalse(document.lost_stamped_file)
        file = self.env["ir.attachment"].search(
            [("res_model", "=", document._name), ("res_field", "=", "stamped_file")]
        )
        self.env.flush_all()
        os.unlink(file._full_path(file.store_fname))
        self.env.invalidate_all()
        self.assertIn("通报.pdf", document.lost_stamped_file)
        self.assertTrue(document.stamped_digest)

    def test_only_the_division_enters_it(self):
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            with self.assertRaisesRegex(ValidationError, "not entered"):
                self.open(self.publication, role)
        document = self.open(self.publication)
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            with self.assertRaises(AccessError):
                document.with_user(self.users[role]).number = "广交函〔2100〕9号"
        with self.assertRaises(UserError):
            document.write({"stamped_digest": "x"})
        with self.assertRaises(AccessError):
            document.unlink()
        with self.assertRaises(ValidationError):
            document.sudo().unlink()

    def test_a_letter_is_shown_to_its_unit_once_it_is_issued(self):
        order = self.orders.filtered(lambda order: order.unit_id.short_name == "青川")
        order.unit_id.leader_ids = self.users["leader"]
        document = self.open(order)
        with self.assertRaises(AccessError):
            document.with_user(self.users["leader"]).read(["number"])
        order.with_user(self.users["division"]).action_issue()
        self.assertTrue(document.with_user(self.users["leader"]).read(["number"]))
        with self.assertRaises(AccessError):
            document.with_user(self.users["reporter"]).read(["number"])

    def test_it_is_opened_once(self):
        self.assertEqual(self.open(self.publication), self.open(self.publication))

    def test_the_publication_itself_stays_frozen(self):
        with self.assertRaises(UserError):
            self.publication.sudo().write({"reason": "改"})
