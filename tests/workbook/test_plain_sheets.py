"""The plain sheets 数据 and 参数 (section 9): a year is worked out again from them alone."""

from decimal import Decimal
from io import BytesIO
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.tests import tagged

from ..helpers.common import EXAMPLE, BureauCase
from ..helpers.reference_scorer import Unit, Year

KINDS = {"自评": "assessment", "实地考核": "survey"}
DROPPED = {"assessment": 1, "survey": 2}  # the row that no unit has, on each form (R3)


def drop(marks, row):
    return marks and marks[:row] + "N" + marks[row + 1 :]


MARKS = {
    unit: (drop(own, DROPPED["assessment"]), drop(visit, DROPPED["survey"]))
    for unit, (own, visit) in EXAMPLE.items()
}


class Recomputed:
    """A year as the two plain sheets tell it, and what the independent scorer makes of it."""

    def __init__(self, book):
        self.rows = self.read(book["数据"])
        self.parameters = self.read(book["参数"])
        self.codes = [row["编号"] for row in self.get("指标分值")]
        ratios = {row["编号"]: row["值"] for row in self.get("等次比例")}
        [last_count] = [row["值"] for row in self.get("设置") if row["名称"] == "最后名数"]
        self.year = Year(
            [row["值"] for row in self.get("指标分值")], ratios, self.get_units(), last_count
        )

    def read(self, sheet):
        heads, *rows = sheet.iter_rows(values_only=True)
        return [dict(zip(heads, row, strict=True)) for row in rows]

    def get(self, kind):
        return [row for row in self.parameters if row["类别"] == kind]

    def get_units(self):
        effects = {row["名称"]: (row["值"], row["编号"]) for row in self.get("事件后果")}
        forms = {row["单位编号"]: {"assessment": "", "survey": ""} for row in self.rows}
        for row in self.rows:
            kind = KINDS[row["考核方式"]]
            if row["来源"] == "未报":
                forms[row["单位编号"]][kind] = None
            else:
                forms[row["单位编号"]][kind] += row["等次"].replace("无此项", "N")
        incidents = {unit: [] for unit in forms}
        for row in self.get("事件"):
            if row["状态"] == "有效":
                incidents[row["编号"]].append(effects[row["值"]])
        return {
            unit: Unit(
                *marks.values(),
                vetoed=any(effect == "最终得分为0" for effect, _code in incidents[unit]),
                zeroed=frozenset(
                    self.codes.index(code) for _effect, code in incidents[unit] if code
                ),
            )
            for unit, marks in forms.items()
        }


@tagged("post_install", "-at_install")
class TestPlainSheets(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.file_forms(cls.cycle, MARKS)
        cls.record_incident("旺苍", "network_security")
        cls.record_incident("青川", "leak")
        cls.record_incident("利州", "leak").write({"state": "lifted", "lift_decision": "撤〔1〕号"})
        cls.get_unit("昭化").name = "=1+1"
        cls.publication = cls.publish(cls.cycle)

    def open_workbook(self, record=None):
        content = (record or self.publication).with_user(self.users["division"])._workbook()
        return load_workbook(BytesIO(content), data_only=True)

    def check_year(self, record, scores):
        recomputed = Recomputed(self.open_workbook(record))
        expected = recomputed.year.scores()
        self.assertEqual(set(expected), set(scores.unit_id.ids))
        for score in scores:
            reference = expected[score.unit_id.id]
            for name in ("assessment_total", "survey_total", "before_veto", "final"):
                self.assertPoints(score[name], getattr(reference, name))
            self.assertEqual((score.rank, score.is_last), (reference.rank, reference.is_last))
        return recomputed

    def test_the_published_year_is_worked_out_again(self):
        """With means, a drop-out on each form, a leak, a lifted one, a veto and 未报."""
        results = self.publication.result_ids
        recomputed = self.check_year(self.publication, results)
        self.assertEqual(len(recomputed.rows), 6 * 2 * 16)
        self.check_lines(recomputed)

    def check_lines(self, recomputed):
        """Points of a line, sums and counts of its mean, and the 0 of a leak."""
        year = recomputed.year
        for row in recomputed.rows:
            if row["来源"] == "未报":
                self.assertEqual((row["等次"], row["得分"]), (None, None))
                continue
            unit, kind = year.units[row["单位编号"]], KINDS[row["考核方式"]]
            place = recomputed.codes.index(row["指标编号"])
            own, mean = year.own_score(unit, kind, place), year.mean(kind, place)
            points = mean if own is None else own
            origin = "等次" if own is not None else "不计" if mean is None else "平均"
            zeroed = place in unit.zeroed
            self.assertEqual(row["来源"], "计零" if zeroed else origin)
            self.assertEqual(row["计零"], "是" if zeroed else "否")
            self.assertEqual(row["得分"], None if points is None else float(points))
            if origin == "平均" and not zeroed:
                exact = Decimal(str(row["平均分合计"])) / row["平均分单位数"]
                self.assertPoints(exact.quantize(Decimal("0.01"), "ROUND_HALF_UP"), float(mean))

    def test_a_preview_is_worked_out_likewise(self):
        cycle = self.open_cycle(year=2098)
        self.file_forms(cycle, EXAMPLE)
        self.env.invalidate_all()
        self.check_year(cycle, self.env["it.kpi.ranking"].search([("cycle_id", "=", cycle.id)]))

    def test_sheets_are_plain(self):
        book = self.open_workbook()
        for name in ("数据", "参数"):
            self.assertFalse(book[name].merged_cells.ranges)
            self.assertTrue(all(cell.value for cell in book[name][1]))
        names = {row["单位"] for row in Recomputed(book).rows}
        self.assertIn("=1+1", names)
        types = {cell.data_type for row in book["数据"].iter_rows() for cell in row}
        self.assertLessEqual(types, {"s", "n", "inlineStr"})

    def test_parameters_name_edition_and_incidents(self):
        rows = Recomputed(self.open_workbook()).parameters
        values = {row["名称"]: row["值"] for row in rows if row["类别"] == "版本"}
        self.assertEqual(values["公布编号"], self.publication.id)
        self.assertEqual((values["版次"], values["结果状态"]), (1, "已公布"))
        self.assertEqual(values["细则版本"], self.rubric.version)
        incidents = [row for row in rows if row["类别"] == "事件"]
        self.assertEqual(
            sorted((row["值"], row["日期"], row["文号"], row["状态"]) for row in incidents),
            sorted(
                (kind, "2099-06-01", "通报〔2099〕1号", state)
                for kind, state in (
                    ("网络安全事件", "有效"),
                    ("失泄密事件", "有效"),
                    ("失泄密事件", "已撤销"),
                )
            ),
        )

    def test_rows_beyond_the_end_of_a_sheet_go_to_the_next(self):
        """Spreadsheet programs end at 1,048,576 rows: a country has more."""
        with patch("odoo.addons.it_kpi_assessment.workbook.data.A_SHEET", 100):
            book = self.open_workbook()
        self.assertEqual([name for name in book.sheetnames if "数据" in name], ["数据", "数据2"])
        self.assertEqual(book["数据"].max_row - 1 + book["数据2"].max_row - 1, 6 * 2 * 16)
        self.assertEqual(book["数据2"]["A1"].value, "单位编号")
