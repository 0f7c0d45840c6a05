"""The prints (section 5), by both engines: what they contain, and who reads them."""

from datetime import date, datetime

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.tools import chinese

from ..helpers.common import EXAMPLE
from ..helpers.printing import ReportCase, draw_signature, squeeze

HARMFUL = "<b>加粗</b> & <img src='file:///etc/passwd'>"


@tagged("post_install", "-at_install")
class TestRubricReport(ReportCase):
    def test_all_criteria_and_points_are_printed(self):
        criteria = self.rubric.indicator_ids.criterion_ids
        self.assertEqual(len(criteria), 64)
        pages = self.print("rubric_report", self.rubric)
        for criterion in criteria:
            self.assertPrinted(criterion.text, pages)
        for text in ("附件 1", "信息化绩效考核评价细则", "组织管理（10分）", "D（40%）"):
            self.assertPrinted(text, pages)

    def test_cells_are_merged_over_the_rows_of_their_record(self):
        rows = self.read_rows("rubric_report", self.rubric)
        self.assertEqual(rows[1], ["A(100%)", "B(80%)", "C(60%)", "D(40%)"])
        widths = [len(row) for row in rows[2:]]
        self.assertEqual(widths, [7, 5, 6, 6, 7, 5, 6, 5, 7, 6, 6, 7, 6, 7, 6, 7])

    def test_heads_stand_on_every_page(self):
        for page in self.print("rubric_report", self.rubric):
            self.assertIn("评价细则A(100%)B(80%)C(60%)D(40%)", page)


@tagged("post_install", "-at_install")
class TestFormReports(ReportCase):
    def test_marks_stand_in_the_columns_of_their_grades(self):
        for report, kind, marks in (
            ("assessment_report", "assessment", EXAMPLE["昭化"][0]),
            ("survey_report", "survey", EXAMPLE["昭化"][1]),
        ):
            head, *rows, _final = self.read_rows(report, self.get_form(self.cycle, "昭化", kind))
            self.assertEqual(head[3:], ["无此项", "A", "B", "C", "D", "备注"])
            columns = ["NABCD"[row[-6:-1].index("√")] for row in rows]
            self.assertEqual("".join(columns), marks)

    def test_both_engines_print_a_tick_per_line(self):
        [page] = self.print("survey_report", self.get_form(self.cycle, "剑阁", "survey"))
        self.assertEqual(page.count("√"), 16)

    def test_names_are_those_of_the_forms(self):
        rows = self.read_rows("assessment_report", self.get_form(self.cycle, "利州"))
        self.assertEqual(rows[1][:3], ["组织管理", "组织保障", "领导重视程度"])
        self.assertEqual(rows[3][:2], ["规章制度", "规章制度取的实效情况"])
        self.assertEqual(rows[4][:2], ["组织管理", "信息化工作计划实施情况"])

    def test_final_score_is_the_published_one(self):
        pages = self.print("assessment_report", self.get_form(self.cycle, "昭化"))
        self.assertPrinted("最终得分 85.85", pages)
        pages = self.print("survey_report", self.get_form(self.cycle, "昭化", "survey"))
        self.assertPrinted("最终得分 77.84", pages)

    def test_signature_unit_and_date_stand_below(self):
        form = self.get_form(self.cycle, "利州").sudo()
        form.write({"signature": draw_signature(), "signed_at": "2099-12-09 17:30:00"})
        pdf = self.make_pdf("assessment_report", form)
        [page] = [squeeze(page.extract_text()) for page in pdf.pages]
        for text in ("单位名称：利州区交通运输局", "领导签字：", "（盖章）", "2099年12月10日"):
            self.assertIn(squeeze(text), page)
        self.assertTrue(pdf.pages[0].images)

    def test_survey_names_its_assessors_where_they_sign(self):
        survey = self.get_form(self.cycle, "利州", "survey").sudo()
        others = self.new_user("assessor", "test_assessor2")
        survey.assessor_ids = [Command.set((self.users["assessor"] | others).ids)]
        pages = self.print("survey_report", survey)
        self.assertPrinted("受评单位：利州区交通运输局", pages)
        names = survey.assessor_ids.mapped("name")
        lines = "".join(f"{name}年月日" for name in names)  # a line each, with the date to fill in
        self.assertPrinted(f"考核小组签字：{lines}", pages)

    def test_survey_prints_the_signatures_of_the_group(self):
        """With the names as at signing; five assessors and the head still fit on the page."""
        survey = self.get_form(self.cycle, "利州", "survey").sudo()
        survey.visit_date = "2099-12-10"
        drawn = draw_signature()
        for number in range(1, 6):
            user = self.new_user("assessor", f"test_assessor{number}")
            survey.assessor_ids += user
            if number < 5:
                self.users[user.login] = user
                self.put_signature(survey, user.login, name=f"成员{number}", signature=drawn)
        self.put_signature(survey, "head", name="王组长", is_head=True, signature=drawn)
        unsigned = survey.assessor_ids[-1:].name
        pdf = self.make_pdf("survey_report", survey)
        [page] = [squeeze(page.extract_text()) for page in pdf.pages]
        for text in ("王组长（组长）", "成员1", "成员4", unsigned, "调查日期：2099年12月10日"):
            self.assertIn(squeeze(text), page)
        self.assertEqual(page.count("成员"), 4)
        self.assertTrue(pdf.pages[0].images)

    def test_a_form_that_was_not_filed_says_so(self):
        form = self.get_form(self.cycle, "剑阁").sudo()
        self.fill(form, "ABCD" * 4)
        form.unfiled_reason = "两次催报未交"
        pages = self.print("assessment_report", form)
        self.assertPrinted("最终得分 0.00（未报：两次催报未交）", pages)
        self.assertNotPrinted("√", pages)

    def test_blank_forms_are_blank(self):
        for report, heading in (
            ("blank_assessment_report", "信息化绩效考核自评表"),
            ("blank_survey_report", "信息化绩效实地调查考核评价表"),
        ):
            pages = self.print(report, self.rubric)
            self.assertPrinted(heading, pages)
            self.assertNotPrinted("√", pages)
            self.assertNotPrinted("2099", pages)

    def test_columns_are_the_grades_of_the_rubric(self):
        rubric = self.rubric.copy()
        rubric.grade_ids[-1:].unlink()
        rubric.grade_ids[:1].code = "优"
        [head, *_rows] = self.read_rows("blank_survey_report", rubric)
        self.assertEqual(head[3:], ["无此项", "优", "B", "C", "备注"])

    def test_an_empty_rubric_prints(self):
        empty = self.env["it.kpi.rubric"].create({"name": "空白", "version": "空白"})
        for report in ("rubric_report", "blank_assessment_report", "blank_survey_report"):
            self.assertEqual(len(self.print(report, empty)), 1)

    def test_texts_are_printed_and_not_run(self):
        form = self.get_form(self.cycle, "利州").sudo()
        form.line_ids[:1].remark = HARMFUL
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE it_kpi_result SET unit_name = '利州 <u>A&B</u>' WHERE unit_id = %s",
            [form.unit_id.id],
        )
        self.env.invalidate_all()
        pages = self.print("assessment_report", form)
        self.assertPrinted(form.unit_name, pages)
        self.assertPrinted(HARMFUL, pages)


@tagged("post_install", "-at_install")
class TestNotice(ReportCase):
    def test_notice_ranks_the_units_and_says_why(self):
        pages = self.print("publication_report", self.publication)
        for text in (
            "关于2099年度信息化绩效考核结果的通报",
            "各县区交通运输局，局直属各单位：",
            "《信息化绩效考核管理办法（试行）》（广交函〔2023〕4号）",
            "对六个单位2099年度信息化工作进行了考核",
            "2 昭化区交通运输局 85.85 77.84 81.85",
            "5 剑阁县交通运输局 0.00 72.80 36.40 未报自评表",
            "发生网络安全事件，否决前得分85.95",
            "最后三名的单位为青川县交通运输局、剑阁县交通运输局、旺苍县交通运输局。",
            self.publication.company_id.name + chinese.date(self.publication.published_at),
        ):
            self.assertPrinted(text, pages)
        self.assertNotPrinted("版", pages)

    def test_a_tie_in_the_last_three_takes_all_its_units(self):
        cycle = self.open_cycle(year=2098)
        marks = dict(zip(EXAMPLE, "AABBCD", strict=True))
        self.file_forms(cycle, {unit: (mark * 16, mark * 16) for unit, mark in marks.items()})
        pages = self.print("publication_report", self.publish(cycle))
        names = "、".join(self.get_unit(name).name for name in ("朝天", "旺苍", "青川", "剑阁"))
        self.assertPrinted(f"最后三名的单位为{names}（得分相同的一并计入）", pages)
        for text in ("未报", "事件", "平均分。"):
            self.assertNotPrinted(text, pages)

    def test_a_revision_says_its_number_and_reason(self):
        self.env.cr.execute(
            "UPDATE it_kpi_publication SET revision = 2, reason = '申诉成立' WHERE id = %s",
            [self.publication.id],
        )
        self.env.invalidate_all()
        pages = self.print("publication_report", self.publication)
        self.assertPrinted("（第二版）", pages)
        self.assertPrinted("修订原因：申诉成立。此前公布的结果以本版为准。", pages)

    def test_only_who_reads_all_results_prints_the_notice(self):
        for role in ("head", "division", "leadership"):
            self.assertTrue(self.print("publication_report", self.publication, role=role))
        for role in ("reporter", "leader", "assessor"):
            with self.assertRaises(AccessError):
                self.print("publication_report", self.publication, role=role)

    def test_numbers_and_dates_read_as_an_office_writes_them(self):
        for number, text in (
            (0, "0"), (1, "一"), (2, "二"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"),
            (105, "一百零五"), (110, "一百一十"), (1010, "一千零一十"), (10000, "10000"),
        ):  # fmt: skip
            self.assertEqual(chinese.numeral(number), text)
        self.assertEqual([chinese.count(number) for number in (2, 3, 12)], ["两", "三", "十二"])
        self.assertEqual(chinese.date(date(2099, 2, 3)), "2099年2月3日")
        self.assertEqual(chinese.date(datetime(2099, 2, 2, 16, 0)), "2099年2月3日")
