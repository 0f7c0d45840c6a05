"""The self-assessment as a workbook to be filled offline (section 6): what is downloaded."""

from ..helpers.offline import FIRST_ROW, KEYS, SHEET, OfflineCase


class TestOfflineDownload(OfflineCase):
    def setUp(self):
        super().setUp()
        self.book = self.download()
        self.sheet = self.book[SHEET]

    def test_sheet_is_attachment_2(self):
        texts = [cell.value for row in self.sheet for cell in row if cell.value]
        self.assertIn("信息化绩效考核自评表", texts)
        self.assertIn(f"单位名称：{self.own_unit.name}", texts)
        dimensions = self.assessment.rubric_id.dimension_ids
        shown = [cell.value for cell in self.sheet["A"][FIRST_ROW - 1 :] if cell.value]
        names = [dimension.form_name or dimension.name for dimension in dimensions]
        self.assertEqual(shown[:-1], [*names, "最终得分"])
        self.assertIn("A7:A10", map(str, self.sheet.merged_cells.ranges))
        self.assertTrue(any("佐证材料请在系统网页上传" in str(text) for text in texts))
        self.assertEqual(self.sheet["C7"].font.name, "仿宋")
        self.assertEqual(self.sheet["A2"].font.name, "黑体")

    def test_sheet_is_ready_to_be_printed(self):
        self.assertEqual(self.sheet.page_setup.orientation, "landscape")
        self.assertEqual(self.sheet.page_setup.paperSize, 9)
        self.assertEqual(self.sheet.print_title_rows, "$6:$6")
        self.assertFalse(self.sheet.sheet_properties.pageSetUpPr.fitToPage, "it allows no breaks")
        scale = self.sheet.page_setup.scale or 100
        self.assertGreater(scale, 82, "so that 11 points stay 9")
        width = sum(
            column.width * 7 + 5
            for column in self.sheet.column_dimensions.values()
            if not column.hidden
        )
        paper = (297 / 25.4 - self.sheet.page_margins.left - self.sheet.page_margins.right) * 96
        self.assertLess(width * scale / 100, paper)

    def test_no_page_end_cuts_merged_cells(self):
        """A page begins with a dimension, and none is higher than it holds."""
        self.lines.write({"explanation": "现场核实台账与系统记录一致，" * 6})
        sheet = self.download()[SHEET]
        merged = [
            row.min_row for row in sheet.merged_cells.ranges if row.min_col == row.max_col == 1
        ]
        begins = [brk.id + 1 for brk in sheet.row_breaks.brk]
        self.assertTrue(begins)
        self.assertLessEqual(set(begins), {*merged, FIRST_ROW + len(self.lines) - 1})
        room = (210 - 25.4 * (sheet.page_margins.top + sheet.page_margins.bottom)) / 25.4 * 72
        room *= 100 / (sheet.page_setup.scale or 100)
        head = sheet.row_dimensions[FIRST_ROW - 1].height
        for begin, end in zip([1, *begins], [*begins, sheet.max_row + 1], strict=True):
            height = sum(sheet.row_dimensions[row].height for row in range(begin, end))
            self.assertLess(height + head * (begin > 1), room)

    def test_answers_stand_in_their_cells(self):
        self.lines[2].write({"remark": "=1+1", "explanation": "+86\n-1\n@某人"})
        book = self.download()
        self.assertEqual(self.cell(book, 0, "mark").value, "A")
        self.assertEqual(self.cell(book, 14, "mark").value, "无此项")
        self.assertEqual(self.cell(book, 2, "remark").value, "=1+1")
        self.assertEqual(self.cell(book, 2, "remark").data_type, "s")
        self.assertEqual(self.cell(book, 2, "explanation").value, "+86\n-1\n@某人")

    def test_marks_are_chosen_from_a_list(self):
        [choice] = [
            rule for rule in self.sheet.data_validations.dataValidation if rule.type == "list"
        ]
        self.assertEqual(str(choice.sqref), "E7:E22")
        self.assertEqual(choice.formula1, f"'{KEYS}'!$B$1:$B$5")
        marks = [row[1].value for row in self.book[KEYS]["A1:B5"]]
        self.assertEqual(marks, ["无此项", "A", "B", "C", "D"])
        self.assertEqual(self.book[KEYS].sheet_state, "veryHidden")

    def test_criteria_stand_beside_and_on_their_own_sheet(self):
        indicator = self.lines[0].indicator_id
        text = indicator.criterion_ids[0].text
        self.assertIn(text, self.sheet["C7"].comment.text)
        texts = [cell.value for row in self.book["评价细则"] for cell in row]
        self.assertIn(text, texts)

    def get_open_cells(self, book):
        return {
            cell.coordinate for row in book[SHEET] for cell in row if not cell.protection.locked
        }

    def test_only_answers_are_unlocked(self):
        self.assertTrue(self.sheet.protection.sheet)
        cells = self.get_open_cells(self.book)
        self.assertEqual({cell[0] for cell in cells}, set("EFGH"))
        self.assertEqual(len([cell for cell in cells if cell[0] == "E"]), 16)
        measured = self.lines.filtered("is_measured")
        self.assertEqual(len([cell for cell in cells if cell[0] == "F"]), len(measured))

    def test_of_a_returned_form_only_the_returned_lines_are_unlocked(self):
        form = self.assessment.sudo()
        form.state = "returned"
        form.line_ids[1].write({"returned": True, "return_reason": "补充文号"})
        book = self.download()
        self.assertEqual(self.get_open_cells(book), {"E8", "G8", "H8"})
        self.assertEqual(book[SHEET]["J8"].value, "补充文号")

    def test_download_needs_a_form_that_can_be_filled(self):
        self.assessment.sudo().state = "to_sign"
        for method in (self.assessment.action_download_offline, self.assessment._offline_workbook):
            self.assertRefused("locked", method)

    def test_more_than_a_cell_holds_is_refused_by_name(self):
        self.env.cr.execute(  # as it was written before texts had a length
            "UPDATE it_kpi_assessment_line SET explanation = repeat('长', 32768) WHERE id = %s",
            [self.lines[3].id],
        )
        self.env.invalidate_all()
        self.assertRefused(self.lines[3].indicator_label, self.assessment._offline_workbook)
