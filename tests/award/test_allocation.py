"""资金分配建议 on a published result: settings, amounts, approval, revision, papers (spec, 7)."""

from base64 import b64encode
from io import BytesIO

import lxml.html
from openpyxl import Workbook, load_workbook

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..helpers.common import BureauCase
from ..helpers.printing import squeeze

# Finals of the worked example: 利州 91.20, 昭化 81.85, 朝天 73.48, 青川 68.00, 剑阁 36.40, 旺苍 0.
BANDS = (("优秀", 80), ("良好", 60), ("不合格", 0))
COEFFICIENTS = {"优秀": 1.2, "良好": 1, "不合格": 0}


class AllocationCase(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        bands = [Command.create({"name": name, "threshold": least}) for name, least in BANDS]
        cls.rubric.sudo().write({"band_ids": bands, "proposes_funds": True})
        cls.cycle = cls.example_year()
        cls.publication = cls.publish(cls.cycle)

    def draw_up(self, publication=None, **settings):
        publication = publication or self.publication
        self.as_role("division", publication).action_propose_funds()
        allocation = publication.allocation_ids.with_user(self.users["division"])
        allocation.write({"total": 500_000, **settings})
        return allocation

    def amounts(self, allocation):
        return {line.result_id.unit_id.short_name: line.amount for line in allocation.line_ids}

    def line(self, allocation, short_name):
        return allocation.line_ids.filtered(lambda line: line.unit_id.short_name == short_name)

    def propose(self, allocation):
        allocation.action_propose()
        return allocation.with_user(self.users["leadership"])


@tagged("post_install", "-at_install")
class TestAllocation(AllocationCase):
    def test_in_proportion_to_the_final(self):
        allocation = self.draw_up()
        # 500 000 by 91.20 + 81.85 + 73.48 + 68.00 + 36.40 = 350.93
        expected = {
            **{"利州": 129_941, "昭化": 116_619, "朝天": 104_693},
            **{"青川": 96_885, "剑阁": 51_862, "旺苍": 0},
        }
        self.assertEqual(self.amounts(allocation), expected)
        self.assertEqual(sum(allocation.line_ids.mapped("amount")), 500_000)
        self.assertEqual(
            self.line(allocation, "旺苍").explanation,
            "Nothing: an incident of the year made the final 0.",
        )
        self.assertIn("Base 100000 × final 91.20", self.line(allocation, "利州").explanation)

    def test_by_the_coefficient_of_the_grade(self):
        allocation = self.draw_up(method="grade")
        for row in allocation.coefficient_ids:
            row.coefficient = COEFFICIENTS[row.name]
        # 1.2 + 1.2 + 1 + 1 = 4.4
        expected = {
            **{"利州": 136_364, "昭化": 136_364, "朝天": 113_636},
            **{"青川": 113_636, "剑阁": 0, "旺苍": 0},
        }
        self.assertEqual(self.amounts(allocation), expected)
        self.assertIn("coefficient 1.2 (优秀)", self.line(allocation, "利州").explanation)

    def test_by_the_excess_over_a_gate(self):
        allocation = self.draw_up(method="gate", gate=60)
        amounts = self.amounts(allocation)
        self.assertEqual((amounts["剑阁"], amounts["旺苍"]), (0, 0))
        self.assertEqual(sum(amounts.values()), 500_000)
        self.assertIn(
            "excess 31.2 (final 91.20, gate 60)", self.line(allocation, "利州").explanation
        )

    def test_bases_that_are_entered(self):
        allocation = self.draw_up(base_kind="entered")
        self.assertEqual(
            allocation.problem,
            "No unit gets anything by these settings: change gate, bases or method.",
        )
        allocation.line_ids.write({"base": 100})
        self.line(allocation, "利州").base = 200
        amounts = self.amounts(allocation)
        self.assertEqual(sum(amounts.values()), 500_000)
        self.assertGreater(amounts["利州"], 2 * amounts["昭化"])

    def make_workbook(self, *rows, heads=("序号", "单位", "基数（元）")):
        book = Workbook()
        for row in (("2098年度资金",), *([heads] if heads else []), *rows):
            book.active.append(row)
        stream = BytesIO()
        book.save(stream)
        return b64encode(stream.getvalue()).decode()

    def test_bases_from_a_workbook(self):
        allocation = self.draw_up()
        names = [self.get_unit(name).name for name in ("利州", "昭化")]
        rows = [(1, names[0], 300_000), (2, names[1], "20,000"), (None, "合计", 320_000)]
        allocation.action_import_bases(self.make_workbook(*rows))
        self.assertEqual(allocation.base_kind, "entered")
        self.assertEqual(self.line(allocation, "利州").base, 300_000)
        self.assertEqual(self.line(allocation, "昭化").base, 20_000)
        self.assertEqual(self.line(allocation, "朝天").base, 0, "it keeps its base")

    def test_a_wrong_workbook_changes_nothing_and_names_the_cells(self):
        allocation = self.draw_up()
        name = self.get_unit("利州").name
        rows = [(1, name, 5), (2, name, 5), (3, "某单位", 5), (4, self.get_unit("昭化").name, 1.5)]
        with self.assertRaises(UserError) as caught:
            allocation.action_import_bases(self.make_workbook(*rows))
        for words in ("B4: The unit stands", "B5: “某单位” has no rank", "C6: “1.5” is no number"):
            self.assertIn(words, str(caught.exception))
        self.assertFalse(any(allocation.line_ids.mapped("base")))
        for file in (False, "eA==", b64encode(b"no workbook").decode()):
            with self.assertRaises(UserError):
                allocation.action_import_bases(file)

    def test_every_row_that_says_something_is_read_or_named(self):
        allocation = self.draw_up()
        name, other = (self.get_unit(each).name for each in ("利州", "昭化"))
        for rows, words in (
            ([(1, None, 5)], "B3: There is an amount, but no unit."),
            ([(1, " ", 5)], "B3: There is an amount, but no unit."),
            ([(1, name, None)], "C3: There is a unit, but no amount."),
            ([(1, name)], "C3: There is a unit, but no amount."),
            ([(1, name, 5), (None, None, None), (2, None, 7)], "B5: There is an amount"),
            ([(1, name, 5), (2, other, "5万")], "C4: “5万” is no number"),
            ([(1, name, -5)], "C3: “-5” is no number"),
            ([(1, name, 5)] * 60, "And 9 more."),
        ):
            with self.subTest(rows=rows[:3], words=words), self.assertRaises(UserError) as caught:
                allocation.action_import_bases(self.make_workbook(*rows))
            self.assertIn(words, str(caught.exception))
        self.assertFalse(any(allocation.line_ids.mapped("base")))
        allocation.action_import_bases(self.make_workbook(("合 计", None, 9), (1, name, 5)))
        self.assertEqual(self.line(allocation, "利州").base, 5)

    def test_columns_that_can_be_misread_are_refused(self):
        allocation = self.draw_up()
        name = self.get_unit("利州").name
        for heads, words in (
            (("单位", "基数（万元）"), "not in 万元"),
            (("单位", "基数（去年）", "基数（今年）"), "several columns 基数"),
            (("单位编号", "基数"), "no columns 单位 and 基数"),
        ):
            with self.assertRaisesRegex(UserError, words):
                allocation.action_import_bases(self.make_workbook(heads, (name, 5), heads=()))
        rows = [("单位：元", None), ("单位名称", "基数"), (name, 5)]
        allocation.action_import_bases(self.make_workbook(*rows, heads=()))
        self.assertEqual(self.line(allocation, "利州").base, 5)

    def test_bases_are_uploaded_by_the_division_in_preparation_only(self):
        allocation = self.draw_up()
        leadership = self.propose(allocation)
        for person in (allocation, leadership):
            with self.assertRaises(UserError):
                person.action_import_bases(self.make_workbook())

    def test_floor_and_ceiling(self):
        allocation = self.draw_up(floor_percent=80, ceiling_percent=110)
        for line in allocation.line_ids - self.line(allocation, "旺苍"):
            self.assertTrue(80_000 <= line.amount <= 110_000, line.unit_name)
        self.assertEqual(sum(allocation.line_ids.mapped("amount")), 500_000)
        self.assertIn("raised to the floor of 80%", self.line(allocation, "剑阁").explanation)
        self.assertIn("cut at the ceiling of 110%", self.line(allocation, "利州").explanation)

    def test_bounds_that_cannot_be_kept_are_named(self):
        allocation = self.draw_up(floor_percent=101)
        self.assertIn("adds up to 505000 yuan, more than the pool", allocation.problem)
        with self.assertRaisesRegex(UserError, "more than the pool"):
            allocation.action_propose()
        self.assertFalse(any(allocation.line_ids.mapped("amount")))

    def test_units_are_left_out_by_setting(self):
        allocation = self.draw_up(without_vetoed=False, without_unfiled=True)
        self.assertEqual(self.amounts(allocation)["剑阁"], 0)
        self.assertIn("not filed", self.line(allocation, "剑阁").explanation)
        self.assertIn("it earns no share", self.line(allocation, "旺苍").explanation)
        allocation.floor_percent = 10
        self.assertEqual(self.amounts(allocation)["旺苍"], 10_000)

    def test_the_rubric_decides_whether_funds_are_proposed(self):
        self.publication.rubric_id.flush_recordset()
        self.env.cr.execute(
            "UPDATE it_kpi_rubric SET proposes_funds = FALSE WHERE id = %s",
            [self.publication.rubric_id.id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "no such proposals"):
            self.as_role("division", self.publication).action_propose_funds()

    def test_only_a_published_result_is_shared_upon(self):
        cycle = self.open_cycle(year=2100)
        self.file_forms(cycle, {unit.short_name: ("A" * 16, "A" * 16) for unit in self.units})
        division = cycle.with_user(self.users["division"])
        cycle.rubric_id.sudo().notice_days = 5
        division.action_start_review()
        self.approve(cycle)
        division.action_propose()
        with self.assertRaisesRegex(UserError, "not published yet"):
            self.as_role("division", cycle.proposal_id).action_propose_funds()

    def test_there_is_one_for_each_publication(self):
        allocation = self.draw_up()
        action = self.as_role("division", self.publication).action_propose_funds()
        self.assertEqual(action["res_id"], allocation.id)


@tagged("post_install", "-at_install")
class TestAllocationApproval(AllocationCase):
    def test_the_leadership_approves(self):
        allocation = self.draw_up()
        leadership = allocation.with_user(self.users["leadership"])
        with self.assertRaises(AccessError):
            leadership.read(["total"])
        self.propose(allocation)
        with self.assertRaises(AccessError):
            allocation.action_approve()
        with self.assertRaises(UserError):
            allocation.total = 1
        leadership.action_approve()
        self.assertEqual(
            (allocation.state, allocation.approved_by_name),
            ("approved", self.users["leadership"].name),
        )

    def test_it_is_sent_back_with_a_reason(self):
        allocation = self.draw_up()
        self.propose(allocation).action_send_back("基数有误")
        self.assertEqual((allocation.state, allocation.return_reason), ("draft", "基数有误"))
        allocation.total = 400_000
        self.propose(allocation).action_approve()
        allocation.with_user(self.users["leadership"]).action_send_back("重新核定")
        self.assertFalse(allocation.approved_by_id)

    def test_without_a_pool_nothing_is_proposed(self):
        with self.assertRaisesRegex(UserError, "how many yuan"):
            self.draw_up(total=0).action_propose()

    def test_a_revision_makes_it_void_and_says_what_moved(self):
        allocation = self.draw_up(base_kind="entered")
        allocation.line_ids.write({"base": 7})
        self.propose(allocation).action_approve()
        before = self.amounts(allocation)
        self.revise("昭化")
        self.assertEqual(allocation.state, "void")
        self.assertIn(self.get_unit("昭化").name, allocation.message_ids[:1].body)
        with self.assertRaises(UserError):
            allocation.with_user(self.users["leadership"]).action_send_back("再议")
        new = self.draw_up(self.cycle.publication_id)
        self.assertEqual((new.former_id, new.base_kind), (allocation, "entered"))
        self.assertEqual(set(new.line_ids.mapped("base")), {7})
        for name, amount in self.amounts(new).items():
            line = self.line(new, name)
            self.assertEqual(line.former_amount, before[name])
            self.assertEqual(line.difference, amount - before[name])
        self.assertLess(self.line(new, "昭化").difference, 0)

    def revise(self, short_name):
        division = self.cycle.with_user(self.users["division"])
        division.action_revise("申诉成立")
        line = self.get_form(self.cycle, short_name, "survey").line_ids[8]
        line.sudo().grade_id = line.rubric_id.grade_ids[3]
        self.approve(self.cycle)
        division.action_publish()


@tagged("post_install", "-at_install")
class TestAllocationPapers(AllocationCase):
    def render(self, allocation):
        action = self.env.ref("it_kpi_assessment.allocation_report")
        html, _kind = action._render_qweb_html(action.report_name, allocation.ids)
        return squeeze(lxml.html.fromstring(html).text_content())

    def test_the_table(self):
        allocation = self.draw_up(method="gate", gate=60, floor_percent=10)
        text = self.render(allocation)
        self.assertIn("2099年度信息化资金分配建议表", text)
        self.assertIn("状态:拟定中", text)
        self.assertIn("基数乘以最终得分超出60分的部分", text)
        self.assertIn("各单位所得不低于基数的10%。", text)
        self.assertIn("合计500000", text)

    def test_the_sheet_of_the_workbook_once_it_is_approved(self):
        allocation = self.draw_up()
        division = self.as_role("division", self.publication)
        self.assertNotIn("资金分配建议", load_workbook(BytesIO(division._workbook())).sheetnames)
        self.propose(allocation).action_approve()
        sheet = load_workbook(BytesIO(division._workbook()))["资金分配建议"]
        rows = list(sheet.iter_rows(values_only=True))
        head = next(row for row in rows if row[0] == "名次")
        place = head.index("建议金额\n（元）")
        amounts = [row[place] for row in rows[rows.index(head) + 1 :]]
        self.assertEqual(amounts[:-1], allocation.line_ids.mapped("amount"))
        self.assertEqual(amounts[-1], 500_000)
