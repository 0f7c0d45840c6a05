"""督促整改: the last units get an order, answer it with measures, report, are verified, closed."""

from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..helpers.common import SIGNATURE
from ..helpers.rectification import RectificationCase


@tagged("post_install", "-at_install")
class TestRectification(RectificationCase):
    def setUp(self):
        super().setUp()
        self.reporter, self.leader, self.head, self.assessor, self.division = (
            self.as_role(role, self.order)
            for role in ("reporter", "leader", "head", "assessor", "division")
        )

    def test_the_whole_course(self):
        self.bring_to("closed")
        self.assertEqual(self.order.plan_signed_by_id, self.users["leader"])
        self.assertEqual(self.order.report_signed_by_id, self.users["leader"])
        self.assertTrue(self.order.verified_at)
        log = "".join(self.order.message_ids.mapped("body"))
        for move in (
            "Issue: In Preparation → Issued",
            "Sign the measures: Issued → Rectifying",
            "Sign the report: Rectifying → Reported",
            "Verify: Reported → Verified",
            "Close: Verified → Closed",
        ):
            self.assertIn(move, log)

    def test_moves_are_possible_only_in_order(self):
        moves = {
            "issue": (self.division.action_issue, "draft"),
            "sign_plan": (lambda: self.leader.action_sign_plan(SIGNATURE), "issued"),
            "sign_report": (lambda: self.leader.action_sign_report(SIGNATURE), "planned"),
            "close": (self.division.action_close, "verified"),
        }
        for state in ("issued", "planned", "reported", "verified", "closed"):
            self.bring_to(state)
            for name, (move, origin) in moves.items():
                if origin != state:
                    with self.subTest(state=state, move=name):
                        self.assertRefused("is possible only from", move)
        self.assertRefused("is possible only from", self.assessor.action_verify)

    def test_moves_are_for_their_roles(self):
        self.bring_to("reported")
        self.order.verifier_id = self.users["assessor"]
        for state, method, arguments, allowed in (
            ("draft", "action_issue", (), ("division",)),
            ("issued", "action_sign_plan", (SIGNATURE,), ("leader",)),
            ("planned", "action_reopen_plan", ("补充",), ("leader", "division")),
            ("planned", "action_sign_report", (SIGNATURE,), ("leader",)),
            ("reported", "action_verify", (), ("assessor",)),
            ("reported", "action_send_back", ("不实",), ("assessor", "division")),
            ("verified", "action_close", (), ("division",)),
        ):
            self.order.state = state
            for role in self.users:
                if role not in allowed:
                    with self.subTest(method=method, role=role), self.assertRaises(AccessError):
                        getattr(self.as_role(role, self.order), method)(*arguments)
            self.assertEqual(self.order.state, state)

    def test_another_unit_s_people_play_no_part(self):
        self.bring_to("issued")
        other = self.as_role(
            "leader", self.orders.filtered(lambda o: o.unit_id.short_name == "青川")
        )
        with self.assertRaises(AccessError):
            other.action_sign_plan(SIGNATURE)
        self.assertEqual(self.env["it.kpi.rectification"].with_user(self.users["leader"]).search([]),
                         self.order)  # fmt: skip

    def test_the_division_prepares_the_letter_until_it_is_issued(self):
        self.division.write({"demand": "限期整改", "plan_until": self.today})
        self.division.plan_until = self.today - timedelta(1)
        self.assertRefused("less than 3 days", self.division.action_issue)
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.division.report_until = self.today - timedelta(9)
            self.env.flush_all()
        self.division.plan_until = self.today + timedelta(2)
        self.assertRefused("less than 3 days", self.division.action_issue)
        self.division.plan_until = self.today + timedelta(3)
        self.assertRefused("by hand", self.division.write, {"number": 9})
        leadership = self.as_role("leadership", self.order)
        self.assertRefused("is for: informatization division", leadership.write, {"demand": "改"})
        self.bring_to("issued")
        self.assertTrue(self.order.issued_at)
        self.assertRefused("while the state is: In Prep", self.division.write, {"demand": "改"})
        self.assertRefused("Use the buttons", self.reporter.write, {"state": "closed"})
        self.assertRefused(
            "is for: informatization division", self.reporter.write, {"demand": "改"}
        )

    def test_the_unit_sees_its_order_when_it_is_issued(self):
        for role in ("reporter", "leader"):
            self.assertFalse(self.as_role(role, self.order).has_access("read"))
        self.bring_to("issued")
        for role in ("reporter", "leader"):
            self.assertTrue(self.as_role(role, self.order).has_access("read"))

    def test_measures_answer_every_weakness_and_are_due_in_time(self):
        self.bring_to("issued")
        sign = self.leader.action_sign_plan
        self.assertRefused("no measures yet", sign, SIGNATURE)
        self.add_measures(self.order)
        self.assertRefused("signature", sign, False)
        measure = self.reporter.measure_ids[0]
        weakness = measure.weakness_ids[0]
        measure.weakness_ids -= weakness
        self.assertRefused(weakness.display_name, sign, SIGNATURE)
        measure.weakness_ids += weakness
        measure.due_date += timedelta(1)
        self.assertRefused("Due after the report", sign, SIGNATURE)
        self.assertEqual(self.order.state, "issued")

    def test_a_measure_answers_its_own_order(self):
        self.bring_to("issued")
        self.add_measures(self.order)
        foreign = {"weakness_ids": [Command.link(self.orders[0].weakness_ids.id)]}
        self.assertRefused("of another order", self.order.measure_ids[0].write, foreign)

    def test_signed_measures_are_only_reported_on(self):
        self.bring_to("planned")
        measure = self.reporter.measure_ids[0]
        for vals in ({"name": "改"}, {"owner": "改"}, {"due_date": "2099-12-31"},
                     {"weakness_ids": [Command.clear()]}):  # fmt: skip
            self.assertRefused("cannot be changed now", measure.write, vals)
        self.assertRefused("cannot be changed now", measure.unlink)
        self.assertRefused("cannot be changed now", self.add_measures, self.order)
        measure.write({"done": True, "remark": "已完成"})
        self.assertEqual(measure.done_on, self.today)
        self.assertEqual(self.order.progress, "1 / 2")
        self.assertRefused("in the future", measure.write,
                           {"done_on": self.today + timedelta(3)})  # fmt: skip
        measure.done = False
        self.assertFalse(measure.done_on)

    def test_before_signing_nothing_is_done_yet(self):
        self.bring_to("issued")
        self.assertRefused("cannot be changed now", self.add_measures, self.order, done=True)
        forged = self.reporter.with_context(default_done=True)
        self.add_measures(forged)
        self.assertFalse(any(self.order.measure_ids.mapped("done")))

    def test_the_report_waits_for_all_measures(self):
        self.bring_to("planned")
        sign = self.leader.action_sign_report
        self.reporter.measure_ids[0].done = True
        self.assertRefused("开展培训", sign, SIGNATURE)
        self.reporter.measure_ids[1].done = True
        self.assertRefused("Completion Report", sign, SIGNATURE)
        self.reporter.report = "已完成"
        sign(SIGNATURE)
        self.assertEqual(self.order.state, "reported")

    def test_others_do_not_fill_in_measures(self):
        self.bring_to("planned")
        self.order.verifier_id = self.users["assessor"]
        for role in ("assessor", "head", "division", "leadership"):
            with self.subTest(role):
                measures = self.as_role(role, self.order.measure_ids)
                self.assertRefused("is for: reporter of the unit", measures.write, {"done": True})

    def test_the_head_assigns_a_verifier_of_another_unit(self):
        self.bring_to("issued")
        verifier = {"verifier_id": self.users["assessor"].id}
        self.assertRefused("is for: head of the", self.division.write, verifier)
        self.order.unit_id.member_ids += self.users["assessor"]
        self.assertRefused("cannot verify", self.head.write, verifier)
        own = self.as_role("head", self.orders[0])  # the head's own unit
        own.sudo().state = "issued"
        self.assertRefused("is for: head of the", own.write, verifier)

    def test_an_assessor_verifies_only_what_is_assigned(self):
        self.bring_to("reported")
        with self.assertRaises(AccessError):
            self.assessor.read(["state"])
        self.head.verifier_id = self.users["assessor"]
        self.assertRefused("Effectiveness", self.assessor.action_verify)
        self.assessor.effectiveness = "基本到位"
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.assessor.effect_percent = 101
            self.env.flush_all()
        self.assessor.effect_percent = 80
        # Who joins the unit verifies it no more.
        self.order.unit_id.member_ids += self.users["assessor"]
        with self.assertRaises(AccessError):
            self.assessor.action_verify()

    def test_a_report_goes_back_with_a_reason(self):
        for state, who in (("reported", self.assessor), ("verified", self.division)):
            self.bring_to("reported")
            self.head.verifier_id = self.users["assessor"]
            self.bring_to(state)
            self.assertRefused("reason", who.action_send_back, " ")
            who.action_send_back("佐证不足")
            self.assertEqual(self.order.state, "planned")
            self.assertEqual(self.order.return_reason, "佐证不足")
            self.assertFalse(self.order.report_signature or self.order.verified_at)
            self.assertIn("Reason: 佐证不足", self.order.message_ids[0].body)
            self.leader.action_sign_report(SIGNATURE)
            self.assertFalse(self.order.return_reason)

    def test_reopened_measures_are_signed_again(self):
        self.bring_to("planned")
        self.assertRefused("reason", self.division.action_reopen_plan, "")
        self.division.action_reopen_plan("措施不具体")
        self.assertEqual(self.order.state, "issued")
        self.assertFalse(self.order.plan_signature)
        self.reporter.measure_ids[0].name = "建立制度并公示"
        self.leader.action_sign_plan(SIGNATURE)

    def test_the_dialogs_do_the_acts(self):
        self.bring_to("issued")
        self.add_measures(self.order)
        dialogs = self.env["it.kpi.rectification.sign.wizard"].with_user(self.users["leader"])
        dialogs.create({"order_id": self.order.id, "signature": SIGNATURE}).action_confirm()
        self.assertEqual(self.order.state, "planned")
        reasons = self.env["it.kpi.reason.wizard"].with_user(self.users["leader"])
        reasons.create(
            {"act": "reopen_plan", "res_id": self.order.id, "reason": "补充"}
        ).action_confirm()
        self.assertEqual(self.order.state, "issued")

    def test_the_form_view_lays_down_measures(self):
        self.bring_to("issued")
        with Form(self.reporter) as form:
            for weakness in self.order.weakness_ids:
                with form.measure_ids.new() as line:
                    line.name = "整改"
                    line.weakness_ids.add(weakness)
                    line.owner = "王芸"
                    line.due_date = self.order.report_until
        self.leader.action_sign_plan(SIGNATURE)
        with Form(self.reporter) as form, form.measure_ids.edit(0) as line:
            line.done = True
        self.assertEqual(self.order.progress, "1 / 7")

    def test_lateness_follows_the_term_of_the_state(self):
        self.bring_to("issued")
        self.order.write({"plan_until": "2020-01-01"})
        self.assertTrue(self.order.is_late)
        self.bring_to("planned")
        self.assertFalse(self.order.is_late)

    def test_it_closes_only_when_all_measures_are_done(self):
        self.bring_to("verified")
        self.order.measure_ids[0].sudo().done = False
        self.assertRefused("建立制度", self.division.action_close)

    def test_nothing_changes_after_closing(self):
        self.bring_to("closed")
        for role in ("reporter", "leader", "assessor", "head", "division"):
            with self.subTest(role=role):
                order = self.as_role(role, self.order)
                self.assertRefused("closed", order.write, {"report": "改"})
                self.assertFalse(order.allowed_moves or order.editable_fields)
        self.assertRefused("closed", self.order.write, {"effect_percent": 1})
        measure = self.reporter.measure_ids[0]
        self.assertRefused("is “Closed”", measure.write, {"remark": "改"})
        with self.assertRaises(AccessError):
            measure.unlink()
        self.assertRefused("Send back", self.division.action_send_back, "改")

    def test_evidence_is_as_locked_as_its_measure(self):
        self.bring_to("planned")
        measure = self.reporter.measure_ids[0]
        file = {"name": "台账.txt", "raw": b"1"}
        measure.attachment_ids = [Command.create(file)]
        evidence = measure.attachment_ids
        self.assertEqual((evidence.res_model, evidence.res_id), (measure._name, measure.id))
        self.assertRefused("shared by a link", evidence.write, {"public": True})
        stranger = self.new_user("reporter", "stranger")
        self.assertFalse(evidence.with_user(stranger).has_access("read"))
        self.order.sudo().state = "reported"
        for vals in ({"raw": b"2"}, {"name": "改"}):
            self.assertRefused("is “Reported”", evidence.write, vals)
        self.env.invalidate_all()
        self.assertEqual(evidence.sudo().raw, b"1")
        with self.assertRaises(AccessError):
            evidence.with_user(self.env.ref("base.user_admin")).unlink()

    def test_a_signature_is_not_forged_as_a_file(self):
        self.bring_to("planned")
        place = {
            "res_model": self.order._name,
            "res_id": self.order.id,
            "res_field": "report_signature",
        }
        for role in ("reporter", "leader", "division"):
            with self.subTest(role):
                files = self.env["ir.attachment"].with_user(self.users[role])
                self.assertRefused("", files.create, {"name": "x", "datas": SIGNATURE, **place})
