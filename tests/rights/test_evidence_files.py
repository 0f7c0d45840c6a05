"""What a file must be to be evidence, on every model that has evidence, however it is sent."""

import base64
import zlib

from odoo import Command

from odoo.addons.it_kpi_assessment.models.ir_attachment import EVIDENCE_MODELS

from ..helpers.common import SIGNATURE
from ..helpers.rights.years import OPEN_YEAR, RightsCase

PDF = b"%PDF-1.4 proof"
PAGE = b"<html><script>alert(1)</script></html>"


def encode(content):
    return base64.b64encode(content).decode()


# What is refused: values of the file, and what the sentence says; it depends on the way for "".
NO_EVIDENCE = (
    ({"name": "链接.pdf", "type": "url", "url": "http://example.org/later"}, "is a link"),
    ({"name": "链接.pdf", "type": "url", "url": "javascript:alert(1)"}, "is a link"),
    ({"name": "链接.pdf", "url": "/web/login", "datas": encode(PDF)}, ""),
    ({"name": "空.pdf", "datas": ""}, "is empty"),
    ({"name": "空.pdf"}, "is empty"),
    ({"name": "空.pdf", "file_size": 9, "checksum": "1" * 40}, "is empty"),
    ({"name": "库.pdf", "db_datas": encode(PDF)}, ""),
    ({"name": "大.pdf", "datas": encode(PDF + b"0" * 1024 * 1024)}, "Make it smaller"),
    ({"name": "大.pdf", "db_datas": encode(PDF + b"0" * 1024 * 1024)}, ""),
    ({"name": "网页.html", "datas": encode(PAGE)}, "is no evidence"),
    ({"name": "图.svg", "datas": encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>")}, "evidence"),
    ({"name": "数据.xml", "datas": encode(b"<?xml version='1.0'?><a/>")}, "is no evidence"),
    ({"name": "脚本.js", "datas": encode(b"alert(1)")}, "a script"),
    ({"name": "程序.exe", "datas": encode(b"MZ\x90\x00")}, "is no evidence"),
    ({"name": "证明\u202efdp.exe", "datas": encode(b"MZ\x90\x00")}, "is no evidence"),
    ({"name": "没有后缀", "datas": encode(PDF)}, "is no evidence"),
    ({"name": "网页.txt", "datas": encode(PAGE)}, "what its name says"),
    ({"name": "网页.pdf", "datas": encode(PAGE)}, "what its name says"),
    ({"name": "照片.png", "datas": encode(PDF)}, "what its name says"),
    ({"name": "证明.pdf", "datas": encode(PDF), "mimetype": "application/javascript"}, "a script"),
    ({"name": "长" * 200 + ".pdf", "datas": encode(PDF)}, "Rename it"),
    ({"name": "共享.pdf", "datas": encode(PDF), "public": True}, "shared by a link"),
)
EVIDENCE = (
    ("证明.pdf", PDF),
    ("扫描.PDF", b"\n\r" + PDF),
    ("照片.png", base64.b64decode(SIGNATURE)),
    ("照片.jpeg", b"\xff\xd8\xff\xe0 picture"),
    ("旧表.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"),
    ("文字.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"),
    ("台账.xlsx", b"PK\x03\x04 new"),
    ("公文.ofd", b"PK\x03\x04 new"),
    ("材料.zip", b"PK\x03\x04 new"),
    ("材料.rar", b"Rar!\x1a\x07\x00 packed"),
    ("材料.7z", b"7z\xbc\xaf\x27\x1c packed"),
    ("说明.txt", "如实说明：<b>".encode()),
    ("说明.txt", "如实说明".encode("gb18030")),
    ("说明.txt", "如实说明".encode("utf-16")),
)


class TestEvidenceFiles(RightsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("it_kpi_assessment.evidence_mb", "1")
        inspections = cls.env["it.kpi.inspection"].search([("year", "=", OPEN_YEAR)])
        incidents = cls.env["it.kpi.incident"].search([("year", "=", OPEN_YEAR)])
        order = cls.env["it.kpi.rectification"].search(
            [("unit_id", "=", cls.own_unit.id), ("state", "=", "planned")]
        )
        objection = cls.env["it.kpi.objection"].search(
            [("unit_id", "=", cls.own_unit.id), ("state", "=", "draft")]
        )
        form = cls.cycle.assessment_ids.filtered(lambda form: form.unit_id == cls.own_unit)
        survey = cls.get_form(cls.cycle, "昭化", "survey")
        cls.records = [
            cls.as_role(cls, role, record)
            for role, record in (
                ("reporter", form.line_ids[0]),
                ("assessor", survey.line_ids[0]),
                ("division", incidents[0]),
                ("reporter", order.measure_ids[0]),
                ("reporter", objection.line_ids[0]),
                ("assessor", inspections.filtered(lambda row: row.unit_id == survey.unit_id)),
            )
        ]

    def attach(self, record, **vals):
        record.attachment_ids = [Command.create({"name": "证明.pdf", "datas": encode(PDF), **vals})]
        self.env.flush_all()
        return record.attachment_ids.sorted("id")[-1:]

    def get_files(self, record):
        place = [("res_model", "=", record._name), ("res_id", "=", record.id)]
        return self.env["ir.attachment"].search(place)

    def test_every_model_with_evidence_is_tried(self):
        self.assertEqual({record._name for record in self.records}, set(EVIDENCE_MODELS))
        evidenced = {
            name
            for name, model in self.env.registry.items()
            if issubclass(model, self.env.registry["it.kpi.evidenced"]) and not model._abstract
        }
        self.assertEqual(evidenced, set(EVIDENCE_MODELS))

    def test_what_is_no_evidence_is_refused(self):
        """As a command of the record, beside it, uploaded and linked, and in place of another."""
        for record in self.records:
            good = self.attach(record)
            place = {"res_model": record._name, "res_id": record.id}
            files = self.env["ir.attachment"].with_user(record.env.user)
            for vals, sentence in NO_EVIDENCE:
                with self.subTest(model=record._name, file=vals):
                    self.assertRefused(sentence, self.attach, record, **{"datas": "", **vals})
                    self.assertRefused(sentence, files.create, {**vals, **place})
                    self.assertRefused(sentence, self.upload_and_link, record, vals)
                    self.assertRefused(sentence, good.write, {"datas": "", **vals})
                    if "datas" not in vals:
                        self.assertRefused("", good.write, {"db_datas": encode(PDF), **vals})
            self.assertEqual(self.get_files(record), good)

    def upload_and_link(self, record, vals):
        file = self.env["ir.attachment"].with_user(record.env.user).create(vals)
        record.attachment_ids = [Command.link(file.id)]

    def test_what_offices_use_is_evidence(self):
        for record in self.records:
            for name, content in EVIDENCE:
                with self.subTest(model=record._name, name=name):
                    file = self.attach(record, name=name, datas=encode(content))
                    self.assertEqual((file.name, file.raw), (name, content))
                    self.assertTrue(file.checksum)

    def test_a_name_shows_what_it_is(self):
        for record in self.records:
            for name in ("证\u202e明\u200b.pdf", "证\n明.pdf", "证\x07明 .pdf"):
                with self.subTest(model=record._name, name=name):
                    file = self.attach(record, name=name)
                    self.assertIn(file.name, ("证明.pdf", "证明 .pdf"))
                    file.name = name
                    self.assertIn(file.name, ("证明.pdf", "证明 .pdf"))

    def test_what_is_taken_away_is_gone(self):
        for record in self.records:
            for take in (Command.unlink, Command.delete):
                with self.subTest(model=record._name, command=take):
                    kept, taken = self.attach(record), self.attach(record)
                    record.attachment_ids = [take(taken.id)]
                    self.assertFalse(taken.exists())
                    self.assertIn(kept, record.attachment_ids)
                    record.attachment_ids = [Command.set(())]
                    self.assertFalse(self.get_files(record))

    def test_a_file_that_a_message_shows_stays_there(self):
        record = self.records[-1]
        file = self.attach(record)
        record.sudo().message_post(body="见附件", attachment_ids=file.ids)
        record.attachment_ids = [Command.clear()]
        self.assertTrue(file.exists())

    def test_a_file_that_is_sent_again_is_stored_once(self):
        """The first answer was lost: the paper form sends the same command once more."""
        for record in self.records:
            with self.subTest(model=record._name):
                first = self.attach(record, upload_key="a1")
                self.assertEqual(self.attach(record, upload_key="a1"), first)
                self.assertEqual(record.attachment_ids, first)
                self.assertEqual(self.get_files(record), first)
                self.attach(record, upload_key="b2")  # chosen once more
                self.attach(record)
                self.assertEqual(len(self.get_files(record)), 3)

    def test_copies_past_the_rights_are_no_pages(self):
        """An editor of Odoo copies a file with sudo, and sets what it is served as."""
        for user in (self.users["reporter"], self.users["nobody"]):
            file = self.env["ir.attachment"].with_user(user).create({"name": "a", "raw": b"a"})
            for mimetype in ("text/html", "application/xhtml+xml", "image/svg+xml", "text/xml"):
                for place in ({"res_model": "res.users.settings", "res_id": 0}, {}):
                    with self.subTest(user=user.login, mimetype=mimetype):
                        copy = {"name": "a.html", "mimetype": mimetype, **place}
                        self.assertRefused("is a page", file.sudo().copy, copy)
        admin = file.with_user(self.env.ref("base.user_admin")).sudo()
        self.assertTrue(admin.copy({"mimetype": "text/html"}))

    def test_a_picture_that_claims_many_points_is_not_decoded(self):
        """It would take the server minutes and gigabytes; it is stored as it was sent."""
        content = bytearray(base64.b64decode(SIGNATURE))
        for points in (13000, 20000):
            content[16:24] = points.to_bytes(4, "big") * 2
            content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
            file = self.attach(self.records[0], name="照片.png", datas=encode(bytes(content)))
            self.assertEqual(file.raw, bytes(content))

    def test_no_check_calls_an_empty_file_evidence(self):
        """One that was stored before empty files were refused."""
        line = self.records[0]
        kinds = [finding["kind"] for finding in line.form_id._get_findings()]
        self.assertEqual(kinds.count("no_evidence"), 15)
        self.env.cr.execute("INSERT INTO ir_attachment (name, type) VALUES ('空', 'binary')"
                            " RETURNING id")  # fmt: skip
        [[file_id]] = self.env.cr.fetchall()
        relation = line._fields["attachment_ids"]
        self.env.cr.execute(
            f"INSERT INTO {relation.relation} ({relation.column1}, {relation.column2})"
            f" VALUES (%s, %s)", [line.id, file_id]
        )  # fmt: skip
        self.env.invalidate_all()
        kinds = [finding["kind"] for finding in line.form_id._get_findings()]
        self.assertEqual(kinds.count("no_evidence"), 15)
