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
        self.assertRefused("decision", incident.action_lift, "", "经复核不成立")
        self.assertRefused("reason", incident.action_lift, "撤销决定", "")
        incident.action_lift("撤销决定", "经复核不成立")
        self.assertEqual(incident.lift_decision, "撤销决定")

    def test_it_stays_on_record_and_changes_stand_in_the_log(self):
        incident = self.create()
        self.assertRefused("lift it by a decision", incident.unlink)
        self.flush_tracking()
        quiet = incident.with_context(tracking_disable=True)
        quiet.action_correct({"date": "2099-06-01"}, "更正〔2099〕1号", "日期有误")
        self.flush_tracking()
        self.assertIn(
            "date", incident.sudo().message_ids.tracking_value_ids.field_id.mapped("name")
        )
        incident.action_lift("撤销决定", "经复核不成立")
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
        moved = ({"date": "2099-01-01"}, "更正〔2099〕1号", "日期有误")
        self.assertRefused("published", other.action_correct, *moved)
        self.assertEqual(other.year, 2098)
        published = self.env["it.kpi.incident"].search([("year", "=", 2099)], limit=1)
        away = ({"date": "2098-01-01"}, "更正〔2099〕1号", "日期有误")
        self.assertRefused("published", published.with_env(other.env).action_correct, *away)

    def test_what_moves_a_result_is_not_written_by_hand(self):
        """W12: unit, kind, day and document change by a decision, whoever sends them how."""
        incident = self.create()
        other = self.get_unit("昭化")
        for vals in (
            {"unit_id": other.id},
            {"kind": "network_security"},
            {"date": "2098-05-01"},
            {"decision": "通报〔2099〕4号"},
            {"correction_decision": "更正〔2099〕1号"},
        ):
            with self.subTest(vals):
                self.assertRefused("Correct", incident.write, vals)
                self.assertRefused("Correct", incident.web_save, vals, {})
                names = [next(iter(vals)), ".id"]
                rows = [[next(iter(vals.values())), incident.id]]
                self.env.flush_all()
                self.assertTrue(incident.load(names, rows)["messages"])
        self.assertEqual((incident.unit_id, incident.kind, incident.year),
                         (self.own_unit, "leak", 2099))  # fmt: skip

    def test_a_correction_rests_on_a_decision_and_a_reason(self):
        incident = self.create()
        values = {"unit_id": self.get_unit("昭化").id, "kind": "network_security"}
        self.assertRefused("decision", incident.action_correct, values, "\u200b", "单位有误")
        self.assertRefused("reason", incident.action_correct, values, "更正〔2099〕1号", " ")
        self.assertRefused("Say what", incident.action_correct, {}, "更正〔2099〕1号", "单位有误")
        state = {"state": "lifted"}
        self.assertRefused("Say what", incident.action_correct, state, "更正〔2099〕1号", "有误")
        incident.action_correct(values, "更正〔2099〕1号", "单位有误")
        self.assertEqual(incident.unit_id, self.get_unit("昭化"))
        self.assertEqual(incident.correction_decision, "更正〔2099〕1号")
        entry = incident.sudo().message_ids[0].body
        self.assertIn("单位有误", entry)
        self.assertIn("更正〔2099〕1号", entry)
        head = incident.with_user(self.users["head"])
        with self.assertRaises(AccessError):
            head.action_correct(values, "更正〔2099〕1号", "单位有误")

    def test_a_correction_into_another_year_says_so(self):
        incident = self.create()
        incident.action_correct({"date": "2098-05-01"}, "更正〔2099〕1号", "年份有误")
        self.assertEqual(incident.year, 2098)
        log = "".join(incident.sudo().message_ids.mapped("body"))
        self.assertIn("It counts for 2098 now, and no longer for 2099.", log)
