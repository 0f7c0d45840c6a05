"""A new year recalls the last one beside every line, and copies nothing of it as an answer."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..helpers.last_year import FIELDS, LastYearCase
from ..helpers.queries import count_queries


@tagged("post_install", "-at_install")
class TestLastYear(LastYearCase):
    def test_the_unit_sees_last_year_beside_its_line(self):
        for role in ("reporter", "leader", "division"):
            with self.subTest(role=role):
                line = self.line(role)
                self.assertEqual(line.last_year, 2099)
                self.assertEqual((line.last_own_mark, line.last_mark), ("A", "B"))
                self.assertEqual(line.last_explanation, "计划按月推进")
                self.assertEqual(line.last_remark, "台账不全")
                self.assertEqual(line.last_year_note, "self A, on site B")
                self.assertEqual(line.last_grade_id.code, "A")

    def test_what_nobody_wrote_is_empty(self):
        line = self.line(index=5)
        self.assertIs(line.last_remark, False)
        self.assertIs(line.open_rectification, False)
        self.assertIs(line.rectification_progress, False)

    def test_whoever_grades_the_unit_sees_it_as_well(self):
        line = self.line("assessor", kind="survey")
        self.assertEqual((line.last_own_mark, line.last_mark), ("A", "B"))
        self.assertEqual((line.last_explanation, line.last_remark), ("计划按月推进", "台账不全"))
        self.assertFalse(line.env["it.kpi.result.line"].search([]), "only there")

    def test_nothing_is_copied_as_an_answer(self):
        empty = {
            "grade_id": False, "not_applicable": False, "remark": False,
            "attachment_ids": [], "score": 0,
        }  # fmt: skip
        for kind in ("assessment", "survey"):
            lines = self.cycle[f"{kind}_ids"].line_ids
            asked = [*empty, "explanation"] if kind == "assessment" else list(empty)
            lines.read(FIELDS)
            for values in lines.read(asked, load=None):
                values.pop("id")
                self.assertEqual(values, {name: empty.get(name, False) for name in asked})

    def test_not_applicable_and_not_filed(self):
        self.assertEqual(self.line("division", name="昭化").last_own_mark, "N/A")
        line = self.line("division", name="剑阁")
        self.assertFalse(line.last_own_mark or line.last_explanation)
        self.assertEqual(line.last_mark, "C")
        self.assertEqual(line.last_year_note, "self –, on site C")
        self.assertEqual(line.last_grade_id.code, "C", "for want of an own one")

    def test_what_was_never_filed_is_not_told(self):
        draft = self.get_form(self.last, "剑阁").line_ids[3]
        draft.write({"explanation": "草稿", "grade_id": self.last.rubric_id.grade_ids[0].id})
        self.assertFalse(self.line("division", name="剑阁").last_explanation)

    def test_marks_are_those_of_the_current_publication(self):
        revision = self.revise()
        self.assertEqual(self.line().last_mark, "B", "still the published one")
        self.assertFalse(self.line().last_remark, "what is being revised is not published")
        self.last.write({"state": "published", "publication_id": revision.id})
        self.assertEqual((self.line().last_mark, self.line().last_remark), ("D", "改了"))

    def test_a_skipped_year_takes_no_memory_away(self):
        later = self.open_cycle(year=2102)
        line = self.line(cycle=later)
        self.assertEqual((line.last_year, line.last_mark), (2099, "B"))

    def test_the_latest_published_year_counts(self):
        self.file_forms(self.cycle, {name: ("C" * 16, "D" * 16) for name in self.units_short()})
        self.publish(self.cycle)
        line = self.line(cycle=self.open_cycle(year=2101))
        self.assertEqual((line.last_year, line.last_year_note), (2100, "self C, on site D"))
        self.assertEqual(self.line().last_year, 2099, "a year recalls the one before it")

    def units_short(self):
        return self.units.mapped("short_name")

    def test_the_first_year_recalls_nothing(self):
        line = self.line(cycle=self.last)
        self.assertFalse(any(line.read(FIELDS)[0][name] for name in FIELDS))

    def test_a_changed_rubric_recalls_by_its_mapping(self):
        rubric = self.rubric.copy({"version": "2101"})
        former = self.rubric.indicator_ids
        merged, swapped, new = rubric.indicator_ids[:3]
        merged.predecessor_ids = former[3] | former[4]
        swapped.write({"code": "B2", "predecessor_ids": former[3].ids})
        new.predecessor_ids = False
        rubric.state = "effective"
        self.get_form(self.last, "利州").line_ids[4].explanation = "逐月上报"
        later = self.env["it.kpi.cycle"].create(
            {
                "year": 2101,
                "source_rubric_id": rubric.id,
                "unit_ids": [Command.set(self.units.ids)],
            }
        )
        later.with_user(self.users["division"]).action_open(accepted=True)
        line = self.line(index=0, cycle=later)
        self.assertEqual(line.last_year_note, "self A + B, on site B + B")
        self.assertFalse(line.last_grade_id, "they differ")
        first, second = (row.form_label for row in former[3:5])
        self.assertEqual(line.last_explanation, f"{first}: 计划按月推进\n{second}: 逐月上报")
        self.assertEqual(self.line(index=1, cycle=later).last_year_note, "self A, on site B")
        self.assertFalse(self.line(index=2, cycle=later).last_year)

    def test_the_number_of_queries_does_not_grow_with_lines_and_forms(self):
        for kind in ("assessment", "survey"):
            forms = self.cycle[f"{kind}_ids"]
            one, sheet, many = forms[0].line_ids[0], forms[0].line_ids, forms.line_ids
            for lines in (one, sheet, many):  # fills the caches that all requests share
                self.count_queries(lines)
            self.assertEqual(self.count_queries(many), self.count_queries(one), kind)
            self.assertEqual(self.count_queries(sheet), self.count_queries(one), kind)

    def test_a_check_asks_for_last_years_grades_all_at_once(self):
        for kind in ("assessment", "survey"):
            lines = self.line(kind=kind, role="division").form_id.line_ids
            self.assertTrue(next(iter(lines)).last_grade_id)
            with self.assertQueryCount(0):
                self.assertEqual(len(lines.mapped("last_grade_id")), 2)

    def count_queries(self, lines):
        fresh = self.as_role("division", self.env[lines._name].browse(lines.ids))
        return count_queries(self.env, lambda: fresh.read(FIELDS))


@tagged("post_install", "-at_install")
class TestOpenRectification(LastYearCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        orders = cls.env["it.kpi.rectification"]._draw_up(
            cls.last.publication_id._get_results_without_order()
        )
        cls.order = orders.filtered(lambda order: order.unit_id.short_name == "剑阁")
        cls.weak = cls.order.weakness_ids[0]
        cls.order.write({"plan_until": "2100-02-10", "report_until": "2100-11-30"})
        cls.order.measure_ids = [
            Command.create(
                {
                    "name": name,
                    "owner": "王芸",
                    "due_date": "2100-09-30",
                    "weakness_ids": cls.weak.ids,
                }
            )
            for name in ("补台账", "补演练")
        ]
        cls.order.measure_ids[0].write({"done": True, "done_on": "2026-01-05"})
        cls.order.state = "planned"
        cls.get_unit("剑阁").reporter_ids = cls.users["reporter"]
        codes = cls.cycle.rubric_id.indicator_ids.mapped("code")
        cls.index = codes.index(cls.weak.indicator_id.code)

    def weak_line(self, role="reporter", kind="assessment", index=None):
        return self.line(role, self.index if index is None else index, "剑阁", kind)

    def test_open_measures_stand_beside_the_lines_they_are_about(self):
        line = self.weak_line()
        self.assertEqual(line.rectification_progress, "1 / 2")
        self.assertIn(self.order.letter_number, line.open_rectification)
        self.assertRegex(line.open_rectification, "✓ 补台账.*王芸.*01/05/2026")
        self.assertRegex(line.open_rectification, "○ 补演练.*王芸.*09/30/2100")
        self.assertIn("Rectified 1 / 2", line.last_year_note)
        strong = next(
            index
            for index, indicator in enumerate(self.cycle.rubric_id.indicator_ids)
            if indicator.code not in self.order.weakness_ids.indicator_id.mapped("code")
        )
        self.assertFalse(self.weak_line(index=strong).open_rectification)

    def test_whoever_grades_the_unit_sees_them_as_well(self):
        line = self.weak_line("assessor", "survey")
        self.assertIn("补演练", line.open_rectification)
        self.assertFalse(line.env["it.kpi.rectification"].search([]), "only there")

    def test_measures_are_told_once_they_are_signed(self):
        self.order.state = "issued"
        line = self.weak_line("assessor", "survey")
        self.assertIn("02/10/2100", line.open_rectification)
        self.assertNotIn("补", line.open_rectification)
        self.assertEqual(line.rectification_progress, "0 / 0")

    def test_who_pretends_to_fill_or_grade_learns_nothing(self):
        member = self.users["head"]
        self.get_unit("剑阁").member_ids += member
        for kind in ("assessment", "survey"):
            hidden = self.get_form(self.cycle, "剑阁", kind).line_ids[self.index]
            self.assertTrue(hidden.open_rectification)
            hidden = hidden.with_user(member)
            borrowed = hidden.browse().new({}, origin=hidden)
            self.assertFalse(borrowed.open_rectification or borrowed.rectification_progress)

    def test_neither_prepared_nor_closed_orders_are_open(self):
        for state in ("draft", "closed"):
            self.env.cr.execute(
                "UPDATE it_kpi_rectification SET state = %s WHERE id = %s",
                [state, self.order.id],
            )
            line = self.weak_line()
            self.assertFalse(line.open_rectification or line.rectification_progress, state)

    def test_an_order_of_the_same_year_is_not_of_a_year_before(self):
        line = self.line("reporter", self.index, "剑阁", cycle=self.last)
        self.assertFalse(line.open_rectification)


@tagged("post_install", "-at_install")
class TestLastYearRights(LastYearCase):
    """Another unit's last year stays hidden: 昭化 is neither the reporter's nor assigned."""

    def assertHidden(self, line):
        for name in FIELDS:
            self.assertFalse(line[name], name)

    def test_lines_of_others_stay_closed(self):
        for role, kind in (
            ("reporter", "assessment"),
            ("reporter", "survey"),
            ("assessor", "assessment"),
            ("assessor", "survey"),
        ):
            with self.subTest(role=role, kind=kind), self.assertRaises(AccessError):
                self.line(role, name="昭化", kind=kind).read(FIELDS)

    def test_who_pretends_to_fill_or_grade_learns_nothing(self):
        for kind in ("assessment", "survey"):
            hidden = self.get_form(self.cycle, "昭化", kind).line_ids[3]
            vals = {"form_id": hidden.form_id.id, "indicator_id": hidden.indicator_id.id}
            for role in ("reporter", "assessor"):
                with self.subTest(role=role, kind=kind):
                    model = self.as_role(role, hidden.browse())
                    self.assertHidden(model.new(vals))
                    self.assertHidden(model.new({}, origin=self.as_role(role, hidden)))
                    own = self.line(role, kind="assessment" if role == "reporter" else "survey")
                    if own._name == hidden._name:
                        moved = own.new(vals, origin=own)
                        self.assertNotEqual(moved.last_own_mark, "N/A", "that of 昭化")

    def test_the_head_of_a_unit_does_not_read_its_survey_before_publication(self):
        self.own_unit.member_ids += self.users["head"]
        with self.assertRaises(AccessError):
            self.line("head", kind="survey").read(FIELDS)
