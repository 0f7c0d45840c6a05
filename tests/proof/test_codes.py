"""Section 9: verification codes on papers, and the page without a login that they lead to."""

import re

import lxml.html

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from odoo.addons.it_kpi_assessment.models.proof.it_kpi_guess import MOST_WRONG
from odoo.addons.it_kpi_assessment.proof.codes import draw_code, group_code, read_code

from ..helpers.common import EXAMPLE, SIGNATURE, BureauCase
from ..helpers.printing import print_papers, squeeze

PAGE = "/it_kpi/check"
CODE = re.compile("[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
PDF = b"%PDF-1.7 of a test"


@tagged("post_install", "-at_install")
class TestCodes(BureauCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()
        cls.form = cls.sign_form("利州")
        cls.publication = cls.publish(cls.cycle)
        cls.env.flush_all()

    @classmethod
    def sign_form(cls, name):
        """Sign a self-assessment once more, and keep what the printer makes of it."""
        form = cls.get_form(cls.cycle, name)
        form._keep_signed_documents()
        print_papers(cls.env, PDF)
        return form

    def get_result(self, name):
        return self.publication.result_ids.filtered(lambda row: row.unit_short_name == name)

    def ask(self, code):
        """Return status and text of the page of a code."""
        answer = self.url_open(f"{PAGE}/{code}")
        return answer.status_code, squeeze(lxml.html.fromstring(answer.text).text_content())

    def print(self, report, records):
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            f"it_kpi_assessment.{report}", records.ids
        )
        return squeeze(lxml.html.fromstring(html).text_content())

    def test_notice_letters_and_signed_forms_bear_a_code(self):
        result = self.get_result("利州")
        papers = {
            "publication_report": self.publication,
            "result_report": result,
            "assessment_report": self.form,
        }
        codes = set()
        for report, record in papers.items():
            self.assertTrue(CODE.fullmatch(record.code), report)
            text = self.print(report, record).replace("-", "")
            self.assertIn(record.code.replace("-", ""), text, report)
            codes.add(record.code)
        codes |= set(self.publication.result_ids.mapped("code"))
        self.assertEqual(len(codes), len(EXAMPLE) + 2)
        self.assertFalse(self.get_form(self.cycle, "朝天").code, "It was never signed.")

    def test_the_letter_of_a_unit(self):
        status, text = self.ask(self.get_result("利州").code)
        self.assertEqual(status, 200)
        for part in ("成绩单", "利州区交通运输局", "93.60", "88.80", "91.20", "第1名(共6个单位)"):
            self.assertIn(squeeze(part), text)
        self.assertIn("现行有效", text)
        self.assertIn(self.publication.sha256, text)
        for result in self.publication.result_ids - self.get_result("利州"):
            self.assertNotIn(result.unit_name, text)

    def test_the_notice_lists_no_unit(self):
        status, text = self.ask(self.publication.code.replace("-", "").lower())
        self.assertEqual(status, 200)
        self.assertIn("考核结果通报", text)
        self.assertIn(self.publication.sm3, text)
        for result in self.publication.result_ids:
            self.assertNotIn(result.unit_name, text)

    def test_a_signed_form(self):
        code = self.form.code
        _status, text = self.ask(code)
        self.assertIn("信息化绩效考核自评表", text)
        self.assertIn("第1版", text)
        self.assertIn("93.60", text)
        self.assertIn("现行有效", text)
        self.form.sudo().state = "returned"
        self.env.flush_all()
        self.assertIn("已退回", self.ask(code)[1])
        self.form.sudo().state = "submitted"
        self.sign_form("利州")
        self.env.flush_all()
        self.assertIn("已被第2版取代", self.ask(code)[1])
        self.assertNotEqual(self.form.code, code)

    def test_a_superseded_edition_says_so(self):
        code = self.publication.code
        letter = self.get_result("利州").code
        division = self.cycle.with_user(self.users["division"])
        division.action_revise("申诉成立")
        division.action_resume("退回更正")
        self.record_incident("利州", "leak")
        self.publish(self.cycle)
        for each in (code, letter):
            self.assertIn("已被第二版取代", self.ask(each)[1])
        self.assertIn("现行有效", self.ask(self.cycle.publication_id.code)[1])

    def test_unknown_codes_look_alike(self):
        pages = set()
        for code in (
            group_code(draw_code()),
            draw_code(),
            "x",
            "核验码" * 9,
            "1' OR '1",
            "0" * 999,
        ):
            status, text = self.ask(code)
            self.assertEqual(status, 404, code)
            pages.add(text)
        self.assertEqual(len(pages), 1)

    def test_nothing_is_listed(self):
        answer = self.url_open(PAGE)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(set(CODE.findall(answer.text)), {"XXXX-XXXX-XXXX-XXXX"})
        for result in self.publication.result_ids:
            self.assertNotIn(result.unit_name, answer.text)
        self.assertIn("noindex", answer.headers["X-Robots-Tag"])
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertLess(len(answer.content), 8000)
        self.assertNotIn("<script", answer.text)

    def test_guessing_is_slowed_down_for_all_processes(self):
        """Counted in the database; an address waits, with a right code as well."""
        code = self.publication.code
        for _time in range(MOST_WRONG):
            self.assertEqual(self.ask(draw_code())[0], 404)
        status, text = self.ask(draw_code())
        self.assertEqual(status, 429)
        self.assertIn("一小时后", text)
        self.assertEqual(self.ask(code)[0], 429)
        self.env.cr.execute("SELECT count FROM it_kpi_guess")
        self.assertEqual(self.env.cr.fetchall(), [(MOST_WRONG,)])
        self.env.cr.execute("SELECT address FROM it_kpi_guess")
        self.assertNotIn("127.0.0.1", self.env.cr.fetchone()[0])
        self.env.cr.execute("UPDATE it_kpi_guess SET hour = hour - interval '1 hour'")
        self.assertEqual(self.ask(code)[0], 200)

    def test_what_is_right_does_not_count(self):
        for _time in range(MOST_WRONG + 1):
            self.assertEqual(self.ask(self.publication.code)[0], 200)

    def test_addresses_are_forgotten(self):
        guesses = self.env["it.kpi.guess"]
        guesses._count_wrong("2001:db8:1:2::1")
        self.assertFalse(guesses._is_waiting("2001:db8:1:2::1"))
        for _time in range(MOST_WRONG):
            guesses._count_wrong("2001:db8:1:2:ffff::2")
        self.assertTrue(guesses._is_waiting("2001:db8:1:2::1"), "The same network.")
        self.env.cr.execute("UPDATE it_kpi_guess SET hour = hour - interval '2 days'")
        guesses._gc_guesses()
        self.env.cr.execute("SELECT count(*) FROM it_kpi_guess")
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def compare(self, content):
        page = self.url_open(PAGE)
        token = re.search(r'csrf_token" value="([^"]+)"', page.text)[1]
        answer = self.url_open(
            f"{PAGE}/file", data={"csrf_token": token}, files={"file": ("表.pdf", content)}
        )
        self.assertEqual(answer.status_code, 200)
        return squeeze(lxml.html.fromstring(answer.text).text_content())

    def test_a_signed_file_is_compared_bit_by_bit(self):
        text = self.compare(PDF)
        self.assertIn("逐位一致", text)
        self.assertIn("利州", text)
        self.assertIn("现行有效", text)
        for other in (PDF + b"\n", PDF[:-1] + b"T", b"%PDF-1.7 another"):
            text = self.compare(other)
            self.assertIn("不是系统保存的签字文件", text)
            self.assertNotIn("利州", text)

    def test_other_files_of_the_database_are_not_told(self):
        """Evidence, and what is attached elsewhere, is no signed version."""
        content = b"%PDF-1.7 evidence"
        line = self.form.line_ids[0]
        for record in (line, self.form):
            self.env["ir.attachment"].create(
                {"name": "a.pdf", "raw": content, "res_model": record._name, "res_id": record.id}
            )
        self.env.flush_all()
        self.assertIn("不是系统保存的签字文件", self.compare(content))

    def test_only_who_reads_the_paper_reads_its_code(self):
        own, other = self.get_result("利州"), self.get_result("青川")
        self.assertTrue(self.as_role("reporter", own).code)
        self.assertRaises(AccessError, self.as_role("reporter", other).read, ["code"])
        for model in ("it.kpi.code", "it.kpi.guess"):
            for role in ("reporter", "division", "leadership"):
                rows = self.env[model].with_user(self.users[role])
                self.assertRaises(AccessError, rows.search, [])

    def test_a_code_is_read_as_it_is_typed(self):
        code = draw_code()
        self.assertEqual(read_code(f" {group_code(code).lower()} "), code)
        self.assertEqual(read_code("OIL0-0000-0000-0000"), "0110000000000000")
        for wrong in ("", None, code[:-1], code + "0", "U" * 16, "核" * 16):
            self.assertIsNone(read_code(wrong))
        self.assertEqual(len({draw_code() for _time in range(100)}), 100)

    def test_signing_draws_a_code(self):
        """With the moves of the people, too."""
        cycle = self.open_cycle(self.own_unit, year=2096)
        form = self.get_form(cycle, "利州")
        self.fill(form, "A" * 16)
        self.as_role("reporter", form).action_hand_over()
        self.assertFalse(form.code)
        self.as_role("leader", form).action_submit(SIGNATURE)
        code = self.env["it.kpi.code"].search([("assessment_id", "=", form.id)])
        self.assertEqual(group_code(code.code), form.code)
        self.assertLess(abs((fields.Datetime.now() - code.signed_at).total_seconds()), 60)
