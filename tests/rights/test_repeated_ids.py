"""Records named again and again, or too many of them, in one request."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.it_kpi_assessment.controllers import workbook
from odoo.addons.it_kpi_assessment.models.job import it_kpi_job
from odoo.addons.it_kpi_assessment.models.mixins import it_kpi_explained

from ..helpers.common import SIGNATURE, BureauCase


@tagged("post_install", "-at_install")
class TestRepeatedIds(BureauCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()
        cls.publication = cls.publish(cls.cycle)

    def get_explained(self):
        """Return one record of every model whose numbers are explained, as far as there is one."""
        for _name, model in self.env.items():
            if hasattr(model, "explain_number") and not model._abstract and model._explained:
                record = model.with_user(self.users["head"]).search([], limit=1)
                if record:
                    yield record

    def test_a_number_is_explained_once(self):
        models = set()
        for record in self.get_explained():
            with self.subTest(model=record._name):
                models.add(record._name)
                repeated = record.browse(record.ids * 5)
                [answer] = repeated.explain_number(record._explained[0])
                self.assertEqual(answer["id"], record.id)
                with patch.object(it_kpi_explained, "MOST_EXPLAINED", 0):
                    self.assertRefused("Choose fewer", repeated.explain_number, "final")
        self.assertGreaterEqual(
            models, {"it.kpi.result", "it.kpi.result.line", "it.kpi.assessment", "it.kpi.survey"}
        )

    def test_a_workbook_is_made_once(self):
        self.authenticate("test_head", "test_head")
        for record in (self.cycle, self.publication):
            path = f"/it_kpi_assessment/workbook/{record._name}"
            repeated = ",".join([str(record.id)] * 5)
            with patch.object(workbook, "build_workbook", return_value=b"x") as build:
                response = self.url_open(f"{path}/{repeated}")
                self.assertEqual((response.status_code, build.call_count), (200, 1))
                with patch.object(workbook, "MOST_WORKBOOKS", 0):
                    response = self.url_open(f"{path}/{record.id}")
                self.assertNotEqual(response.status_code, 200)
                self.assertIn("Choose fewer", response.text)
                self.assertEqual(build.call_count, 1)

    def test_a_print_is_asked_for_once(self):
        jobs = self.env["it.kpi.job"].with_user(self.users["division"])
        results = self.publication.result_ids.ids
        report = "it_kpi_assessment.report_result"
        jobs.ask(report, results * 3)
        job = jobs.search([], limit=1)
        self.assertEqual((job.total, job.res_ids), (len(results), results))
        with (
            patch.object(it_kpi_job, "MOST_PRINTED", 2),
            self.assertRaisesRegex(UserError, "Choose fewer"),
        ):
            jobs.ask(report, results[:3])

    def test_a_form_is_signed_once(self):
        """Moved, logged and printed once, in one version."""
        form = self.get_form(self.open_cycle(year=2098), "利州")
        self.own_unit.leader_ids += self.users["leader"]
        self.fill(form, "C" * 16)
        form.state = "to_sign"
        logged = len(form.message_ids)
        repeated = self.as_role("leader", form).browse(form.ids * 5)
        with patch.object(type(form), "_ask_signed", return_value=True) as printed:
            repeated.action_submit(SIGNATURE)
        self.assertEqual((printed.call_count, form.version), (2, 1))
        self.assertEqual(form.state, "submitted")
        submissions = form.message_ids[: len(form.message_ids) - logged]
        self.assertEqual(len(submissions.filtered(lambda m: "Submit" in m.body)), 1)
