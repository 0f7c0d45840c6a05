"""The pictures on paper and in the workbook: annexes of the notice and of the letter, and 差距."""

from io import BytesIO
from unittest.mock import patch

import lxml.html
from openpyxl import load_workbook

from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.reports.pictures.radar import draw_radar

from ..helpers.printing import ReportCase

CHART = "odoo.addons.it_kpi_assessment.reports.pictures.notice_chart"
BAR = 63.6  # millimetres of a full bar


class PictureCase(ReportCase):
    def result(self, name):
        return self.publication.result_ids.filtered(lambda row: row.unit_id.short_name == name)

    def render(self, report, record, role="division"):
        reports = self.env["ir.actions.report"].with_user(self.users[role])
        html, _kind = reports._render_qweb_html(f"it_kpi_assessment.{report}", record.ids)
        return lxml.html.fromstring(html)


@tagged("post_install", "-at_install")
class TestBars(PictureCase):
    def get_rows(self):
        page = self.render("publication_report", self.publication)
        for row in page.xpath("//div[contains(@class, 'chart')]//tbody/tr"):
            widths = [float(bar.get("width")) for bar in row.xpath(".//rect")]
            yield [cell.text_content().strip() for cell in row], widths

    def test_every_unit_has_three_bars_as_long_as_its_points(self):
        rows = list(self.get_rows())
        self.assertEqual(len(rows), 6)
        for (_cells, widths), result in zip(rows, self.publication.result_ids, strict=True):
            totals = (result.assessment_total, result.survey_total, result.final)
            self.assertEqual(widths, [round(BAR * total / 100, 2) for total in totals])

    def test_the_points_stand_beside_the_bars(self):
        [*_notice, last] = self.print("publication_report", self.publication)
        self.assertTrue(last.startswith("附件2099年度信息化绩效考核得分对照图"))
        self.assertPrinted("1 利州区交通运输局 自评 93.60 实地考核 88.80 最终 91.20", [last])

    def test_the_notice_names_its_annex_before_the_signature(self):
        pages = self.print("publication_report", self.publication)
        issued = "附件：2099年度信息化绩效考核得分对照图" + self.publication.company_id.name
        self.assertPrinted(issued, pages)

    def test_of_many_units_it_shows_how_many_got_what(self):
        with patch(f"{CHART}.SHOWN_UNITS", 5):
            rows = list(self.get_rows())
            [*_notice, last] = self.print("publication_report", self.publication)
        self.assertPrinted("最终得分分布图", [last])
        cells = [cells for cells, _widths in rows]
        self.assertEqual(cells[0], ["90—94.99分", "1个"])
        self.assertEqual(cells[-1], ["0—4.99分", "1个"])
        self.assertEqual(len(rows), 19, "every range from the best to the last, empty ones too")
        counts = [int(count.removesuffix("个")) for _range, count in cells]
        self.assertEqual(sum(counts), 6)
        self.assertEqual(max(widths[0] for _cells, widths in rows), BAR)

    def test_full_points_belong_to_the_best_range(self):
        cycle = self.open_cycle(self.units[:2], 2097)
        self.file_forms(cycle, {unit.short_name: ("A" * 16, "A" * 16) for unit in self.units[:2]})
        self.publication = self.publish(cycle)
        with patch(f"{CHART}.SHOWN_UNITS", 1):
            [(cells, widths)] = self.get_rows()
        self.assertEqual((cells, widths), (["95—100分", "2个"], [BAR]))


@tagged("post_install", "-at_install")
class TestRadar(PictureCase):
    def get_polygons(self, name, role):
        page = self.render("result_report", self.result(name), role)
        return [len(svg.xpath(".//polygon[not(@stroke='#999')]")) for svg in page.xpath("//td/svg")]

    def test_means_are_drawn_for_who_reads_all_results(self):
        self.assertEqual(self.get_polygons("利州", "division"), [2, 2])
        self.assertEqual(self.get_polygons("利州", "leader"), [1, 1])
        self.assertPrinted("82.29%", self.print("result_report", self.result("利州")))
        pages = self.print("result_report", self.result("利州"), role="leader")
        self.assertPrinted("97.14%", pages)
        self.assertNotPrinted("82.29%", pages)
        self.assertNotPrinted("各单位的平均", pages[-1:])

    def test_a_form_that_was_not_filed_has_no_radar(self):
        self.assertEqual(self.get_polygons("剑阁", "division"), [2])
        [*_letter, last] = self.print("result_report", self.result("剑阁"))
        self.assertPrinted("没有得分率", [last])

    def test_a_letter_asks_for_the_means_once(self):
        """However many letters are printed together."""
        results = type(self.env["it.kpi.result"])
        with patch.object(results, "_get_mean_shares", autospec=True, return_value={}) as asked:
            self.render("result_report", self.publication.result_ids)
        self.assertEqual(asked.call_count, 1)

    def test_corners_lie_on_their_spokes(self):
        shares = [
            {"name": "信息化推进与应用", "survey": share, "mean_survey": None}
            for share in (100, 50, None, 0)
        ]
        radar = draw_radar(shares, "survey")
        self.assertEqual(radar.own, "0.0,-100.0 50.0,0.0 0.0,0.0")
        self.assertFalse(radar.mean)
        self.assertEqual(radar.labels[0].lines, ["信息化推进", "与应用"])
        anchors = [label.anchor for label in radar.labels]
        self.assertEqual(anchors, ["middle", "start", "middle", "end"])


@tagged("post_install", "-at_install")
class TestWorkbookPictures(PictureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        division = cls.publication.with_user(cls.users["division"])
        cls.book = load_workbook(BytesIO(division._workbook()), data_only=True)

    def get_rules(self, sheet):
        return {
            str(cells.sqref): rules[0]
            for cells, rules in sheet.conditional_formatting._cf_rules.items()
        }

    def test_gaps_are_differences_of_the_points(self):
        sheet = self.book["差距"]
        first = sheet.max_row - 5
        for row, result in zip(
            sheet.iter_rows(min_row=first), self.publication.result_ids, strict=True
        ):
            self.assertEqual(row[1].value, result.unit_id.name)
            if result.unfiled:
                self.assertEqual({cell.value for cell in row[3:]}, {"—"})
                continue
            own, visit = (
                result.line_ids.filtered(lambda line, kind=kind: line.kind == kind).mapped("score")
                for kind in ("assessment", "survey")
            )
            for cell, points, others in zip(row[3:], own, visit, strict=False):
                self.assertPoints(cell.value, points - others)
            self.assertPoints(row[-1].value, result.assessment_total - result.survey_total)

    def test_signs_tell_what_colours_tell(self):
        sheet = self.book["差距"]
        rows = {row[1].value: row for row in sheet.iter_rows(min_row=sheet.max_row - 5)}
        self.assertEqual(rows[self.get_unit("利州").name][6].number_format, "+0.00;-0.00;0.00")
        self.assertIn("均", rows[self.get_unit("昭化").name][6].number_format)
        self.assertIn("零", rows[self.get_unit("青川").name][12].number_format)

    def test_colours_go_to_both_sides_of_nothing(self):
        rules = self.get_rules(self.book["差距"])
        self.assertEqual(len(rules), 17, "a scale for every indicator, and one for the totals")
        [leak] = [rule for cells, rule in rules.items() if cells.startswith("M")]
        self.assertEqual([float(each.val) for each in leak.colorScale.cfvo], [-9, 0, 9])

    def test_finals_are_bars_up_to_the_full_points(self):
        [bar] = self.get_rules(self.book["排名"]).values()
        self.assertEqual([float(each.val) for each in bar.dataBar.cfvo], [0, 100])

    def test_the_chart_has_points_at_its_bars(self):
        [chart] = self.book["对照图"]._charts
        for series in chart.series:
            self.assertTrue(series.dLbls.showVal)
