"""What the tests of the form filled offline share: download, fill in, upload."""

from base64 import b64encode
from io import BytesIO

from openpyxl import load_workbook

from .common import BureauCase

SHEET, KEYS = "自评表", "系统信息"
COLUMNS = {"mark": "E", "measured_value": "F", "remark": "G", "explanation": "H"}
FIRST_ROW = 7
MEASURED = 5  # the place of 目标绩效完成情况 among the lines


class OfflineCase(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.assessment = cls.get_form(cls.cycle, "利州").with_user(cls.users["reporter"])
        cls.fill(cls.assessment.sudo(), "AB" * 7 + "NC")
        cls.lines = cls.assessment.line_ids
        cls.env.flush_all()

    def download(self, form=None):
        """Return the workbook of a form, opened to be filled in."""
        form = form or self.assessment
        return load_workbook(BytesIO(form._offline_workbook()))

    def cell(self, book, place, name):
        """Return the cell for an answer of the line at a place, counted from 0."""
        return book[SHEET][f"{COLUMNS[name]}{FIRST_ROW + place}"]

    def put(self, book, place, **answers):
        for name, value in answers.items():
            self.cell(book, place, name).value = value
        return book

    def save(self, book):
        stream = BytesIO()
        book.save(stream)
        return stream.getvalue()

    def upload(self, book, form=None, role="reporter"):
        """Return the dialog with a file that was chosen, not yet checked."""
        content = book if isinstance(book, bytes) else self.save(book)
        form = form or self.assessment
        wizard = self.env["it.kpi.offline.wizard"].with_user(self.users[role])
        return wizard.create(
            {"form_id": form.id, "file": b64encode(content), "file_name": "自评表.xlsx"}
        )

    def check(self, book, form=None, role="reporter"):
        wizard = self.upload(book, form, role)
        wizard.action_check()
        return wizard

    def shown(self, wizard):
        """Return the changes as they are shown: ``{(place, answer): (now, in the file)}``."""
        self.assertFalse(wizard.errors)
        places = {line.id: place for place, line in enumerate(self.lines)}
        return {
            (places[change.line_id.id], change.name): (change.current or "", change.value or "")
            for change in wizard.change_ids
        }

    def errors(self, book, form=None):
        """Return the errors that are shown, after making sure that nothing can be taken over."""
        wizard = self.check(book, form)
        self.assertFalse(wizard.change_ids)
        self.assertRefused(SHEET, wizard.action_take_over)
        return wizard.errors.split("\n")

    def assertRefusedFile(self, text, book, form=None):
        """Neither checking nor taking over gets past this file."""
        wizard = self.upload(book, form)
        self.assertRefused(text, wizard.action_check)
        self.assertRefused(text, wizard.action_take_over)
