"""Two bureaus in one database: the second one starts from a copy of the first one's rubric."""

from odoo import Command
from odoo.tests import tagged

from ..helpers.common import BureauCase


@tagged("post_install", "-at_install")
class TestSecondBureau(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "邻市交通运输局"})
        division = cls.users["division"]
        division.company_ids = [Command.link(cls.other.id)]
        cls.hold("division", cls.other, division)
        cls.there = cls.env(user=division, context={"allowed_company_ids": cls.other.ids})
        both = [cls.other.id, cls.env.company.id]
        cls.both = cls.env(user=division, context={"allowed_company_ids": both})

    def start(self):
        """Return the second bureau's own rubric, on trial, and its only unit."""
        rubric = self.rubric.with_env(self.both).copy({"version": "2099"})
        rubric.action_start_trial()
        unit = self.there["it.kpi.unit"].create({"name": "邻县交通运输局", "short_name": "邻县"})
        return rubric, unit

    def test_a_duplicated_rubric_belongs_to_the_bureau_one_works_in(self):
        rubric, _unit = self.start()
        self.assertEqual(rubric.company_id, self.other)
        self.assertEqual(len(rubric.indicator_ids.criterion_ids), 64)

    def test_a_new_year_proposes_what_belongs_to_its_bureau(self):
        rubric, unit = self.start()
        cycle = self.there["it.kpi.cycle"].create({"year": 2099})
        self.assertEqual(cycle.source_rubric_id.id, rubric.id)
        self.assertEqual(cycle.unit_ids.ids, unit.ids)
        cycle.action_open(accepted=True)
        self.assertEqual(cycle.rubric_id.company_id, self.other)
        self.assertEqual(len(cycle.assessment_ids.line_ids), 16)

    def test_the_same_year_stands_beside_that_of_the_first_bureau(self):
        self.start()
        first = self.open_cycle()
        second = self.there["it.kpi.cycle"].create({"year": first.year})
        self.assertEqual(self.there["it.kpi.cycle"].search([("year", "=", 2099)]), second)
