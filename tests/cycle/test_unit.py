"""Units and their people."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..helpers.common import BureauCase


@tagged("post_install", "-at_install")
class TestUnit(BureauCase):
    def test_who_reports_and_signs_belongs_to_the_unit(self):
        unit = self.as_role("division", self.get_unit("昭化"))
        reporter = self.new_user("reporter", "test_second_reporter")
        unit.reporter_ids = [Command.link(reporter.id)]
        self.assertIn(reporter, unit.member_ids)

    def test_changes_of_the_people_stand_in_the_log(self):
        unit = self.as_role("division", self.get_unit("昭化"))
        self.flush_tracking()
        unit.leader_ids = [Command.link(self.users["leader"].id)]
        self.flush_tracking()
        values = unit.sudo().message_ids.tracking_value_ids
        logged = {value.field_id.name: value.new_value_char for value in values}
        self.assertIn(self.users["leader"].name, logged["leader_ids"])
        self.assertIn(self.users["leader"].name, logged["member_ids"])

    def test_a_unit_of_an_open_cycle_can_be_archived(self):
        joining = self.get_unit("朝天")
        cycle = self.open_cycle(self.units - joining)
        self.get_unit("昭化").active = False
        self.as_role("division", cycle).action_add_units(joining.ids, "新设机构")
        self.assertEqual(len(cycle.assessment_ids), 6)

    def test_the_people_are_logged_whatever_the_caller_asks_for(self):
        unit = self.as_role("division", self.get_unit("昭化"))
        self.flush_tracking()
        silent = unit.with_context(tracking_disable=True, mail_notrack=True)
        silent.member_ids = [Command.link(self.users["assessor"].id)]
        self.flush_tracking()
        self.assertTrue(unit.sudo().message_ids.tracking_value_ids)

    def test_a_unit_that_takes_part_stays_in_its_bureau(self):
        cycle = self.open_cycle()
        draft = cycle.copy({"year": 2098})
        other = self.env["res.company"].create({"name": "邻市交通运输局"})
        for units in (cycle.unit_ids, draft.unit_ids):
            values = {"company_id": other.id}
            self.assertRefused("takes part in a cycle", units[0].write, values)

    def test_nothing_is_moved_to_a_bureau_that_one_does_not_work_in(self):
        other = self.env["res.company"].create({"name": "邻市交通运输局"})
        rubric = self.env.ref("it_kpi_assessment.rubric_2023")
        rubric.copy({"company_id": other.id, "version": "B"}).state = "effective"
        for record in (
            self.env["it.kpi.unit"].create({"name": "新局", "short_name": "新"}),
            rubric.copy(),
            self.open_cycle().copy({"year": 2098}),
        ):
            with self.assertRaises(AccessError):
                self.as_role("division", record).company_id = other
