"""A pending duty is an activity, is mailed once, and is removed when the work is done."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..helpers.common import SIGNATURE
from ..helpers.noticing import NoticeCase
from ..helpers.queries import count_queries


@tagged("post_install", "-at_install")
class TestWaiting(NoticeCase):
    def test_a_draft_waits_for_the_reporter_until_its_deadline(self):
        self.assertEqual(self.waiting(self.sheet), {("fill", "test_reporter")})
        activity = self.get_activities(self.sheet)
        self.assertEqual(str(activity.date_deadline), "2099-12-15")
        self.assertFalse(self.waiting(self.visit), "the survey opens after the submission")

    def test_the_form_goes_from_hand_to_hand(self):
        self.fill(self.sheet, "A" * 16)
        leader, division = self.as_role("leader", self.sheet), self.as_role("division", self.sheet)
        self.as_role("reporter", self.sheet).action_hand_over()
        self.assertEqual(self.waiting(self.sheet), {("sign", "test_leader")})
        leader.action_submit(SIGNATURE)
        self.assertFalse(self.waiting(self.sheet))
        self.assertEqual(self.waiting(self.visit), {("assign", "test_head")})
        division.action_return({self.sheet.line_ids[0].id: "缺少文件"})
        self.assertEqual(self.waiting(self.sheet), {("correct", "test_reporter")})
        self.assertFalse(self.waiting(self.visit), "the unit has to file first")
        self.pass_deadline(self.cycle)
        division.action_record_unfiled("未报")
        self.assertFalse(self.waiting(self.sheet))
        self.assertEqual(self.waiting(self.visit), {("assign", "test_head")})

    def test_nobodys_work_stops_for_want_of_an_activity_type(self):
        self.env.ref("it_kpi_assessment.activity_sign").unlink()
        self.fill(self.sheet, "A" * 16)
        self.as_role("reporter", self.sheet).action_hand_over()
        self.assertFalse(self.waiting(self.sheet))
        self.assertEqual(self.sheet.state, "to_sign")

    def test_without_a_reporter_the_leader_fills(self):
        self.own_unit.reporter_ids = False
        self.assertEqual(self.waiting(self.sheet), {("fill", "test_leader")})

    def test_a_survey_waits_for_those_assigned_until_it_is_confirmed(self):
        self.sheet.state = "submitted"
        self.as_role("head", self.visit).assessor_ids = self.users["assessor"].ids
        self.assertEqual(self.waiting(self.visit), {("visit", "test_assessor")})
        self.visit.state = "confirmed"
        self.assertFalse(self.waiting(self.visit))

    def test_who_has_signed_has_done_his_part_and_then_the_head_confirms(self):
        self.sheet.state = "submitted"
        second = self.new_user("assessor", "assessor2")
        self.visit.assessor_ids = self.users["assessor"] + second
        self.fill(self.visit, "B" * 16)
        self.visit.visit_date = "2099-11-20"
        self.as_role("assessor", self.visit).action_sign(SIGNATURE)
        self.assertEqual(self.waiting(self.visit), {("visit", "assessor2")})
        self.visit.with_user(second).action_sign(SIGNATURE)
        self.assertEqual(self.waiting(self.visit), {("confirm", "test_head")})
        self.visit.line_ids[0].with_user(second).remark = "改"
        self.assertEqual(
            self.waiting(self.visit), {("visit", "test_assessor"), ("visit", "assessor2")}
        )
        self.confirm(self.visit)
        self.assertFalse(self.waiting(self.visit))

    def test_nothing_of_the_own_unit_waits_for_a_head_or_an_assessor(self):
        self.sheet.state = "submitted"
        self.own_unit.member_ids += self.users["head"]
        self.assertFalse(self.waiting(self.visit))
        self.visit.assessor_ids = self.users["assessor"]
        self.own_unit.member_ids += self.users["assessor"]
        self.assertFalse(self.waiting(self.visit))

    def test_a_review_waits_for_the_head_and_then_for_another_one_of_the_division(self):
        cycle = self.open_cycle(self.units[:1], year=2098)
        self.file_forms(cycle, {self.units[0].short_name: ("A" * 16, "B" * 16)})
        self.as_role("division", cycle).action_start_review("按期转入")
        self.assertEqual(self.waiting(cycle), {("approve", "test_head")})
        self.users["head"].group_ids += self.env.ref("it_kpi_assessment.group_division")
        self.as_role("head", cycle).action_approve()
        waiting = self.waiting(cycle)
        self.assertIn(("publish", "test_division"), waiting)
        self.assertNotIn(("publish", "test_head"), waiting)
        self.as_role("division", cycle).action_publish()
        self.assertFalse(self.waiting(cycle))

    def test_a_review_stops_the_filling(self):
        self.as_role("division", self.cycle).action_start_review("按期转入")
        self.assertFalse(self.waiting(self.sheet))
        self.as_role("division", self.cycle).action_resume("补充")
        self.assertEqual(self.waiting(self.sheet), {("fill", "test_reporter")})

    def test_what_is_to_rectify_goes_its_way(self):
        publication = self.publish(self.file_example(self.cycle))
        result = publication.result_ids.filtered(lambda row: row.unit_id == self.own_unit)
        order = self.env["it.kpi.rectification"]._draw_up(result)
        staff = {"test_reporter", "test_leader"}
        self.assertIn(("issue", "test_division"), self.waiting(order))
        for state, duty, people in (
            ("issued", "plan", staff),
            ("planned", "report", staff),
            ("reported", "choose_verifier", {"test_head"}),
        ):
            order.state = state
            self.assertEqual(self.waiting(order), {(duty, login) for login in people})
        order.verifier_id = self.users["assessor"]
        self.assertEqual(self.waiting(order), {("verify", "test_assessor")})
        order.state = "verified"
        self.assertIn(("close", "test_division"), self.waiting(order))
        for state in ("closed", "withdrawn"):
            self.env.cr.execute(
                "UPDATE it_kpi_rectification SET state = %s WHERE id = %s", [state, order.id]
            )
            order.invalidate_recordset()
            order._queue_duties()
            self.assertFalse(self.waiting(order))

    def test_nobody_is_asked_to_issue_an_order_that_a_revision_took_the_ground_from(self):
        self.publish(self.file_example(self.cycle))
        order = self.env["it.kpi.rectification"]._draw_up(self.cycle.publication_id.result_ids[:1])
        self.assertTrue(self.waiting(order))
        self.as_role("division", self.cycle).action_revise("复核")
        self.record_incident("利州", "leak")
        self.as_role("head", self.cycle).action_approve()
        self.as_role("division", self.cycle).action_publish()
        self.assertFalse(self.waiting(order))

    def test_when_people_change_what_waits_changes_hands(self):
        successor = self.new_user("reporter", "successor")
        division = self.as_role("division", self.own_unit)
        people = [Command.unlink(self.users["reporter"].id), Command.link(successor.id)]
        division.write({"reporter_ids": people, "people_reason": "调动"})
        self.assertEqual(self.waiting(self.sheet), {("fill", "successor")})

    def test_who_cannot_work_gets_nothing(self):
        """Nor are users notified of a form that they cannot read."""
        nobody, away = self.new_user("reporter", "no_role"), self.new_user("reporter", "away")
        self.own_unit.reporter_ids += nobody + away
        nobody.group_ids = self.env.ref("base.group_user")
        company = self.env["res.company"].create({"name": "另一局"})
        away.write({"company_ids": [Command.set(company.ids)], "company_id": company.id})
        self.assertEqual(self.waiting(self.sheet), {("fill", "test_reporter")})
        self.users["reporter"].active = False
        self.run_job("_remind")
        self.assertEqual(self.waiting(self.sheet), {("fill", "test_leader")})

    def test_an_extension_moves_the_day(self):
        self.as_role("division", self.sheet).action_extend("2099-12-20 10:00:00", "故障")
        self.assertEqual(str(self.get_activities(self.sheet).date_deadline), "2099-12-20")
        self.as_role("division", self.cycle).action_move_deadline("2099-12-31 10:00:00", "检修")
        self.assertEqual(str(self.get_activities(self.sheet).date_deadline), "2099-12-31")

    def test_a_lost_activity_comes_back_and_a_stale_one_goes(self):
        self.get_activities(self.sheet).unlink()
        other = self.get_form(self.cycle, "昭化")
        other._create_activities({(other.id, other._get_duty_type("sign"), self.users["head"]): 0})
        self.run_job("_remind")
        self.assertEqual(self.waiting(self.sheet), {("fill", "test_reporter")})
        self.assertFalse(self.waiting(other))


@tagged("post_install", "-at_install")
class TestNobodyTicksOff(NoticeCase):
    def test_activities_of_the_system_are_done_by_the_work_alone(self):
        activity = self.get_activities(self.sheet)
        for role in ("reporter", "leader", "division", "head"):
            own = self.as_role(role, activity)
            # Who does not run the form does not even see the activity.
            text = "by itself" if role in ("reporter", "leader") else ""
            with self.subTest(role=role):
                self.assertRefused(text, own.action_done)
                self.assertRefused(text, own.action_feedback, "做完了")
                self.assertRefused(text, own.unlink)
                self.assertRefused(text, own.write, {"date_deadline": "2099-12-31"})
        self.assertFalse(self.as_role("reporter", activity).can_write, "no buttons are offered")
        self.assertEqual(self.sheet.state, "draft")

    def test_nobody_makes_one(self):
        values = {
            "res_model_id": self.env["ir.model"]._get_id("it.kpi.assessment"),
            "res_id": self.sheet.id,
            "user_id": self.users["leader"].id,
        }
        activities = self.env["mail.activity"].with_user(self.users["reporter"])
        kind = self.env.ref("it_kpi_assessment.activity_sign").id
        self.assertRefused(
            "by itself", activities.create, {**values, "activity_type_id": kind, "automated": True}
        )
        todo = self.env.ref("mail.mail_activity_data_todo").id
        own = activities.create(
            {**values, "user_id": self.users["reporter"].id, "activity_type_id": todo}
        )
        self.assertRefused("by itself", own.write, {"activity_type_id": kind})
        own.action_done()
        self.assertEqual(self.waiting(self.sheet), {("fill", "test_reporter")})

    def test_the_form_is_not_the_way_around(self):
        activity = self.get_activities(self.sheet)
        commands = {"activity_ids": [Command.delete(activity.id)]}
        self.assertRefused("by hand", self.as_role("reporter", self.sheet).write, commands)
        self.as_role("division", self.cycle).action_start_review("按期转入")
        activity = self.get_activities(self.cycle)
        commands = {"activity_ids": [Command.delete(activity.id)]}
        self.assertRefused("by hand", self.as_role("division", self.cycle).write, commands)
        self.assertRefused("by itself", self.as_role("division", activity).unlink)


@tagged("post_install", "-at_install")
class TestNoLeaks(NoticeCase):
    def test_who_has_to_do_follows_nothing(self):
        self.flush_tracking()
        followers = self.sheet.message_partner_ids
        self.assertNotIn(self.users["reporter"].partner_id, followers)

    def test_what_waits_is_seen_by_whom_it_waits_for_and_who_runs_the_form(self):
        activity = self.get_activities(self.sheet)
        seen = self.as_role("reporter", self.env["mail.activity"].browse())
        self.assertIn(activity, seen.search([("res_id", "=", self.sheet.id)]))
        stranger = self.new_user("reporter", "stranger")
        for user in (stranger, self.users["assessor"], self.users["head"]):
            with self.subTest(user=user.login):
                self.assertFalse(seen.with_user(user).search([("id", "=", activity.id)]))
                with self.assertRaises(AccessError):
                    activity.with_user(user).read(["res_name"])

    def test_who_loses_the_survey_loses_the_activity(self):
        self.sheet.state = "submitted"
        self.visit.assessor_ids = self.users["assessor"]
        self.assertTrue(self.waiting(self.visit))
        self.visit.assessor_ids = self.new_user("assessor", "assessor2")
        self.assertEqual(self.waiting(self.visit), {("visit", "assessor2")})
        mine = self.env["mail.activity"].with_user(self.users["assessor"])
        self.assertFalse(mine.search([("user_id", "=", mine.env.uid)]))

    def test_a_mail_is_read_by_its_recipient_alone(self):
        [mail] = self.mail()
        self.assertEqual(self.recipients(mail), ["test_reporter"])
        for role in ("leader", "division", "assessor"):
            messages = self.env["mail.message"].with_user(self.users[role])
            self.assertFalse(messages.search([("id", "=", mail.mail_message_id.id)]))

    def test_notices_are_read_by_the_division_and_changed_by_nobody(self):
        notices = self.notices.search([])
        self.assertTrue(self.as_role("division", notices).read(["res_name"]))
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            with self.assertRaises(AccessError):
                self.as_role(role, notices).read(["res_name"])
        with self.assertRaises(AccessError):
            self.as_role("division", notices).unlink()


@tagged("post_install", "-at_install")
class TestMails(NoticeCase):
    def test_one_mail_tells_what_until_when_and_where(self):
        [mail] = self.mail()
        self.assertIn("Fill in the self-assessment", mail.body_html)
        self.assertIn("2099-12-15 23:59", mail.body_html)
        self.assertIn(f"model=it.kpi.assessment&amp;res_id={self.sheet.id}", mail.body_html)
        self.assertIn("1 to do", mail.subject)
        self.assertEqual(mail.state, "outgoing", "the queue sends it, not the request")

    def test_several_forms_go_into_one_mail(self):
        self.get_unit("昭化").reporter_ids = self.users["reporter"]
        [mail] = self.mail()
        self.assertIn(self.own_unit.name, mail.body_html)
        self.assertIn(self.get_unit("昭化").name, mail.body_html)
        self.assertIn("2 to do", mail.subject)

    def test_it_speaks_the_language_of_its_reader(self):
        self.users["leader"].lang = "zh_CN"
        kind = self.env.ref("it_kpi_assessment.activity_sign")
        kind.with_context(lang="zh_CN").name = "签字上报"
        self.sheet.state = "to_sign"
        [mail] = self.mail()
        self.assertIn("签字上报", mail.body_html)
        self.assertIn("2099年度信息化绩效考核", mail.body_html)
        self.assertEqual(self.get_activities(self.sheet).summary, "签字上报")

    def test_nothing_is_mailed_twice(self):
        self.assertTrue(self.mail())
        self.assertFalse(self.mail())
        self.sheet._queue_duties()
        self.assertFalse(self.mail())

    def test_what_is_done_meanwhile_is_not_mailed(self):
        self.sheet.state = "submitted"
        self.assertEqual(self.recipients(self.mail()), ["test_head"])

    def test_what_comes_back_is_told_again(self):
        self.mail()
        division = self.as_role("division", self.sheet)
        for reason in ("缺少文件", "仍缺少文件"):
            self.sheet.state = "submitted"
            self.mail()
            division.action_return({self.sheet.line_ids[0].id: reason})
            self.assertEqual(self.recipients(self.mail()), ["test_reporter"])

    def test_without_an_address_or_in_odoo_the_activity_is_the_notice(self):
        self.users["reporter"].notification_type = "inbox"
        second = self.new_user("reporter", "no_address")
        second.email = False
        self.own_unit.reporter_ids += second
        self.assertFalse(self.mail())
        told = self.notices.search([("res_id", "=", self.sheet.id)])
        self.assertEqual(told.user_id, self.users["reporter"] + second)
        self.assertTrue(all(told.mapped("sent_at")))
        self.assertFalse(any(told.mapped("by_mail")))
        self.assertEqual(len(self.get_activities(self.sheet)), 2)

    def test_a_deadline_that_moves_is_told(self):
        self.mail()
        self.as_role("division", self.sheet).action_extend("2099-12-20 10:00:00", "故障")
        [mail] = self.mail()
        self.assertIn("2099-12-20 18:00", mail.body_html)

    def test_no_request_waits_for_a_mail(self):
        self.fill(self.sheet, "A" * 16)
        count = self.env["mail.mail"].search_count([])
        self.as_role("reporter", self.sheet).action_hand_over()
        self.flush_tracking()
        self.assertEqual(self.env["mail.mail"].search_count([]), count)
        self.assertTrue(self.notices.search([("user_id", "=", self.users["leader"].id)]))


@tagged("post_install", "-at_install")
class TestManyUnits(NoticeCase):
    def open_year(self, year, count):
        """Open a year of so many new units, and return how many queries its notices took."""
        units = self.env["it.kpi.unit"].create(
            [
                {
                    "name": f"{year}单位{number}",
                    "short_name": f"{year}-{number}",
                    "reporter_ids": self.new_user("reporter", f"reporter_{year}_{number}").ids,
                }
                for number in range(count)
            ]
        )
        cycle = self.open_cycle(units, year)
        self.env.registry.clear_cache()
        queries = count_queries(self.env, self.env.cr.precommit.run)
        self.assertEqual(len(cycle.assessment_ids._get_activities()), count)
        return queries

    def test_opening_a_year_asks_no_more_for_more_units(self):
        few, many = self.open_year(2091, 5), self.open_year(2092, 25)
        self.assertLessEqual(many, few + 3)
