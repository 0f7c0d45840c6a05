"""Evidence: as closed as the line it belongs to, as locked, never public, and not too large."""

import base64
import json

from odoo.http import Request
from odoo.tests import tagged

from ..helpers.rights.rpc import RpcCase

CONTENT = b"%PDF-1.4 evidence of a unit"
DATAS = base64.b64encode(CONTENT).decode()
UPLOAD = "/web/binary/upload_attachment"


@tagged("post_install", "-at_install")
class TestRightsEvidence(RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own_line = cls.forms["利州"].line_ids[0]
        cls.foreign_line = cls.forms["昭化"].line_ids[0]
        cls.survey_line = cls.surveys["昭化"].line_ids[0]
        cls.confirmed_line = cls.surveys["剑阁"].line_ids[0]
        cls.old_incident = cls.env["it.kpi.incident"].search([("year", "=", 2098)], limit=1)
        cls.incident = cls.env["it.kpi.incident"].search([("year", "=", 2099)], limit=1)
        cls.evidence = {
            record: cls.attach(record)
            for record in (
                cls.own_line,
                cls.foreign_line,
                cls.survey_line,
                cls.confirmed_line,
                cls.old_incident,
            )
        }
        cls.env.flush_all()

    @classmethod
    def attach(cls, record):
        file = cls.env["ir.attachment"].create({"name": "证明.pdf", "raw": CONTENT})
        record.attachment_ids = file
        return file

    def upload(self, role, record, content=CONTENT, name="证明.pdf"):
        """Upload a file to a record as the web client does, and return the answer."""
        self.authenticate(self.users[role].login, self.users[role].login)
        response = self.url_open(
            UPLOAD,
            data={
                "model": record._name,
                "id": record.id,
                "csrf_token": Request.csrf_token(self),
            },
            files={"ufile": (name, content, "application/pdf")},
        )
        self.authenticate(None, None)
        return json.loads(response.text)

    def test_evidence_belongs_to_its_line(self):
        for record, file in self.evidence.items():
            self.assertEqual((file.res_model, file.res_id), (record._name, record.id))

    def test_evidence_of_what_one_cannot_read(self):
        for role, record in (
            ("reporter", self.foreign_line),
            ("reporter", self.survey_line),
            ("leader", self.foreign_line),
            ("assessor", self.own_line),
            ("leadership", self.survey_line),
            ("reporter", self.old_incident),
            ("nobody", self.own_line),
            ("other", self.foreign_line),
        ):
            with self.subTest(role=role, record=record):
                self.check_hidden(role, record, self.evidence[record])

    def check_hidden(self, role, record, file):
        for fields in (["datas"], ["raw"], ["name"], ["index_content"]):
            self.refuse(role, file, "read", fields=fields)
        self.refuse(role, file, "write", vals={"name": "改"})
        self.refuse(role, file, "unlink")
        self.refuse(role, file, "copy")
        self.refuse(role, file, "generate_access_token")
        for domain in (
            [("id", "=", file.id)],
            [("res_model", "=", record._name), ("res_id", "=", record.id)],
            [("checksum", "=", file.checksum), ("id", "=", file.id)],
        ):
            answer = self.rpc(role, file._name, "search_read", domain=domain, fields=["name"])
            self.assertTrue(answer == (200, []) or answer[0] == 403, answer)
        for path in ("/web/content/{}", "/web/image/{}", "/web/content/{}?access_token=false",
                     "/web/content/ir.attachment/{}/datas", "/mail/attachment/{}"):  # fmt: skip
            self.assertNotIn(CONTENT, self.get_page(role, path.format(file.id))[1])

    def test_a_signed_survey_is_as_closed_as_the_survey(self):
        """The unit does not find it before publication, nor does who does not grade it."""
        for name, hidden_from, reader in (
            ("利州", ("reporter", "leader", "assessor", "leadership", "other"), "head"),
            ("青川", ("reporter", "assessor", "head", "nobody"), "leadership"),
            ("剑阁", ("assessor", "leader", "other"), "head"),
        ):
            survey = self.surveys[name]
            place = {"res_model": survey._name, "res_id": survey.id}
            file = self.env["ir.attachment"].create({"name": "附件3", "raw": CONTENT, **place})
            survey.document_ids = file
            for role in hidden_from:
                with self.subTest(survey=name, role=role):
                    self.check_hidden(role, survey, file)
                    self.refuse(role, survey, "read", fields=["document_ids"])
            self.assertEqual(self.get_page(reader, f"/web/content/{file.id}"), (200, CONTENT))
            vals = {"attachment_ids": [[4, file.id]]}
            self.refuse("reporter", self.own_line, "write", vals=vals)
            self.refuse("assessor", self.survey_line, "write", vals=vals)

    def test_who_reads_the_line_reads_its_evidence(self):
        for role, record in (
            ("reporter", self.own_line),
            ("assessor", self.foreign_line),
            ("assessor", self.old_incident),
            ("leadership", self.confirmed_line),
        ):
            with self.subTest(role=role, record=record):
                path = f"/web/content/{self.evidence[record].id}"
                self.assertEqual(self.get_page(role, path), (200, CONTENT))

    def test_a_foreign_file_is_not_linked_to_the_own_line(self):
        """Linking by id would make a file readable that is not: it is refused, and unnamed."""
        stray = self.env["ir.attachment"].create({"name": "别人的.pdf", "raw": CONTENT})
        for file in (self.evidence[self.foreign_line], stray):
            for command in ([4, file.id], [6, 0, [file.id]], [1, file.id, {"name": "改"}],
                            [2, file.id], [3, file.id]):  # fmt: skip
                with self.subTest(file=file, command=command):
                    status, answer = self.rpc(
                        "reporter", self.own_line._name, "write", self.own_line.ids,
                        vals={"attachment_ids": [command]},
                    )  # fmt: skip
                    self.assertNotIn("别人的", str(answer))
                    self.env.invalidate_all()
                    self.assertNotIn(file, self.own_line.attachment_ids)
                    self.assertTrue(file.exists())
                    self.assertNotEqual(file.name, "改")
                    if command[0] in (1, 2, 4, 6):
                        self.assertNotEqual(status, 200)

    def test_evidence_locks_with_what_it_proves(self):
        """After submission, confirmation and publication; for the administrator as well."""
        form = self.forms["利州"]
        form.state = "submitted"
        for role, record in (
            ("reporter", self.own_line),
            ("leader", self.own_line),
            ("division", self.foreign_line),
            ("admin", self.foreign_line),
            ("head", self.survey_line),
            ("assessor", self.confirmed_line),
            ("admin", self.confirmed_line),
            ("division", self.old_incident),
            ("admin", self.old_incident),
        ):
            with self.subTest(role=role, record=record):
                self.check_locked(role, record, self.evidence[record])

    def test_evidence_locks_for_the_chatter_too(self):
        """It deletes with sudo, for users who could change the file or uploaded it."""
        self.forms["利州"].state = "submitted"
        for role, record in (
            ("reporter", self.own_line),
            ("assessor", self.confirmed_line),
            ("division", self.old_incident),
        ):
            file = self.evidence[record]
            token = file.sudo()._get_ownership_token()
            key = {"attachment_id": file.id, "access_token": token}
            with self.subTest(role=role):
                self.assertIn("error", self.post_json(role, "/mail/attachment/delete", **key))
                self.assertEqual(record.attachment_ids, file)

    def test_evidence_of_an_open_form_is_deleted_by_the_chatter(self):
        file = self.evidence[self.own_line]
        key = {"attachment_id": file.id, "access_token": file.sudo()._get_ownership_token()}
        self.assertNotIn("error", self.post_json("reporter", "/mail/attachment/delete", **key))
        self.assertFalse(self.own_line.attachment_ids)

    def test_a_thumbnail_leaves_signatures_alone(self):
        survey = self.surveys["剑阁"]
        signatures = self.put_signature(survey, "assessor")
        self.env.flush_all()
        file = self.evidence[self.confirmed_line]
        key = {"attachment_id": file.id, "access_token": file.sudo()._get_ownership_token()}
        answer = self.post_json("assessor", "/mail/attachment/update_thumbnail", **key)
        self.assertNotIn("error", answer)
        self.assertTrue(file.thumbnail)
        self.assertEqual(survey.signature_ids, signatures)

    def check_locked(self, role, record, file):
        place = {"res_model": record._name, "res_id": record.id}
        for vals in ({"datas": DATAS}, {"name": "改"}, {"res_id": 0}, {"public": True},
                     {"res_model": "res.partner", "res_id": 1}):  # fmt: skip
            self.refuse(role, file, "write", vals=vals)
        self.refuse(role, file, "unlink")
        self.refuse(role, file.browse(), "create", vals_list=[{"name": "新", **place}])
        for command in ([0, 0, {"name": "新", "datas": DATAS}], [3, file.id], [5]):
            self.refuse(role, record, "write", vals={"attachment_ids": [command]})
        before = self.take_snapshot()
        [answer] = self.upload(role, record)
        self.assertTrue(answer.get("error"), answer)
        self.assertEqual(self.take_snapshot(), before)

    def test_what_is_refused_leaves_nothing_behind(self):
        """The client's upload swallows the error: the file must be gone all the same."""
        for role, record in (
            ("reporter", self.forms["昭化"]),
            ("nobody", self.foreign_line),
            ("reporter", self.published.publication_id),
        ):
            with self.subTest(role=role, record=record):
                before = self.take_snapshot()
                [answer] = self.upload(role, record)
                self.assertTrue(answer.get("error"), answer)
                self.assertEqual(self.take_snapshot(), before)

    def test_evidence_is_filled_in_while_the_line_is_open(self):
        """The positive side: upload, link, delete, by those who fill the line."""
        [answer] = self.upload("reporter", self.own_line)
        self.allow("reporter", self.own_line, "write", vals={"attachment_ids": [[4, answer["id"]]]})
        self.assertIn(answer["id"], self.own_line.attachment_ids.ids)
        self.allow("reporter", self.env["ir.attachment"].browse(answer["id"]), "unlink")
        vals = {"attachment_ids": [[0, 0, {"name": "新.pdf", "datas": DATAS}]]}
        self.allow("assessor", self.survey_line, "write", vals=vals)
        file = self.survey_line.attachment_ids.sorted("id")[-1]
        self.assertEqual(
            (file.res_model, file.res_id), (self.survey_line._name, self.survey_line.id)
        )

    def test_evidence_is_never_public(self):
        vals = {"attachment_ids": [[0, 0, {"name": "新", "datas": DATAS, "public": True}]]}
        self.refuse("reporter", self.own_line, "write", vals=vals)
        own = self.env["ir.attachment"].create({"name": "新", "raw": CONTENT})
        self.own_line.attachment_ids += own
        for vals in ({"public": True}, {"access_token": "1"}):
            self.refuse("reporter", own, "write", vals=vals)
        self.refuse("reporter", own, "generate_access_token")

    def test_a_file_that_is_too_large_is_told_what_to_do(self):
        self.env["ir.config_parameter"].set_param("it_kpi_assessment.evidence_mb", "1")
        large = base64.b64encode(b"0" * (1024 * 1024 + 1)).decode()
        place = {"res_model": self.own_line._name, "res_id": self.own_line.id}
        file = {"name": "大.pdf", "datas": large}
        for message in (
            self.refuse("reporter", self.env["ir.attachment"], "create",
                        vals_list=[{**file, **place}]),
            self.refuse("reporter", self.own_line, "write",
                        vals={"attachment_ids": [[0, 0, file]]}),
        ):  # fmt: skip
            self.assertIn("大.pdf", message)
            self.assertIn("1 MB", message)
            self.assertIn("Make it smaller", message)

    def test_the_client_is_told_as_well_and_keeps_nothing(self):
        self.env["ir.config_parameter"].set_param("it_kpi_assessment.evidence_mb", "1")
        before = self.take_snapshot()
        [answer] = self.upload("reporter", self.own_line, b"0" * (1024 * 1024 + 1))
        self.assertIn("Make it smaller", answer["error"])
        self.assertEqual(self.take_snapshot(), before)

    def test_the_client_is_told_why_a_file_is_no_evidence(self):
        before = self.take_snapshot()
        for name, content, sentence in (
            ("空.pdf", b"", "is empty"),
            ("网页.html", CONTENT, "Allowed are"),
            ("程序\u202efdp.exe", CONTENT, "Allowed are"),
            ("证明.pdf", b"<html>", "what its name says"),
            ("长" * 200 + ".pdf", CONTENT, "Rename it"),
        ):
            for role, record in (("reporter", self.own_line), ("division", self.incident)):
                with self.subTest(name=name, record=record):
                    [answer] = self.upload(role, record, content, name)
                    self.assertIn(sentence, answer["error"])
                    self.assertEqual(self.take_snapshot(), before)

    def test_an_editor_makes_no_page_of_a_file(self):
        """The editor of Odoo copies past the rights, and serves the copy as what it is told."""
        file = (
            self.env["ir.attachment"]
            .with_user(self.users["nobody"])
            .create({"name": "自己的.txt", "raw": b"a"})
        )
        path = f"/html_editor/modify_image/{file.id}"
        page = {"name": "a.html", "data": DATAS, "mimetype": "text/html"}
        self.env.flush_all()
        for place in ({"res_model": "res.users.settings", "res_id": 0}, {}):
            answer = self.post_json("nobody", path, **page, **place)
            self.assertIn("is a page", str(answer.get("error")))
        self.assertFalse(self.env["ir.attachment"].search([("mimetype", "=", "text/html"),
                                                           ("name", "=", "a.html")]))  # fmt: skip

    def test_a_large_file_does_not_come_in_by_exchange(self):
        self.env["ir.config_parameter"].set_param("it_kpi_assessment.evidence_mb", "1")
        large = base64.b64encode(b"0" * (1024 * 1024 + 1)).decode()
        file = self.evidence[self.own_line]
        self.refuse("reporter", file, "write", vals={"datas": large})
