"""What is looked at before a self-assessment is handed over and signed."""

from itertools import product

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged

from odoo.addons.it_kpi_assessment.models.rubric.it_kpi_check import CHECKS
from odoo.addons.it_kpi_assessment.tools.file_dates import find_years

from ..helpers.common import EXAMPLE, SIGNATURE, BureauCase
from ..helpers.queries import count_queries


class ChecksCase(BureauCase):
    """The form of 利州, on which the checks find nothing, and ways to spoil it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle(year=2098)
        cls.sheet = cls.get_form(cls.cycle, "利州")
        cls.fill(cls.sheet, "C" * 16)

    def setUp(self):
        super().setUp()
        self.reporter = self.as_role("reporter", self.sheet)
        self.leader = self.as_role("leader", self.sheet)
        self.line = self.sheet.line_ids[0]

    def set_effect(self, kind, effect):
        rows = self.cycle.rubric_id.check_ids
        rows.filtered(lambda row: row.kind == kind).effect = effect

    def attach(self, line, *names):
        line.attachment_ids = [
            Command.create({"name": name, "raw": b"x", "res_model": line._name, "res_id": line.id})
            for name in names
        ]

    def find(self, form=None):
        """Return what is found, without the sentences."""
        findings = (self.reporter if form is None else form)._get_findings()
        return [(finding["kind"], finding["effect"], finding["line_id"]) for finding in findings]

    def assertFound(self, kind, effect, text, line=None):
        self.env.invalidate_all()
        line = self.line if line is None else line
        self.assertIn((kind, effect, line.id), self.find())
        texts = [found["text"] for found in self.reporter.findings if found["kind"] == kind]
        self.assertIn(text, texts[0])


@tagged("post_install", "-at_install")
class TestChecks(ChecksCase):
    def test_nothing_stands_in_the_way_of_a_careful_form(self):
        self.assertEqual(self.find(), [])
        self.reporter.action_hand_over()
        self.leader.action_submit(SIGNATURE)

    def test_an_unmarked_line(self):
        self.line.write({"grade_id": False, "explanation": False})
        self.assertFound("unmarked", "block", "“领导重视程度” has no mark")
        self.assertEqual(len(self.find()), 1, "the explanation comes after the mark")

    def test_an_empty_explanation(self):
        self.line.explanation = " \n"
        self.assertFound("unexplained", "block", "领导重视程度")

    def test_not_applicable_without_a_reason(self):
        self.line.write({"not_applicable": True, "explanation": ""})
        self.assertFound("no_reason", "block", "does not say why")
        self.assertEqual(len(self.find()), 1)

    def test_a_or_b_without_evidence(self):
        for index, found in enumerate((True, True, False, False)):
            self.line.grade_id = self.cycle.rubric_id.grade_ids[index]
            with self.subTest(grade=self.line.grade_id.code):
                self.assertEqual(("no_evidence", "warn", self.line.id) in self.find(), found)
        self.line.grade_id = self.cycle.rubric_id.grade_ids[0]
        self.attach(self.line, "佐证.txt")
        self.assertEqual(self.find(), [])

    def test_evidence_dated_outside_the_year(self):
        self.attach(self.line, "2097年度总结.txt", "会议纪要2098-03.txt")
        self.assertFound("other_year", "warn", "“2097年度总结.txt”")
        self.line.attachment_ids.write({"name": "2097年度总结和2098年计划.txt"})
        self.assertEqual(self.find(), [])

    def test_a_value_that_contradicts_the_grade(self):
        line = self.sheet.line_ids[6]
        line.measured_value = 85
        self.assertFound("contradiction", "warn", "85 % measured means B, but the mark is C", line)
        line.measured_value = 60
        self.assertEqual(self.find(), [])
        line.not_applicable = True
        self.assertFound("contradiction", "warn", "but the mark is N/A", line)

    def test_a_jump_of_two_grades_against_last_year(self):
        last = self.open_cycle(year=2097)
        self.file_forms(last, {**EXAMPLE, "利州": ("AABC" + "C" * 12, "C" * 16)})
        self.publish(last)
        self.fill(self.sheet, "CB" + "C" * 14)
        self.attach(self.sheet.line_ids[1], "佐证.txt")
        self.assertFound("jump", "warn", "“领导重视程度” was A last year and is marked C now")
        self.assertEqual(len(self.find()), 1)

    def test_one_person_who_hands_over_and_signs(self):
        self.leader.action_hand_over()
        self.assertEqual(self.find(self.leader), [("same_person", "warn", False)])
        second = self.new_user("leader", "second_leader")
        self.own_unit.leader_ids = [Command.link(second.id)]
        self.assertEqual(self.find(self.sheet.with_user(second)), [])
        self.assertEqual(self.find(), [], "somebody else can sign")
        self.set_effect("same_person", "block")
        self.assertRefused("signs it as well", self.leader.action_submit, SIGNATURE)
        self.sheet.with_user(second).action_submit(SIGNATURE)

    def test_what_blocks_comes_first_and_is_refused_in_full(self):
        self.attach(self.line, "2097年度总结.txt")
        self.sheet.line_ids[3].grade_id = False
        self.sheet.line_ids[5].explanation = ""
        self.assertEqual([found[1] for found in self.find()], ["block", "block", "warn"])
        for text in ("信息化工作计划实施情况", "目标绩效完成情况"):
            self.assertRefused(text, self.reporter.action_hand_over)
        self.sheet.state = "to_sign"
        self.assertRefused("still to be done", self.leader.action_submit, SIGNATURE)
        self.assertEqual(self.sheet.state, "to_sign")

    def test_they_are_told_line_by_line_as_on_paper(self):
        unexplained, unmarked = self.sheet.line_ids[3], self.sheet.line_ids[5]
        unexplained.explanation = ""
        unmarked.grade_id = False
        self.assertEqual([line for *_, line in self.find()], [unexplained.id, unmarked.id])

    def test_who_saves_a_line_hears_what_is_found_on_it(self):
        self.sheet.line_ids[3].grade_id = False
        line = self.reporter.line_ids[0]

        def save(**values):
            [answer] = line.web_save(values, {"findings": {}})
            return [finding["kind"] for finding in answer["findings"] or ()]

        self.assertEqual(save(grade_id=self.cycle.rubric_id.grade_ids[0].id), ["no_evidence"])
        self.assertEqual(save(explanation=" "), ["unexplained", "no_evidence"])
        self.assertEqual(save(grade_id=False), ["unmarked"])
        self.assertEqual(save(not_applicable=True, explanation="本单位无此项业务"), [])
        self.sheet.state = "submitted"
        self.assertFalse(line.findings, "nothing can be done about it any more")

    def test_what_was_warned_about_stands_in_the_log(self):
        self.attach(self.line, "2097年度总结.txt")
        self.reporter.action_hand_over()
        self.assertNotIn("2097", self.sheet.message_ids[0].body)
        self.leader.action_submit(SIGNATURE)
        entries = [message.body for message in self.sheet.message_ids if "2097" in message.body]
        self.assertEqual(len(entries), 1)
        self.assertIn("in spite of these warnings", entries[0])
        self.assertIn("To Sign → Submitted", entries[0])
        self.assertFalse(self.leader.findings, "afterwards nothing can be done about them")

    def test_the_leader_sees_them_before_he_draws(self):
        self.attach(self.line, "2097年度总结.txt")
        self.reporter.action_hand_over()
        wizards = self.env["it.kpi.sign.wizard"].with_user(self.users["leader"])
        wizard = Form(wizards.with_context(active_id=self.sheet.id))
        self.assertEqual([found["kind"] for found in wizard.findings], ["other_year"])

    def test_a_mark_being_made_is_told_at_once(self):
        self.line.grade_id = False
        with Form(self.reporter) as form:
            self.assertEqual([found["kind"] for found in form.findings], ["unmarked"])
            with form.line_ids.edit(0) as line:
                line.not_applicable = True
                line.explanation = ""
            self.assertEqual([found["kind"] for found in form.findings], ["no_reason"])
            with form.line_ids.edit(0) as line:
                line.explanation = "本单位无此项业务"
            self.assertFalse(form.findings)

    def test_the_number_of_queries_does_not_grow_with_what_is_found(self):
        self.set_effect("unmarked", "block")

        def count():
            return count_queries(self.env, lambda: self.reporter.read(["findings"]))

        self.attach(self.line, "2097年度总结.txt")
        count()
        few = count()
        for line in self.sheet.line_ids:
            self.attach(line, "2097年度总结.txt", "20970101.txt")
            line.grade_id = self.cycle.rubric_id.grade_ids[0]
        count()
        self.assertEqual(count(), few)
        self.assertEqual(len(self.reporter.findings), 16)

    def test_the_number_of_queries_does_not_grow_with_the_lines(self):
        def count(lines):
            return count_queries(self.env, lambda: lines.read(["findings"]))

        lines = self.reporter.line_ids
        lines = lines.browse(lines.ids)  # what is read of one line is read of all of these
        for each in (lines, lines[0]):  # fills the caches that all requests share
            count(each)
        self.assertEqual(count(lines), count(lines[0]))


@tagged("post_install", "-at_install")
class TestWhoSeesFindings(ChecksCase):
    def test_others_learn_nothing(self):
        self.line.explanation = ""
        self.assertTrue(self.as_role("division", self.sheet).findings)
        for state in ("unfiled", "submitted"):
            self.sheet.state = state
            for role in ("assessor", "head", "leadership"):
                for records in self.sheet, self.line:
                    told = self.subTest(state=state, role=role, model=records._name)
                    with told, self.assertRaises(AccessError):
                        self.as_role(role, records).read(["findings"])
        reader = self.new_user("leader", "leader_who_leads")
        reader.group_ids += self.env.ref("it_kpi_assessment.group_leadership")
        self.sheet.state = "unfiled"
        self.assertEqual(self.sheet.with_user(reader)._get_findings(), [])
        self.sheet.state = "draft"
        with self.assertRaises(AccessError):
            self.line.with_user(reader).read(["findings"])

    def test_a_client_cannot_pretend_that_what_is_foreign_is_its_own(self):
        self.attach(self.line, "2097年度总结.txt")
        self.sheet.line_ids[3].grade_id = False
        other = self.get_form(self.cycle, "昭化")
        other.unit_id.reporter_ids = stranger = self.new_user("reporter", "stranger")
        self.fill(other, "C" * 16)
        file = {"attachment_ids": [Command.link(self.line.attachment_ids.id)]}
        pretended = (
            [Command.link(line.id) for line in self.sheet.line_ids],
            [Command.update(other.line_ids[0].id, file)],
            [Command.create({"indicator_id": self.line.indicator_id.id, **file})],
        )
        asked = (
            {"line_ids": {"fields": {}}, "findings": {}},
            {"line_ids": {"fields": {"findings": {}}}, "findings": {}},
        )
        own = Command.update(self.line.id, {"explanation": False})
        self.assertIn("2097", self.tell(self.reporter, [own], asked[-1]), "the own is told")
        for effect in ("warn", "off"):  # a check that is off reads nothing that would be refused
            for kind in ("other_year", "no_evidence"):
                self.set_effect(kind, effect)
            for lines, spec in product(pretended, asked):
                with self.subTest(effect=effect, lines=lines, spec=spec):
                    told = self.tell(other.with_user(stranger), lines, spec)
                    self.assertNotIn("2097", told)
                    self.assertNotIn("信息化工作计划实施情况", told)

    def test_a_line_that_is_pretended_to_be_of_the_own_form_tells_nothing(self):
        self.line.explanation = ""
        other = self.get_form(self.cycle, "昭化")
        other.unit_id.reporter_ids = stranger = self.new_user("reporter", "stranger")
        self.env.flush_all()
        self.env.invalidate_all()
        lines = self.line.with_user(stranger).browse()
        values = {"form_id": other.id}
        pretended = lines.new(values, origin=self.line.with_user(stranger))
        self.assertFalse(pretended.findings)
        self.assertFalse(other.with_user(stranger).new({"line_ids": pretended}).findings)

    def tell(self, form, lines, spec):
        """Return the answer to a client that pretends a form to have these lines."""
        self.env.flush_all()
        self.env.invalidate_all()
        try:
            return str(form.onchange({"line_ids": lines}, ["line_ids"], spec))
        except AccessError as error:
            return str(error)


@tagged("post_install", "-at_install")
class TestSettings(ChecksCase):
    def test_defaults(self):
        effects = self.rubric._get_check_effects()
        blocking = {kind for kind, effect in effects.items() if effect == "block"}
        self.assertEqual(blocking, {"unmarked", "unexplained", "no_reason"})
        self.assertEqual(set(effects.values()), {"block", "warn"})
        self.assertEqual(set(self.rubric.check_ids.mapped("kind")), set(CHECKS))

    def test_a_rubric_made_by_hand_has_them(self):
        rubric = self.rubric.with_user(self.users["division"]).create(
            {"name": "新细则", "version": "2100"}
        )
        self.assertEqual(rubric._get_check_effects(), self.rubric._get_check_effects())

    def test_the_copy_of_a_year_keeps_its_settings(self):
        draft = self.as_role("division", self.rubric).copy()
        draft.check_ids.filtered(lambda row: row.kind == "no_evidence").effect = "block"
        frozen = draft._freeze_for(self.cycle)
        draft.check_ids.filtered(lambda row: row.kind == "no_evidence").effect = "off"
        self.assertEqual(frozen._get_check_effects()["no_evidence"], "block")
        self.assertEqual(len(frozen.check_ids), len(CHECKS))

    def test_a_rubric_older_than_the_checks_follows_the_table(self):
        self.cycle.rubric_id.check_ids.unlink()
        self.line.explanation = ""
        self.assertFound("unexplained", "block", "领导重视程度")
        frozen = self.cycle.rubric_id.copy({"version": "旧"})
        self.assertFalse(frozen.check_ids)

    def test_a_check_can_be_off_or_block(self):
        self.attach(self.line, "2097年度总结.txt")
        self.set_effect("other_year", "off")
        self.assertEqual(self.find(), [])
        self.set_effect("other_year", "block")
        self.assertRefused("2097年度总结", self.reporter.action_hand_over)

    def test_mark_and_explanation_can_only_block(self):
        draft = self.as_role("division", self.rubric).copy()
        for kind in ("unmarked", "unexplained"):
            row = draft.check_ids.filtered(lambda row, kind=kind: row.kind == kind)
            self.assertTrue(row.is_fixed)
            self.assertRefused("article 5", row.write, {"effect": "warn"})

    def test_settings_in_force_stay(self):
        row = self.as_role("division", self.rubric).check_ids[3]
        self.assertRefused("Duplicate it", row.write, {"effect": "off"})
        self.assertRefused("Duplicate it", row.unlink)


@tagged("post_install", "-at_install")
class TestFindingsTour(HttpCase, ChecksCase):
    def test_a_click_opens_the_line_and_what_was_put_right_disappears(self):
        line = self.sheet.line_ids[6]
        line.write({"grade_id": False, "explanation": False})
        url = f"/odoo/it-kpi-my-assessments/{self.sheet.id}"
        self.start_tour(url, "it_kpi_follow_a_finding", login="test_reporter")
        self.assertEqual((line.measured_value, line.grade_id.code), (85, "B"))
        self.assertEqual(self.sheet.handed_over_by_id, self.users["reporter"])


@tagged("post_install", "-at_install")
class TestFileDates(BureauCase):
    def test_dates_in_names(self):
        cases = {
            "2024年度总结.docx": {2024},
            "会议纪要2024-03.pdf": {2024},
            "会议纪要 2024.3.5.pdf": {2024},
            "IMG_20240305_101010.jpg": {2024},
            "微信图片_20240305101010.jpg": {2024},
            "2023年总结和2024年计划.docx": {2023, 2024},
            "广交函〔2023〕4号.pdf": set(),
            "广交函（2023）4号.pdf": set(),
            "广交函2023-4号.pdf": set(),
            "2023年第4号通知.pdf": set(),
            "网络安全法（2016年修订）.pdf": set(),
            "电话20241345.txt": set(),
            "合同编号120240305.pdf": set(),
            "培训手册v2023.2.pdf": set(),
            "第2023次.txt": set(),
            "佐证.pdf": set(),
            False: set(),
        }
        for name, years in cases.items():
            with self.subTest(name=name):
                self.assertEqual(find_years(name), years)
