"""Incidents: recorded with a decision, lifted by a decision, closed with the year."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..helpers.common import BureauCase


@tagged("post_install", "-at_install")
class TestIncident(BureauCase):
    def values(self, **more):
        return {
            "unit_id": self.own_unit.id,
            "kind": "leak",
            "date": "2099-05-01",
            "description": "涉密文件上传互联网",
            "decision": "通报〔2099〕3号",
            **more,
        }

    def create(self, role="division", **more):
        return self.env["it.kpi.incident"].with_user(self.users[role]).create(self.values(**more))

    def test_the_division_records_and_lifts(self):
        incident = self.create()
        self.assertEqual(incident.state, "recorded")
        self.assertEqual(incident.year, 2099)
        self.assertRefused("by its button", incident.write, {"state": "lifted"})
        self.assertRefused("reason", incident.action_lift, "")
        incident.action_lift("撤销决定")
        self.assertEqual(incident.lift_decision, "撤销决定")

    def test_it_stays_on_record_and_changes_stand_in_the_log(self):
        incident = self.create()
        self.assertRefused("lift it by a decision", incident.unlink)
        self.flush_tracking()
        incident.with_context(tracking_disable=True).date = "2099-06-01"
        self.flush_tracking()
        self.assertIn(
            "date", incident.sudo().message_ids.tracking_value_ids.field_id.mapped("name")
        )
        incident.action_lift("撤销决定")
        self.assertRefused("was lifted", incident.write, {"date": "2099-07-01"})

    def test_nobody_else_records(self):
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.create(role)

    def test_an_incident_cannot_be_recorded_as_lifted(self):
        incident = self.create(state="lifted", lift_decision="撤销决定")
        self.assertEqual(incident.state, "recorded")
        self.assertFalse(incident.lift_decision)

    def test_an_incident_is_not_recorded_quietly(self):
        """The recording is logged, whatever the caller's context asks for."""
        quiet = {"tracking_disable": True, "mail_create_nolog": True, "mail_notrack": True}
        incidents = self.env["it.kpi.incident"].with_user(self.users["division"])
        incident = incidents.with_context(**quiet).create(self.values())
        entry = incident.sudo().message_ids
        self.assertEqual(entry.message_type, "notification")
        self.assertEqual(entry.author_id, self.users["division"].partner_id)

    def test_a_published_year_is_closed_to_incidents(self):
        self.publish(self.example_year())
        self.assertRefused("published", self.create)
        other = self.create(date="2098-05-01")
        self.assertRefused("published", other.write, {"date": "2099-01-01"})
