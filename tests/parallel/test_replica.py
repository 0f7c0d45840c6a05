"""``db_replica_host``: what is read from a replica that may lag, and what from the primary."""

import json
from types import SimpleNamespace
from unittest.mock import Mock, patch

from odoo.tests import tagged
from odoo.tools import config, mute_logger

from odoo.addons.base.models.ir_http import IrHttp
from odoo.addons.it_kpi_assessment.controllers import report
from odoo.addons.it_kpi_assessment.models import ir_http
from odoo.addons.it_kpi_assessment.workbook.build import build_workbook

from ..helpers.common import BureauCase

# Users do not edit these: they are computed, frozen, or read with their parent record.
SETTLED = {
    "it.kpi.code",
    "it.kpi.guess",
    "it.kpi.holding",
    "it.kpi.notice",
    "it.kpi.offline.wizard.change",
    "it.kpi.publication",
    "it.kpi.ranking",
    "it.kpi.ranking.change",
    "it.kpi.ranking.line",
    "it.kpi.rectification.weakness",
    "it.kpi.result",
    "it.kpi.result.change",
    "it.kpi.result.line",
    "it.kpi.result.proof",
    "it.kpi.return.wizard.line",
    "it.kpi.roster.wizard.change",
    "it.kpi.survey.signature",
}
READS = (
    "read",
    "search",
    "search_count",
    "search_read",
    "web_read",
    "web_read_group",
    "web_search_read",
)


def is_readonly(model, name):
    """Return whether a method is read-only, found in the way of Odoo's routes."""
    for cls in type(model).mro():
        method = getattr(cls, name, None)
        if method is not None and hasattr(method, "_readonly"):
            return method._readonly
    return False


@tagged("post_install", "-at_install")
class TestWhatIsReadWhere(BureauCase):
    def test_what_people_are_at_work_on_is_read_from_the_primary(self):
        """Else somebody marks a line, and does not see the mark."""
        for name in self.env:
            if name.startswith("it.kpi.") and not self.env[name]._abstract:
                modes = {read: is_readonly(self.env[name], read) for read in READS}
                self.assertEqual(modes, dict.fromkeys(READS, name in SETTLED), name)

    def test_a_number_is_explained_where_it_is_read(self):
        for name, settled in (
            ("it.kpi.ranking", True),
            ("it.kpi.result.line", True),
            ("it.kpi.assessment", False),
            ("it.kpi.survey.line", False),
            ("it.kpi.rectification", False),
            ("it.kpi.rectification.weakness", False),
        ):
            self.assertEqual(is_readonly(self.env[name], "explain_number"), settled, name)

    def test_what_is_counted_over_all_units_is_read_from_the_replica(self):
        for name, method in (
            ("it.kpi.dashboard", "get_dashboard"),
            ("it.kpi.trial", "try_ranking"),
            ("it.kpi.trial", "explain_trial"),
            ("it.kpi.robustness", "get_robustness"),
            ("it.kpi.result", "get_dimension_shares"),
        ):
            self.assertTrue(is_readonly(self.env[name], method), method)

    def test_a_result_is_printed_from_the_replica_and_a_form_from_the_primary(self):
        controller = report.SettledReportController()
        for name, settled in (
            ("it_kpi_assessment.report_result", True),
            ("it_kpi_assessment.report_publication", True),
            ("it_kpi_assessment.report_assessment", False),
            ("it_kpi_assessment.report_survey", False),
            ("it_kpi_assessment.report_rectification", False),
        ):
            data = json.dumps([f"/report/pdf/{name}/1,2?context=%7B%7D", "qweb-pdf"])
            request = self.request(httprequest=SimpleNamespace(values={"data": data}))
            with patch.object(report, "request", request):
                shown = controller._is_report_readonly(None, {"reportname": name})
                self.assertEqual(shown, settled, name)
                self.assertEqual(controller._is_download_readonly(None, {}), settled, name)

    def test_prints_of_other_modules_are_read_where_odoo_reads_them(self):
        controller = report.SettledReportController()
        data = json.dumps(["/report/pdf/web.preview_externalreport/1", "qweb-pdf"])
        request = self.request(httprequest=SimpleNamespace(values={"data": data}))
        with patch.object(report, "request", request):
            name = {"reportname": "web.preview_externalreport"}
            self.assertTrue(controller._is_report_readonly(None, name))
            self.assertFalse(controller._is_download_readonly(None, {}))

    def test_a_role_taken_away_is_gone_at_once_on_the_primary(self):
        """The replica lags: a user who lost the role could continue until it has caught up."""
        for replica, readonly, asked in (("replica", False, 1), ("replica", True, 0), ("", 0, 0)):
            env = SimpleNamespace(registry=Mock(), cr=SimpleNamespace(readonly=readonly))
            with (
                patch.dict(config.options, {"db_replica_host": replica}),
                patch.object(ir_http, "request", SimpleNamespace(env=env)),
                patch.object(IrHttp, "_authenticate", lambda endpoint: None),
            ):
                type(self.env["ir.http"])._authenticate(None)
            self.assertEqual(env.registry.check_signaling.call_count, asked)

    def test_the_same_holds_for_a_program(self):
        with (
            patch.dict(config.options, {"db_replica_host": "replica"}),
            patch.object(type(self.env.registry), "check_signaling") as asked,
        ):
            user = self.users["head"]
            self.env["res.users"]._check_uid_passwd(user.id, user.login)
        asked.assert_called_once_with(self.env.cr)

    def request(self, **values):
        return SimpleNamespace(env=self.env, registry=self.env.registry, **values)


@tagged("post_install", "-at_install")
class TestNothingIsWritten(BureauCase):
    """What is read from the replica writes nothing, else Odoo does it all again on the primary."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()
        cls.publication = cls.publish(cls.cycle)

    def setUp(self):
        super().setUp()
        self.env.flush_all()
        self.env.cr.execute("SET TRANSACTION READ ONLY")

    def test_on_the_screen(self):
        cycle = self.as_role("leadership", self.cycle)
        self.env["it.kpi.dashboard"].with_user(self.users["leadership"]).get_dashboard(cycle.id)
        result = self.as_role("leadership", self.publication.result_ids[0])
        self.assertTrue(result.get_dimension_shares())
        self.assertTrue(result.explain_number("final"))
        rows = result.web_search_read([("cycle_id", "=", cycle.id)], {"final": {}, "rank": {}})
        self.assertEqual(rows["length"], 6)

    @mute_logger("odoo.addons.base.models.ir_actions_report")
    def test_on_paper_and_in_the_workbook(self):
        reports = self.env["ir.actions.report"].with_user(self.users["division"])
        for name, records in (
            ("it_kpi_assessment.report_result", self.publication.result_ids),
            ("it_kpi_assessment.report_publication", self.publication),
        ):
            html, _kind = reports._render_qweb_html(name, records.ids)
            self.assertIn("利州".encode(), html)
        publication = self.as_role("division", self.publication)
        self.assertTrue(build_workbook(publication._get_workbook_ranking()))
