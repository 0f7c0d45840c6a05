"""A self-assessment that was filled offline (section 6): what its upload changes, cell by cell."""

from base64 import b64encode
from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import Form

from ..helpers.offline import FIRST_ROW, MEASURED, SHEET, OfflineCase

NOTHING = {}


class TestOfflineUpload(OfflineCase):
    def test_a_file_that_nobody_touched_changes_nothing(self):
        self.lines[2].write({"remark": "=1+1", "explanation": " 一\r\n二 "})
        self.lines[MEASURED].measured_value = 91.5
        wizard = self.check(self.download())
        self.assertEqual(self.shown(wizard), NOTHING)
        self.assertRefused("nothing to take over", wizard.action_take_over)

    def test_every_kind_of_change(self):
        book = self.put(self.download(), 0, mark="B", remark="见附件", explanation="全年12次")
        self.put(book, 1, mark="无此项")
        self.put(book, 14, mark="A")
        self.put(book, 2, mark=None, explanation=None)
        self.put(book, MEASURED, measured_value="91.5")
        wizard = self.check(book)
        self.assertEqual(
            self.shown(wizard),
            {
                (0, "mark"): ("A", "B"),
                (0, "remark"): ("", "见附件"),
                (0, "explanation"): ("如实说明", "全年12次"),
                (1, "mark"): ("B", "无此项"),
                (14, "mark"): ("无此项", "A"),
                (2, "mark"): ("A", ""),
                (2, "explanation"): ("如实说明", ""),
                (MEASURED, "measured_value"): ("", "91.5"),
            },
        )
        self.assertEqual(self.lines[0].grade_id.code, "A", "a preview changes nothing")
        wizard.action_take_over()
        marks = [line.grade_id.code or line.not_applicable for line in self.lines]
        self.assertEqual(marks[:3], ["B", True, False])
        self.assertEqual(marks[14], "A")
        self.assertEqual(self.lines[0].explanation, "全年12次")
        self.assertEqual(self.lines[0].remark, "见附件")
        self.assertFalse(self.lines[2].explanation)
        self.assertEqual(self.lines[MEASURED].measured_value, 91.5)

    def test_what_was_taken_over_stands_in_the_log(self):
        wizard = self.check(self.put(self.download(), 0, mark="B", remark="备"))
        wizard.action_take_over()
        entry = self.assessment.message_ids[0]
        self.assertEqual(entry.author_id, self.users["reporter"].partner_id)
        self.assertRegex(entry.body, "offline: 1. File “自评表.xlsx”, SHA-256 [0-9a-f]{64}")
        self.assertFalse(wizard.file)

    def test_taken_over_once_there_is_nothing_left(self):
        book = self.put(self.download(), 0, mark="B")
        self.check(book).action_take_over()
        self.assertEqual(self.shown(self.check(book)), NOTHING)

    def test_single_changes_can_be_left_out(self):
        wizard = self.check(self.put(self.download(), 0, mark="B", remark="备"))
        wizard.change_ids.filtered(lambda change: change.name == "mark").is_taken = False
        wizard.action_take_over()
        self.assertEqual(self.lines[0].grade_id.code, "A")
        self.assertEqual(self.lines[0].remark, "备")

    def test_what_can_be_meant_in_one_way_only_is_understood(self):
        for typed, mark in (
            ("b", "B"),
            ("Ｂ", "B"),
            (" B ", "B"),
            ("√B", "B"),
            ("无 此项", "无此项"),
            ("无", "无此项"),
        ):
            with self.subTest(typed):
                wizard = self.check(self.put(self.download(), 0, mark=typed))
                self.assertEqual(self.shown(wizard), {(0, "mark"): ("A", mark)})
        for typed, value in (
            ("91.50", "91.5"),
            (91.5, "91.5"),
            ("９１.5％", "91.5"),
            (100, "100"),
            ("-0", "0"),
            ("0.955%", "0.95"),
        ):
            with self.subTest(typed):
                wizard = self.check(self.put(self.download(), MEASURED, measured_value=typed))
                self.assertEqual(self.shown(wizard), {(MEASURED, "measured_value"): ("", value)})

    def test_what_the_program_made_of_it_is_read_back(self):
        """Programs turn what is typed into percentages, numbers and dates."""
        book = self.put(self.download(), MEASURED, measured_value=0.915)
        self.cell(book, MEASURED, "measured_value").number_format = "0.0%"
        self.put(book, 0, remark=2026, explanation=date(2026, 3, 5))
        self.put(book, 1, remark="一_x000D_\r\n二", explanation=" 说明 ")
        self.put(book, 2, remark=datetime(2026, 11, 5, 12), explanation=datetime(2026, 11, 5))
        self.assertEqual(
            self.shown(self.check(book)),
            {
                (MEASURED, "measured_value"): ("", "91.5"),
                (0, "remark"): ("", "2026"),
                (0, "explanation"): ("如实说明", "2026-03-05"),
                (1, "remark"): ("", "一\n二"),
                (1, "explanation"): ("如实说明", "说明"),
                (2, "remark"): ("", "2026-11-05 12:00"),
                (2, "explanation"): ("如实说明", "2026-11-05"),
            },
        )

    def test_text_that_looks_like_a_formula_stays_text(self):
        book = self.put(self.download(), 0, remark="+86", explanation="@某人")
        cell = self.cell(book, 1, "remark")
        cell.value = "=HYPERLINK(1)"
        cell.data_type = "s"
        self.check(book).action_take_over()
        self.assertEqual(self.lines[1].remark, "=HYPERLINK(1)")
        self.assertEqual(self.cell(self.download(), 1, "remark").data_type, "s")


class TestOfflineDialog(OfflineCase):
    def open_dialog(self, book):
        model = self.env["it.kpi.offline.wizard"].with_user(self.users["reporter"])
        dialog = Form(model.with_context(active_id=self.assessment.id))
        dialog.file = b64encode(self.save(book))
        return dialog

    def test_choose_check_and_take_over(self):
        wizard = self.open_dialog(self.put(self.download(), 0, mark="B", remark="备")).save()
        self.assertFalse(wizard.is_checked)
        wizard.action_check()
        dialog = Form(wizard)
        self.assertRegex(dialog.origin, r"^\d{4}-\d\d-\d\d \d\d:\d\d（Being Filled In）$")
        with dialog.change_ids.edit(0) as change:
            change.is_taken = False
        dialog.save().action_take_over()
        self.assertEqual((self.lines[0].grade_id.code, self.lines[0].remark), ("A", "备"))

    def test_another_file_has_to_be_checked(self):
        wizard = self.open_dialog(self.download()).save()
        wizard.action_check()
        dialog = Form(wizard)
        dialog.file = b64encode(self.save(self.put(self.download(), 0, mark="B")))
        self.assertFalse(dialog.is_checked)


class TestOfflineErrors(OfflineCase):
    def test_errors_name_the_cell_and_come_all_at_once(self):
        book = self.put(self.download(), 0, mark="E", remark="=1+1")
        self.put(book, 1, mark="√", explanation="好")
        self.put(book, 2, measured_value="50")
        self.put(book, MEASURED, measured_value="约九成")
        self.put(book, MEASURED + 1, measured_value="120")
        self.cell(book, 3, "explanation").value = "#REF!"
        self.cell(book, 3, "explanation").data_type = "e"
        errors = self.errors(book)
        self.assertEqual(
            [error.split(":")[0] for error in errors],
            [f"{SHEET}!{cell}" for cell in ("E7", "G7", "E8", "F9", "H10", "F12", "F13")],
        )
        self.assertIn("“E” is no mark; choose 无此项, A, B, C, or D", errors[0])
        self.assertIn("formula", errors[1])
        self.assertEqual(self.lines[1].explanation, "如实说明", "nothing is half-imported")

    def test_a_value_below_one_asks_whether_a_share_is_meant(self):
        """0.955 was once taken for 0.95 %, and 95.5 % was meant."""
        for typed in (0.955, "0.955", "０.955"):
            with self.subTest(typed):
                book = self.put(self.download(), MEASURED, measured_value=typed)
                [error] = self.errors(book)
                self.assertTrue(error.startswith(f"{SHEET}!F12: "))
        self.assertIn("write 95.5% if", self.errors(self.put(self.download(), MEASURED,
                                                             measured_value=0.955))[0])  # fmt: skip

    def test_a_value_below_one_that_was_there_stays(self):
        self.lines[MEASURED].measured_value = 0.5
        self.assertEqual(self.shown(self.check(self.download())), {})

    def test_a_locked_line_that_differs_names_its_cell(self):
        book = self.put(self.download(), 0, mark="B")
        self.put(book, 1, mark="C")
        self.assessment.sudo().state = "returned"
        self.lines[1].sudo().write({"returned": True, "return_reason": "补"})
        [error] = self.errors(book)
        self.assertTrue(error.startswith(f"{SHEET}!E7: "))
        self.assertIn("was not returned", error)
        wizard = self.check(self.put(book, 0, mark="A"))
        self.assertEqual(self.shown(wizard), {(1, "mark"): ("B", "C")})

    def test_rows_are_found_by_their_code(self):
        """Lifting the protection and moving rows does no harm."""
        book = self.put(self.download(), 3, mark="D")
        sheet = book[SHEET]
        sheet.insert_rows(FIRST_ROW)
        self.assertEqual(self.shown(self.check(book)), {(3, "mark"): ("B", "D")})

    def test_a_row_missing_or_twice_is_told(self):
        book = self.download()
        book[SHEET]["I9"].value = book[SHEET]["I8"].value
        first, second = self.check(book).errors.split("\n")
        self.assertIn("has a row above already", first)
        self.assertIn(f"{SHEET}!E9", first)
        self.assertIn(self.lines[2].indicator_label, second)

    def test_moved_columns_are_refused(self):
        book = self.download()
        book[SHEET].insert_cols(5)
        self.assertRefusedFile("columns", book)


class TestOfflineMeanwhile(OfflineCase):
    def test_what_the_file_left_alone_keeps_what_came_meanwhile(self):
        book = self.put(self.download(), 0, remark="备")
        self.lines[1].explanation = "网上改过"
        wizard = self.check(book)
        self.assertEqual(self.shown(wizard), {(0, "remark"): ("", "备")})
        wizard.action_take_over()
        self.assertEqual(self.lines[1].explanation, "网上改过")

    def test_both_changed_is_a_conflict_that_keeps_the_system(self):
        book = self.put(self.download(), 0, mark="B", remark="备")
        self.lines[0].write({"grade_id": self.lines[1].rubric_id.grade_ids[2].id})
        wizard = self.check(book)
        self.assertEqual(self.shown(wizard)[0, "mark"], ("C", "B"))
        conflict = wizard.change_ids.filtered("is_conflict")
        self.assertEqual(conflict.mapped("name"), ["mark"])
        self.assertFalse(conflict.is_taken)
        wizard.action_take_over()
        self.assertEqual(self.lines[0].grade_id.code, "C")
        self.assertEqual(self.lines[0].remark, "备")

    def test_a_conflict_can_be_decided_for_the_file(self):
        book = self.put(self.download(), 0, mark="B")
        self.lines[0].not_applicable = True
        wizard = self.check(book)
        self.assertRefused("nothing to take over", wizard.action_take_over)
        wizard.change_ids.is_taken = True
        wizard.action_take_over()
        self.assertEqual(self.lines[0].grade_id.code, "B")
        self.assertFalse(self.lines[0].not_applicable)

    def test_a_change_after_the_preview_is_told(self):
        wizard = self.check(self.put(self.download(), 0, mark="B", remark="备"))
        self.lines[0].remark = "别人写的"
        self.assertRefused("no longer what was shown", wizard.action_take_over)
        self.assertEqual(self.lines[0].grade_id.code, "A")
        wizard.action_check()
        self.assertEqual(self.shown(wizard)[0, "remark"], ("别人写的", "备"))

    def test_another_file_after_the_preview_is_told(self):
        wizard = self.check(self.put(self.download(), 0, mark="B"))
        wizard.file = self.upload(self.put(self.download(), 0, mark="D")).file
        self.assertRefused("no longer what was shown", wizard.action_take_over)

    def test_a_form_that_is_handed_over_takes_nothing(self):
        wizard = self.check(self.put(self.download(), 0, mark="B"))
        self.assessment.sudo().state = "to_sign"
        for method in (wizard.action_check, wizard.action_take_over):
            self.assertRefused("locked", method)

    def test_a_line_refused_at_the_last_moment_takes_nothing_at_all(self):
        """One transaction: the lines before it are not written either."""
        book = self.put(self.put(self.download(), 0, mark="B"), 1, mark="C")
        wizard = self.check(book)
        write = type(self.lines).write
        refusal = "refused"

        def refuse_second(lines, vals):
            if lines == self.lines[1]:
                raise UserError(refusal)
            return write(lines, vals)

        self.patch(type(self.lines), "write", refuse_second)
        self.assertRefused("refused", wizard.action_take_over)
        self.assertEqual(self.lines[0].grade_id.code, "A")
