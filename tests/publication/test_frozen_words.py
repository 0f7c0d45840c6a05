"""Everything printed is frozen (R11): names, kinds and order of units, bureau, people, rubric."""

from io import BytesIO

import lxml.html
from openpyxl import load_workbook

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..helpers.printing import ReportCase, squeeze

# The models of a published result that have screens, and of what rests on it.
SCREENS = ("publication", "result", "result.line", "result.change", "rectification")
ANSWERS = tuple(f"rectification_{name}_report" for name in ("plan", "result", "check"))
PRINTS = ("publication_report", "result_report", "rectification_report", *ANSWERS)
FORM_PRINTS = ("assessment_report", "survey_report", "self_report")


@tagged("post_install", "-at_install")
class TestFrozenWords(ReportCase):
    """A year with two editions; then everything is called and sorted otherwise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        signed = cls.get_form(cls.cycle, "利州", "survey")
        division = cls.cycle.with_user(cls.users["division"])
        division.action_revise("申诉成立")
        division.action_resume("退回更正")
        line = cls.get_form(cls.cycle, "利州").line_ids[3]
        line.grade_id = line.rubric_id.grade_ids[1]
        security = cls.env["it.kpi.incident"].search([("kind", "=", "network_security")])
        security.write({"state": "lifted", "lift_decision": "撤销通报〔2099〕2号"})
        cls.put_signature(signed, "assessor")
        cls.publish(cls.cycle)
        cls.env.invalidate_all()
        cls.publications = cls.cycle.publication_ids

    def read_everything(self):
        """Return every text of all pages of the published year, by where it stands."""
        self.env.invalidate_all()
        texts = {}
        for publication in self.publications:
            texts.update(self.read_workbook(publication))
        for report in (*PRINTS, *FORM_PRINTS):
            texts.update(self.read_prints(report))
        for name in SCREENS:
            texts.update(self.read_screens(f"it.kpi.{name}"))
            texts.update(self.read_explanations(f"it.kpi.{name}"))
        return texts

    def get_records(self, model):
        return self.env[model].search([("cycle_id", "=", self.cycle.id)])

    def read_workbook(self, publication):
        content = publication.with_user(self.users["division"])._workbook()
        return {
            (publication.revision, sheet.title, cell.coordinate): cell.value
            for sheet in load_workbook(BytesIO(content))
            for row in sheet.iter_rows()
            if row[0].value != "本表生成时间"
            for cell in row
            if cell.value is not None
        }

    def read_prints(self, report):
        action = self.env.ref(f"it_kpi_assessment.{report}")
        texts = {}
        for record in self.get_records(action.model):
            html, _kind = action._render_qweb_html(action.report_name, record.ids)
            page = lxml.html.fromstring(html)
            texts[report, record.id] = squeeze(page.text_content())
            texts[report, record.id, "file"] = safe_eval(
                action.print_report_name, {"object": record}
            )
        return texts

    def read_screens(self, model):
        """Return what the views of a model show, also the order of the rows."""
        views = self.env["ir.ui.view"].search([("model", "=", model), ("type", "!=", "search")])
        shown = {
            node.get("name")
            for view in views
            for node in lxml.etree.fromstring(view.arch).iter("field")
        }
        names = [
            name
            for name in (*shown, "display_name")
            if name in self.env[model]._fields
            and self.env[model]._fields[name].type not in ("one2many", "many2many")
        ]
        records = self.get_records(model)
        rows = {(model, row["id"]): row for row in records.read(names)}
        return {**rows, (model, "order"): records.ids}

    def read_explanations(self, model):
        return {
            (model, name, row["id"]): row
            for name in getattr(self.env[model], "_explained", ())
            for record in self.get_records(model)
            for row in record.explain_number(name)
        }

    def rename_everything(self):
        """Exchange two units' names, and give everything else another one."""
        first, second, *others = self.cycle.unit_ids
        names = [{"name": unit.name, "short_name": unit.short_name} for unit in (first, second)]
        between = {"name": "临时", "short_name": "临"}
        for unit, values in ((first, between), (second, names[0]), (first, names[1])):
            unit.write(values)
            self.env.flush_all()
        for number, unit in enumerate(others):
            unit.write({"name": f"新名{number}", "short_name": f"新{number}"})
        for number, unit in enumerate(self.cycle.unit_ids):
            kind = "direct" if unit.kind == "county" else "county"
            unit.write({"kind": kind, "sequence": 100 - number})
        others[0].active = False
        self.cycle.company_id.name = "新的交通运输局"
        for user in self.env["res.users"].search([("login", "like", "test_%")]):
            user.name = f"改名{user.id}"
        self.rubric.write({"name": "新细则", "version": "新", "document": "新文号"})
        self.as_role("division", self.rubric).action_archive_version()

    def test_no_page_of_a_published_year_changes(self):
        before = self.read_everything()
        self.rename_everything()
        after = self.read_everything()
        self.assertEqual(before.keys(), after.keys())
        changed = {
            place: (before[place], after[place])
            for place in before
            if before[place] != after[place]
        }
        self.assertFalse(changed)
        self.assertGreater(len(before), 3000)

    def test_a_new_edition_has_the_new_names(self):
        """What is frozen is that of each edition; the earlier ones keep theirs."""
        self.rename_everything()
        division = self.cycle.with_user(self.users["division"])
        division.action_revise("机构更名")
        live = self.env["it.kpi.ranking.change"].search([("cycle_id", "=", self.cycle.id)])
        self.assertEqual(live.unit_id, self.cycle.unit_ids)
        self.publish_again()
        old, new = self.publications[-1], self.cycle.publication_id
        self.assertNotEqual(old.bureau_name, new.bureau_name)
        self.assertEqual(new.bureau_name, "新的交通运输局")
        self.assertIn("新名1", new.result_ids.mapped("unit_name"))
        self.assertNotIn("新名1", old.result_ids.mapped("unit_name"))
        change = new.change_ids.filtered(lambda change: change.unit_name == "新名1")
        renamed = change.old_result_id.unit_name
        self.assertIn(f"Renamed: {renamed} → 新名1.", change.why)
        self.assertIn(
            f"单位更名(原为{renamed})",
            self.read_prints("publication_report")["publication_report", new.id],
        )

    def publish_again(self):
        self.approve(self.cycle)
        self.cycle.with_user(self.users["division"]).action_publish()
        self.env.invalidate_all()

    def test_who_signed_is_named_as_when_signing(self):
        """附件3 keeps the name below the drawing, whatever becomes of its user."""
        survey = self.get_form(self.cycle, "利州", "survey")
        user = survey.signature_ids.user_id
        name = user.name
        user.write({"name": "改名后", "active": False})
        self.assertRefused("cannot be deleted", user.unlink)
        self.env.invalidate_all()
        [cells] = [
            texts
            for place, texts in self.read_prints("survey_report").items()
            if place == ("survey_report", survey.id)
        ]
        self.assertIn(squeeze(name), cells)
        self.assertNotIn("改名后", cells)
