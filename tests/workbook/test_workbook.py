"""The ranking workbook (section 6): what it shows, how, and to whom."""

from io import BytesIO
from unittest.mock import patch
from urllib.parse import unquote
from zipfile import ZipFile

from openpyxl import load_workbook

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase

from ..helpers.common import EXAMPLE, BureauCase
from ..helpers.queries import count_queries

SHEETS = ["排名", "对照图", "得分明细", "对比", "差距", "说明", "数据", "参数"]
TABLES = ["排名", "得分明细", "对比", "差距"]
PLAIN = {"数据", "参数"}
READERS = ("head", "division", "leadership")
OTHERS = ("reporter", "leader", "assessor")


class WorkbookCase(BureauCase):
    def open_workbook(self, record, role="division"):
        content = record.with_user(self.users[role])._workbook()
        return load_workbook(BytesIO(content), data_only=True)

    def rows(self, sheet):
        """Return the rows below the header as ``{heading: cell}``."""
        header = int(sheet.auto_filter.ref.split(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        heads = [str(cell.value).replace("\n", "") for cell in sheet[header]]
        return [
            dict(zip(heads, cells, strict=True))
            for cells in sheet.iter_rows(min_row=header + 1, max_col=len(heads))
            if not str(cells[0].value).startswith("审定人")
        ]

    def texts(self, sheet):
        return [cell.value for row in sheet for cell in row if isinstance(cell.value, str)]

    def rows_of(self, sheet, short_name):
        name = self.get_unit(short_name).name
        return [row for row in self.rows(sheet) if row["单位"].value == name]


class TestPublishedWorkbook(WorkbookCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()
        cls.publication = cls.publish(cls.cycle)

    def setUp(self):
        super().setUp()
        self.book = self.open_workbook(self.publication)

    def test_sheets_are_ready_to_be_read_and_printed(self):
        self.assertEqual(self.book.sheetnames, SHEETS)
        for sheet in self.book.worksheets:
            self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
            self.assertEqual(sheet.oddFooter.center.text, "&P / &N")
        for sheet in (self.book[name] for name in TABLES):
            self.assertTrue(sheet.freeze_panes)
            self.assertTrue(sheet.print_title_rows)
            self.assertTrue(sheet.auto_filter.ref)

    def test_ranking_equals_the_results(self):
        rows = self.rows(self.book["排名"])
        self.assertEqual([row["排名"].value for row in rows], [1, 2, 3, 4, 5, 6])
        for row, result in zip(rows, self.publication.result_ids, strict=True):
            self.assertEqual(row["单位"].value, result.unit_id.name)
            for head, name in (
                ("自评得分", "assessment_total"),
                ("实地考核得分", "survey_total"),
                ("最终得分", "final"),
                ("否决前得分", "before_veto"),
            ):
                self.assertEqual(row[head].data_type, "n")
                self.assertEqual(row[head].value, result[name])
                self.assertEqual(row[head].number_format, "0.00")
            self.assertEqual(row["是否整改"].value, "是" if result.is_last else "否")

    def test_remarks_say_what_explains_a_final(self):
        [wangcang] = self.rows_of(self.book["排名"], "旺苍")
        [jiange] = self.rows_of(self.book["排名"], "剑阁")
        self.assertIn("网络安全事件", wangcang["备注"].value)
        self.assertIn("未报", jiange["备注"].value)

    def test_ranking_has_a_chart_of_three_series(self):
        """On a sheet of its own: it once was in a row that every page repeats."""
        self.assertFalse(self.book["排名"]._charts)
        [chart] = self.book["对照图"]._charts
        self.assertEqual(len(chart.series), 3)
        self.assertIn("排名", chart.series[0].val.numRef.f)

    def test_details_equal_the_result_lines(self):
        for result in self.publication.result_ids:
            rows = self.rows_of(self.book["得分明细"], result.unit_id.short_name)
            self.assertEqual([row["考核方式"].value for row in rows], ["自评", "实地考核"])
            for row, kind in zip(rows, ("assessment", "survey"), strict=True):
                self.assertEqual(row["合计"].value, result[f"{kind}_total"])
                for line in result.line_ids.filtered(lambda line, kind=kind: line.kind == kind):
                    self.assertEqual(row[line.indicator_id.name].value, line.score)

    def test_means_and_zeroes_are_marked_by_more_than_a_colour(self):
        [own, _visit] = self.rows_of(self.book["得分明细"], "昭化")
        mean = own["信息化工作计划实施情况"]
        self.assertEqual((mean.value, mean.number_format), (3.4, '0.00"均"'))
        self.assertTrue(mean.font.italic)
        for row in self.rows_of(self.book["得分明细"], "青川"):
            self.assertEqual(row["保密工作情况"].value, 0)
            self.assertIn("零", row["保密工作情况"].number_format)

    def test_a_form_that_was_not_filed_says_so(self):
        [own, visit] = self.rows_of(self.book["得分明细"], "剑阁")
        self.assertEqual(own["领导重视程度"].value, "未报")
        self.assertEqual(own["合计"].value, 0)
        self.assertEqual(visit["领导重视程度"].value, 1.2)

    def test_foot_tells_the_means_and_how_many_units_have_the_indicator(self):
        rows = self.rows(self.book["得分明细"])[-4:]
        self.assertEqual([row["信息化工作计划实施情况"].value for row in rows], [3.4, 4, 3.04, 5])

    def test_comparison_counts_over_and_under_estimates(self):
        [own, visit, gap] = self.rows_of(self.book["对比"], "朝天")
        pairs = list(zip(*EXAMPLE["朝天"], strict=True))
        gaps = [ord(late) - ord(early) for early, late in pairs if "N" not in (early, late)]
        self.assertEqual(own["领导重视程度"].value, "B")
        self.assertEqual(visit["领导重视程度"].value, "C")
        self.assertEqual(gap["领导重视程度"].value, 1)
        self.assertEqual(gap["高估项数"].value, sum(value > 0 for value in gaps))
        self.assertEqual(gap["低估项数"].value, sum(value < 0 for value in gaps))
        self.assertEqual(gap["相差两等以上"].value, sum(abs(value) > 1 for value in gaps))

    def test_gap_to_a_missing_indicator_is_empty(self):
        [own, _visit, gap] = self.rows_of(self.book["对比"], "昭化")
        self.assertEqual(own["信息化工作计划实施情况"].value, "无此项")
        self.assertIsNone(gap["信息化工作计划实施情况"].value)

    def test_notes_name_rubric_rules_and_people(self):
        texts = self.texts(self.book["说明"])
        for text in (
            "信息化绩效考核评价细则（试行）",
            "广交函〔2023〕4号",
            "已公布",
            "第一版（首次公布）",
        ):
            self.assertIn(text, texts)
        for number in range(1, 13):
            self.assertTrue(any(text.startswith(f"R{number} ") for text in texts))
        self.assertTrue(any(self.users["head"].name in text for text in texts))

    def test_published_cycle_gives_the_publication(self):
        rows = self.rows(self.open_workbook(self.cycle)["排名"])
        self.assertEqual(rows[0]["最终得分"].value, 91.2)

    def test_own_result_does_not_open_the_workbook(self):
        for role in OTHERS:
            for record in (self.cycle, self.publication, self.publication.result_ids[0]):
                with self.assertRaises(AccessError):
                    record.with_user(self.users[role]).action_workbook()
            with self.assertRaises(AccessError):
                self.publication.with_user(self.users[role])._workbook()

    def test_results_lead_to_their_publication(self):
        results = self.publication.result_ids.with_user(self.users["leadership"])
        url = results[2:4].action_workbook()["url"]
        self.assertEqual(
            url, f"/it_kpi_assessment/workbook/it.kpi.publication/{self.publication.id}"
        )

    def test_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "另一市交通运输局"})
        stranger = self.new_user("division", "test_stranger")
        stranger.write({"company_ids": [Command.set(company.ids)], "company_id": company.id})
        with self.assertRaises(AccessError):
            self.publication.with_user(stranger).with_context(
                allowed_company_ids=company.ids
            )._workbook()


class TestLiveWorkbook(WorkbookCase):
    def test_preview_says_so_on_every_sheet_and_page(self):
        book = self.open_workbook(self.example_year())
        for sheet in book.worksheets:
            if sheet.title not in PLAIN:
                self.assertIn("预览，未公布", sheet["A1"].value)
                self.assertIn("不得作为考核结果", sheet["A2"].value)
            self.assertEqual(sheet.oddHeader.right.text, "未公布")
        for name in ("说明", "参数"):
            self.assertIn("预览，未公布", self.texts(book[name]))

    def test_preview_has_the_numbers_of_the_live_ranking(self):
        cycle = self.example_year()
        scores = self.scores(cycle)
        for row in self.rows(self.open_workbook(cycle, "head")["排名"]):
            score = next(
                score for score in scores.values() if score.unit_id.name == row["单位"].value
            )
            self.assertEqual(row["最终得分"].value, score.final)
            self.assertEqual(row["排名"].value, score.rank)

    def test_forms_not_filed_yet_leave_cells_empty(self):
        cycle = self.open_cycle()
        book = self.open_workbook(cycle)
        for row in self.rows(book["排名"]):
            self.assertIsNone(row["排名"].value)
            self.assertIsNone(row["最终得分"].value)
            self.assertIn("自评未上报", row["备注"].value)

    def test_text_that_looks_like_a_formula_stays_text(self):
        names = ["=1+1", "+86 交通局", "-局", "@局", "https://example.com/局", "007"]
        for unit, name in zip(self.units, names, strict=True):
            unit.name = name
        book = self.open_workbook(self.example_year())
        for sheet in (book[name] for name in TABLES):
            cells = [row["单位"] for row in self.rows(sheet)]
            shown = {cell.value for cell in cells}
            self.assertLessEqual(set(names), shown)
            self.assertEqual({cell.data_type for cell in cells}, {"s"})
            self.assertFalse([cell for cell in cells if cell.hyperlink])

    def test_indicator_that_nobody_has_is_marked_as_dropped(self):
        cycle = self.open_cycle()
        self.file_forms(cycle, {name: ("N" + own[1:], visit) if own else (own, visit)
                          for name, (own, visit) in EXAMPLE.items()})  # fmt: skip
        [own, visit] = self.rows_of(self.open_workbook(cycle)["得分明细"], "利州")
        self.assertEqual(own["领导重视程度"].value, "不计")
        self.assertTrue(own["领导重视程度"].font.italic)
        self.assertEqual(visit["领导重视程度"].value, 2)

    def test_wide_gaps_carry_a_sign(self):
        cycle = self.open_cycle()
        self.file_forms(cycle, {"利州": ("A" * 16, "C" + "A" * 15)})
        gap = self.rows_of(self.open_workbook(cycle)["对比"], "利州")[2]
        self.assertEqual(gap["领导重视程度"].value, 2)
        self.assertIn("▲", gap["领导重视程度"].number_format)
        self.assertEqual(gap["相差两等以上"].value, 1)

    def test_long_names_widen_the_column_and_raise_the_row(self):
        self.own_unit.name = "广元市" * 30
        sheet = self.open_workbook(self.example_year())["排名"]
        [row] = self.rows_of(sheet, "利州")
        self.assertAlmostEqual(sheet.column_dimensions["B"].width, 40, delta=1)
        self.assertGreater(sheet.row_dimensions[row["单位"].row].height, 60)

    def test_number_of_queries_does_not_grow_with_the_units(self):
        few = self.count_queries(self.open_cycle(self.units[:1], 2098))
        many = self.count_queries(self.example_year())
        self.assertEqual(few, many)

    def count_queries(self, cycle):
        self.env.registry.clear_all_caches()  # the first workbook of a process would fill them
        return count_queries(self.env, cycle.sudo()._workbook)

    def test_many_units_give_the_same_sheets(self):
        cycle = self.example_year()
        usual = self.open_workbook(cycle)
        with patch("odoo.addons.it_kpi_assessment.workbook.build.MANY_UNITS", 0):
            large = self.open_workbook(cycle)
        for name in TABLES:
            self.assertEqual(
                [[cell.value for cell in row] for row in usual[name].iter_rows(min_row=3)],
                [[cell.value for cell in row] for row in large[name].iter_rows(min_row=3)],
            )

    def test_rows_lead_to_their_cycles(self):
        cycle = self.example_year()
        ranking = self.env["it.kpi.ranking"].with_user(self.users["head"])
        rows = ranking.search([("cycle_id", "=", cycle.id)])
        url = f"/it_kpi_assessment/workbook/it.kpi.cycle/{cycle.id}"
        self.assertEqual(rows[:2].action_workbook()["url"], url)
        self.assertIn(str(cycle.id), ranking.action_workbook()["url"])

    def test_units_do_not_reach_the_live_ranking(self):
        cycle = self.example_year()
        for role in OTHERS:
            with self.assertRaises(AccessError):
                cycle.with_user(self.users[role])._workbook()
            with self.assertRaises(AccessError):
                self.env["it.kpi.ranking"].with_user(self.users[role]).action_workbook()

    def test_draft_cycle_has_nothing_to_export(self):
        cycle = self.env["it.kpi.cycle"].create({"year": 2097})
        with self.assertRaises(UserError):
            self.open_workbook(cycle)
        with self.assertRaises(UserError):
            cycle.with_user(self.users["division"]).action_workbook()

    def test_action_menus_offer_the_workbook(self):
        for model in ("cycle", "publication", "ranking", "result"):
            action = self.env.ref(f"it_kpi_assessment.it_kpi_{model}_action_workbook")
            self.assertEqual(action.binding_model_id.model, f"it.kpi.{model}")
        cycle = self.example_year()
        action = self.env.ref("it_kpi_assessment.it_kpi_cycle_action_workbook")
        context = {"active_model": cycle._name, "active_ids": cycle.ids, "active_id": cycle.id}
        result = action.with_user(self.users["head"]).with_context(**context).run()
        self.assertEqual(result["type"], "ir.actions.act_url")


class TestWorkbookDownload(WorkbookCase, HttpCase):
    def download(self, role, record):
        self.authenticate(f"test_{role}", f"test_{role}")
        ids = ",".join(map(str, record.ids))
        return self.url_open(f"/it_kpi_assessment/workbook/{record._name}/{ids}")

    def test_download_has_a_chinese_name(self):
        publication = self.publish(self.example_year())
        for role in READERS:
            response = self.download(role, publication)
            self.assertEqual(response.status_code, 200)
            self.assertIn(
                "2099年度信息化绩效考核排名.xlsx",
                unquote(response.headers["Content-Disposition"]),
            )
            self.assertEqual(load_workbook(BytesIO(response.content)).sheetnames, SHEETS)

    def test_preview_is_marked_in_the_name(self):
        response = self.download("head", self.example_year())
        self.assertIn("未公布", unquote(response.headers["Content-Disposition"]))

    def test_several_cycles_come_as_an_archive(self):
        cycles = self.example_year() + self.open_cycle(year=2098)
        response = self.download("division", cycles)
        names = ZipFile(BytesIO(response.content)).namelist()
        self.assertEqual(len(names), 2)
        self.assertTrue(all(name.endswith(".xlsx") for name in names))
        self.assertEqual(len({name.partition("-")[0] for name in names}), 2)

    def test_others_are_refused(self):
        cycle = self.example_year()
        publication = self.publish(cycle)
        for role in OTHERS:
            for record in (cycle, publication):
                self.assertEqual(self.download(role, record).status_code, 403)

    def test_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "另一市交通运输局"})
        publication = self.publish(self.example_year())
        stranger = self.new_user("division", "test_stranger")
        stranger.write({"company_ids": [Command.set(company.ids)], "company_id": company.id})
        self.assertEqual(self.download("stranger", publication).status_code, 403)

    def test_what_does_not_exist_is_not_found(self):
        self.authenticate("test_head", "test_head")
        for path in ("it.kpi.publication/999999999", "res.users/1", "it.kpi.cycle/x"):
            response = self.url_open(f"/it_kpi_assessment/workbook/{path}")
            self.assertEqual(response.status_code, 404, path)
