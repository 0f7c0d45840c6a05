"""Units and their people."""

from odoo import Command
from odoo.tests import tagged

from .common import BureauCase


@tagged("post_install", "-at_install")
class TestUnit(BureauCase):
    def test_who_reports_and_signs_belongs_to_the_unit(self):
        unit = self.as_role("division", self.unit("昭化"))
        unit.reporter_ids = [Command.link(self.users["assessor"].id)]
        self.assertIn(self.users["assessor"], unit.member_ids)

    def test_changes_of_the_people_stand_in_the_log(self):
        unit = self.as_role("division", self.unit("昭化"))
        self.flush_tracking()
        unit.leader_ids = [Command.link(self.users["leader"].id)]
        self.flush_tracking()
        values = unit.sudo().message_ids.tracking_value_ids
        logged = {value.field_id.name: value.new_value_char for value in values}
        self.assertIn(self.users["leader"].name, logged["leader_ids"])
        self.assertIn(self.users["leader"].name, logged["member_ids"])

    def test_a_unit_of_an_open_cycle_can_be_archived(self):
        cycle = self.open_cycle()
        self.unit("昭化").active = False
        self.as_role("division", cycle).unit_ids = [Command.link(self.unit("朝天").id)]
        self.assertEqual(len(cycle.assessment_ids), 6)

    def test_a_unit_with_forms_stays_in_its_bureau(self):
        self.open_cycle()
        other = self.env["res.company"].create({"name": "邻市交通运输局"})
        unit = self.unit("昭化")
        self.assertRefused("forms in this bureau", unit.write, {"company_id": other.id})
