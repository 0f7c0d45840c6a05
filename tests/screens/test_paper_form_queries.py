"""Opening a form and marking a line cost the same, however many units the year has."""

from unittest.mock import patch

from lxml import etree

from odoo import Command

from odoo.addons.base.models.ir_attachment import IrAttachment

from ..helpers.common import BureauCase
from ..helpers.queries import count_queries
from .web_client import specification

KINDS = {"assessment": "reporter", "survey": "assessor"}


class TestPaperFormQueries(BureauCase):
    """The same form of one unit in a year of 5 units and in one of 50."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        others = cls.env["it.kpi.unit"].create(
            [{"name": f"第{n}单位", "short_name": f"{n}", "kind": "direct"} for n in range(49)]
        )
        cls.forms = {
            units: cls.get_forms(cls.open_cycle(cls.own_unit + others[: units - 1], year))
            for units, year in ((5, 2094), (50, 2098))
        }

    @classmethod
    def get_forms(cls, cycle):
        cls.fill(cls.get_form(cycle, "利州"), "A" * 15)
        form, survey = (cls.get_form(cycle, "利州", kind) for kind in KINDS)
        survey.assessor_ids = cls.users["assessor"]
        return {"assessment": form, "survey": survey}

    def test_opening(self):
        self.compare(self.open_form, {"assessment": 22, "survey": 32})

    def test_marking(self):
        self.compare(self.mark, {"assessment": 19, "survey": 30})

    def test_only_the_files_of_the_form_are_looked_at(self):
        """Not those of all units, of which there may be thousands."""
        for form in self.forms[5]["assessment"], self.forms[50]["assessment"]:
            form.line_ids[0].attachment_ids = [Command.create({"name": "文件", "raw": b"x"})]
        form = self.forms[50]["assessment"].with_user(self.users["reporter"])
        form.env.invalidate_all()
        looked_at = set()
        check = IrAttachment._check_access

        def look(files, operation):
            looked_at.update(files.ids)
            return check(files, operation)

        with patch.object(IrAttachment, "_check_access", look):
            files = form.line_ids.attachment_ids
        self.assertEqual(looked_at, set(files.ids))
        self.assertEqual(len(files), 1)

    def compare(self, action, most):
        """Count the queries in both years; they are as many, and at most ``most``."""
        for kind, role in KINDS.items():
            with self.subTest(kind):
                few, many = (
                    self.forms[units][kind].with_user(self.users[role]) for units in (5, 50)
                )
                if kind == "survey":
                    (few + many).sudo().assessment_id.state = "submitted"
                for form in (few, many) * 2:  # fills the caches that all requests share
                    self.count_queries(action, form)
                count = self.count_queries(action, few)
                self.assertEqual(self.count_queries(action, many), count)
                self.assertLessEqual(count, most[kind])

    def count_queries(self, action, form):
        return count_queries(form.env, lambda: action(form))

    def open_form(self, form):
        """Read what the web client asks for to show the form."""
        return form.web_read(self.get_specification(form))

    def mark(self, form):
        """Mark a line as a click does: one write, which answers with the line."""
        line = form.line_ids[2]
        grade = form.rubric_id.grade_ids[2 if line.grade_id != form.rubric_id.grade_ids[2] else 1]
        fields = self.get_specification(form)["line_ids"]["fields"]
        line.web_save({"grade_id": grade.id, "not_applicable": False}, fields)

    def get_specification(self, form):
        views = form.get_views([(False, "form")])
        return specification(etree.fromstring(views["views"]["form"]["arch"]), form)
