"""A database that was restored without its files says what is lost, and goes on working."""

import os

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..helpers.common import EXAMPLE, BureauCase


@tagged("post_install", "-at_install")
class TestLostFiles(BureauCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.file_forms(cls.cycle, EXAMPLE)
        cls.form = cls.get_form(cls.cycle, "利州")
        cls.survey = cls.get_form(cls.cycle, "利州", "survey")
        cls.incident = cls.record_incident("利州", "leak")
        cls.inspection = cls.env["it.kpi.inspection"].create(
            {"unit_id": cls.own_unit.id, "finding": "查", "inspector_ids": False}
        )
        cls.publish(cls.cycle)
        result = cls.cycle.publication_id.result_ids.filtered(lambda r: r.unit_id == cls.own_unit)
        cls.order = cls.env["it.kpi.rectification"]._draw_up(result)
        cls.order.measure_ids = [
            Command.create({"name": "改", "owner": "某", "due_date": cls.order.report_until})
        ]
        cls.form._keep_document(b"%PDF-1.7 signed", "附件2（第0版）.pdf")
        cls.holders = {
            cls.form: cls.form.line_ids[0],
            cls.survey: cls.survey.line_ids[0],
            cls.incident: cls.incident,
            cls.inspection: cls.inspection,
            cls.order: cls.order.measure_ids,
        }
        for number, holder in enumerate(cls.holders.values()):
            holder.attachment_ids = [
                Command.create({"name": f"证明{number}.txt", "raw": f"证明 {number}".encode()})
            ]
        cls.env.flush_all()

    def lose(self, file):
        """Take the content of a file out of the file store until the test ends."""
        path = file._full_path(file.store_fname)
        os.rename(path, f"{path}.kept")
        self.addCleanup(os.rename, f"{path}.kept", path)
        self.env.invalidate_all()

    def test_every_record_names_its_lost_files(self):
        for record, holder in self.holders.items():
            with self.subTest(record._name):
                self.assertFalse(record.lost_files)
                self.lose(holder.attachment_ids)
                self.assertIn(holder.attachment_ids.name, record.lost_files)
                self.assertIn("administrator", record.lost_files)

    def test_a_lost_signed_version_is_named(self):
        self.lose(self.form.document_ids)
        self.assertIn("第0版", self.form.lost_files)

    def test_the_screen_shows_it(self):
        for record in self.holders:
            view = record.get_view(view_type="form")["arch"]
            self.assertIn('name="lost_files"', view, record._name)

    def test_every_record_with_files_tells_it(self):
        """A new model with evidence, or with files of its own, has to name them as well."""
        holding = {
            name
            for name, model in self.env.items()
            if name.startswith("it.kpi.") and model._auto and not model._transient
            and not model._abstract
            and any(field.comodel_name == "ir.attachment" and field.store
                    and not field.name.startswith("message_")
                    for field in model._fields.values())
        }  # fmt: skip
        told = {
            part
            for name, model in self.env.items()
            if "lost_files" in model._fields and not model._abstract
            for path in model._file_paths
            for part in [model.mapped(path.rpartition(".")[0])._name if "." in path else name]
        }
        self.assertEqual(holding - {"it.kpi.job"}, told)

    def test_a_file_that_is_cut_off_is_lost(self):
        file = self.incident.attachment_ids
        path = file._full_path(file.store_fname)
        with open(path, "rb") as stored:
            content = stored.read()
        os.chmod(path, 0o644)
        self.addCleanup(lambda: open(path, "wb").write(content))
        with open(path, "wb") as stored:
            stored.write(content[:3])
        self.assertIn(file.name, self.incident.lost_files)

    def test_who_opens_a_lost_file_reads_a_sentence(self):
        files = self.form.line_ids[0].attachment_ids + self.form.document_ids
        self.form.signature = b"iVBORw0KGgo="
        picture = self.env["ir.attachment"].search(
            [("res_model", "=", self.form._name), ("res_field", "=", "signature")]
        )
        self.authenticate("test_reporter", "test_reporter")
        addresses = [f"/web/content/{file.id}?download=1" for file in files]
        addresses.append(f"/web/content/it.kpi.assessment/{self.form.id}/signature")
        for file in files + picture:
            self.lose(file)
        self.env.flush_all()
        for address in addresses:
            response = self.url_open(address)
            self.assertEqual(response.status_code, 404, address)
            self.assertIn("is missing on the server", response.text, address)

    def test_the_report_names_the_lost_file(self):
        self.lose(self.form.line_ids[0].attachment_ids)
        report = self.env["ir.actions.report"]
        html, _kind = report._render_qweb_html("it_kpi_assessment.self_report", self.form.ids)
        self.assertIn("文件缺失", html.decode())

    def test_the_administrator_gets_a_list(self):
        lost = self.incident.attachment_ids + self.form.document_ids
        for file in lost:
            self.lose(file)
        files = self.env["ir.attachment"]
        admin = files.with_user(self.env.ref("base.user_admin"))
        action = self.env.ref("it_kpi_assessment.it_kpi_lost_files_action")
        listed = action.with_user(admin.env.user).run()
        self.assertEqual(set(files.search(listed["domain"]).ids), set(lost.ids))
        for role in ("division", "head"):
            with self.assertRaises(AccessError):
                files.with_user(self.users[role]).action_list_lost_files()

    def test_the_daily_check_writes_it_into_the_log(self):
        name = "odoo.addons.it_kpi_assessment.models.ir_attachment_lost"
        with self.assertNoLogs(name, "ERROR"):
            self.env["ir.attachment"]._check_for_lost_files()
        self.lose(self.incident.attachment_ids)
        with self.assertLogs(name, "ERROR") as logs:
            self.env["ir.attachment"]._check_for_lost_files()
        self.assertIn(f"it.kpi.incident,{self.incident.id}", logs.output[0])

    @mute_logger("odoo.addons.base.models.ir_attachment")
    def test_the_screens_come_back_after_a_restart(self):
        bundles = self.env["ir.attachment"].search(
            [("url", "=like", "/web/assets/%"), ("store_fname", "!=", False)]
        )
        self.assertTrue(bundles)
        self.lose(bundles[0])
        kept = bundles[1:].exists()
        self.env["ir.attachment"]._register_hook()
        self.assertFalse(bundles[0].exists())
        self.assertEqual(bundles.exists(), kept)
