"""The dashboard as a page: what it costs, who is refused, and where its clicks lead."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..helpers.common import BureauCase
from ..helpers.noticing import NoticeCase
from ..helpers.queries import count_queries
from ..helpers.rights.methods import READERS_OF_ALL
from ..helpers.rights.rpc import RpcCase


class TestQueries(BureauCase):
    """The page costs the same number of queries, however many units there are."""

    def new_year(self, count, year):
        units = self.env["it.kpi.unit"].create(
            [{"name": f"{year}-{n}", "short_name": f"{year}-{n}"} for n in range(count)]
        )
        cycle = self.open_cycle(units, year)
        self.file_forms(
            cycle, {unit.short_name: ("A" * 16, "C" * 16) for unit in units[: count // 2]}
        )
        self.get_form(cycle, units[-1].short_name, "survey").assessor_ids = self.users["assessor"]
        return cycle

    def count(self, cycle, role):
        dashboard = self.env["it.kpi.dashboard"].with_user(self.users[role])
        dashboard.get_dashboard(cycle.id)  # fills the caches that all requests share
        return count_queries(self.env, lambda: dashboard.get_dashboard(cycle.id))

    def test_queries_do_not_grow_with_the_units(self):
        few, many = self.new_year(5, 2091), self.new_year(50, 2092)
        later = fields.Datetime.now() + timedelta(days=100 * 365)
        for state in ("open", "review"):
            (few + many).write({"state": state})
            for role in READERS_OF_ALL:
                with self.subTest(state=state, role=role), freeze_time(later):
                    self.assertEqual(self.count(many, role), self.count(few, role))


@tagged("post_install", "-at_install")
class TestDashboardRights(RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dashboard = cls.env["it.kpi.dashboard"]

    def test_who_may_not_is_told_where_to_look(self):
        for role in ("reporter", "leader", "assessor", "nobody"):
            for year in (self.cycle.id, False):
                message = self.refuse(role, self.dashboard, "get_dashboard", cycle_id=year)
                self.assertIn("under the clock", message)

    def test_another_bureau_has_its_own(self):
        stage = {"kind": "survey", "stage": "awaiting"}
        for role, year in (("other", self.cycle.id), ("division", self.other_cycle.id)):
            self.refuse(role, self.dashboard, "get_dashboard", cycle_id=year)
            self.refuse(role, self.dashboard, "action_open_stage", cycle_id=year, **stage)
        answer = self.allow("other", self.dashboard, "get_dashboard")
        self.assertEqual(answer["cycle"]["id"], self.other_cycle.id)
        self.assertNotIn(self.cycle.id, [cycle["id"] for cycle in answer["cycles"]])


@tagged("post_install", "-at_install")
class TestDashboardTour(HttpCase, NoticeCase):
    def be_late(self):
        """Move the deadline into the past, with no reminder sent today."""
        self.cycle.deadline = fields.Datetime.now() - timedelta(days=3)
        self.mail()
        self.notices.search([]).day = "2098-01-01"

    def test_from_a_number_to_the_list_and_to_the_reminder(self):
        self.be_late()
        self.get_form(self.cycle, "昭化").state = "submitted"
        self.start_tour("/odoo/it-kpi-dashboard", "it_kpi_dashboard", login="test_division")
        asked = self.notices.search([("kind", "=", "asked")])
        self.assertEqual(asked.user_id, self.users["reporter"])
        self.assertEqual(len(asked), 1, "two clicks, one notice")

    def test_leadership_reads_and_does_not_remind(self):
        self.be_late()
        url = "/odoo/it-kpi-dashboard"
        self.start_tour(url, "it_kpi_dashboard_leadership", login="test_leadership")

    def test_the_year_leads_to_it(self):
        url = f"/odoo/it-kpi-years/{self.cycle.id}"
        self.start_tour(url, "it_kpi_dashboard_of_a_year", login="test_head")

    def test_without_a_year(self):
        self.env["it.kpi.cycle"].search([]).state = "archived"
        self.start_tour("/odoo/it-kpi-dashboard", "it_kpi_dashboard_empty", login="test_division")
