"""Acts that valid rights allow one by one, in an order that would move a result: the people.

Who belongs to a unit decides who signs for it and who is recused. Each test plays an order of acts
by which somebody would read, approve or sign what the regulation keeps from them.
"""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..helpers.common import EXAMPLE, SIGNATURE, BureauCase

OWN = "青川"
REASON = "调动"


@tagged("post_install", "-at_install")
class TestPeopleChanges(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["division 2"] = cls.new_user("division", "test_division_2")
        cls.unit = cls.get_unit(OWN)
        cls.unit.member_ids = cls.users["head"] + cls.users["assessor"]
        cls.cycle = cls.open_cycle()
        cls.file_forms(cls.cycle, EXAMPLE)
        cls.form = cls.get_form(cls.cycle, OWN)
        cls.survey = cls.get_form(cls.cycle, OWN, "survey")

    def leave(self, role, reason=REASON):
        """Let the division take somebody out of the unit."""
        self.as_role("division", self.unit).write(
            {"member_ids": [Command.unlink(self.users[role].id)], "people_reason": reason}
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def find(self, role, model):
        records = self.env[model].with_user(self.users[role])
        return records.search([("cycle_id", "=", self.cycle.id)])

    def test_who_is_taken_out_of_a_unit_reads_no_computed_number(self):
        self.leave("head")
        for state in ("open", "review"):
            self.cycle.state = state
            for model in ("it.kpi.ranking", "it.kpi.ranking.line"):
                self.assertFalse(self.find("head", model), model)
            cycle = self.as_role("head", self.cycle)
            self.assertTrue(cycle.is_recused)
            self.assertRefused("after publication", cycle.action_workbook)

    def test_the_division_tries_no_ranking_either(self):
        self.unit.member_ids += self.users["division 2"]
        self.leave("division 2")
        trial = self.env["it.kpi.trial"].with_user(self.users["division 2"])
        self.assertRefused("after publication", trial.try_ranking, self.cycle.id)

    def test_who_is_taken_out_of_a_unit_does_not_read_its_survey(self):
        self.leave("head")
        seen = self.find("head", "it.kpi.survey")
        self.assertEqual(len(seen), 5)
        self.assertNotIn(self.survey, seen)
        self.put_signature(self.survey, "division")
        for records in (self.survey, self.survey.line_ids[0], self.survey.signature_ids):
            self.assertFalse(self.as_role("head", records).has_access("read"), records)
        with self.assertRaises(AccessError):
            self.as_role("head", self.survey).action_reopen("复核")

    def test_who_is_taken_out_of_a_unit_does_not_approve(self):
        self.as_role("division", self.cycle).action_start_review("按期转入")
        self.leave("head")
        self.assertRefused("You belong to a unit", self.as_role("head", self.cycle).action_approve)
        self.assertNotIn(",approve,", self.as_role("head", self.cycle).allowed_moves or "")
        self.cycle.with_user(self.get_second_head()).action_approve()

    def test_who_is_taken_out_of_a_unit_does_not_assess_it(self):
        self.leave("assessor")
        self.survey.state = "draft"
        head = self.survey.with_user(self.get_second_head())
        assessors = self.users["assessor"].ids
        self.assertRefused("belongs to", head.action_reassign, assessors, "调整分工")

    def test_it_ends_with_the_publication(self):
        self.leave("head")
        self.as_role("division", self.cycle).action_start_review("按期转入")
        self.cycle.with_user(self.get_second_head()).action_approve()
        self.as_role("division", self.cycle).action_publish()
        self.assertIn(self.survey, self.find("head", "it.kpi.survey"))

    def test_a_revision_recuses_them_again(self):
        self.cycle.state = "published"
        self.leave("head")
        self.cycle.state = "review"
        self.assertTrue(self.as_role("head", self.cycle).is_recused)

    def test_who_joined_and_left_was_a_member(self):
        unit = self.as_role("division", self.get_unit("朝天"))
        link = Command.link(self.users["assessor"].id)
        unit.write({"member_ids": [link], "people_reason": REASON})
        unit.write({"member_ids": [Command.clear()], "people_reason": "录入有误"})
        survey = self.get_form(self.cycle, "朝天", "survey")
        self.assertIn(self.users["assessor"], survey._get_recused())

    def test_a_year_opened_later_begins_anew(self):
        self.leave("head")
        later = self.open_cycle(year=2101)
        self.assertFalse(self.as_role("head", later).is_recused)

    def test_nobody_takes_themselves_out(self):
        """Neither before a year is opened nor while it is under way."""
        new = self.env["it.kpi.unit"].create({"name": "新局", "short_name": "新"})
        for unit in (self.unit, new):
            unit.member_ids += self.users["division"]
            leave = {"member_ids": [Command.unlink(self.users["division"].id)]}
            own = self.as_role("division", unit)
            self.assertRefused("their own part", own.write, {**leave, "people_reason": REASON})
            unit.with_user(self.users["division 2"]).write({**leave, "people_reason": REASON})

    def test_nobody_makes_themselves_the_leader_who_signs(self):
        user = self.users["division"]
        user.group_ids += self.env.ref("it_kpi_assessment.group_leader")
        form = self.get_form(self.cycle, "昭化")
        form.state = "to_sign"
        unit = self.as_role("division", form.unit_id)
        for name in ("leader_ids", "reporter_ids"):
            values = {name: [Command.link(user.id)], "people_reason": REASON}
            with self.assertRaises(UserError), self.env.cr.savepoint():
                unit.write(values)
        with self.assertRaises(AccessError):
            self.as_role("division", form).action_submit(SIGNATURE)

    def test_a_change_while_a_year_is_under_way_needs_a_reason(self):
        unit = self.as_role("division", self.unit)
        leader = {"leader_ids": [Command.link(self.users["leader"].id)]}
        for reason in ({}, {"people_reason": " "}, {"people_reason": "\u200b"}):
            self.assertRefused("Say under", unit.write, {**leader, **reason})
        self.cycle.state = "archived"
        self.env.invalidate_all()
        unit.write(leader)

    def test_what_changes_nobody_needs_no_reason(self):
        unit = self.as_role("division", self.unit)
        unit.write({"member_ids": [Command.set(self.unit.member_ids.ids)]})
        unit.write({"active": False})

    def test_the_change_stands_in_the_log_of_the_form_that_is_signed(self):
        self.as_role("division", self.unit).write(
            {"leader_ids": [Command.link(self.users["leader"].id)], "people_reason": "原领导退休"}
        )
        for record in (self.form, self.unit):
            text = " ".join(record.message_ids.mapped("body"))
            self.assertIn("原领导退休", text)
            self.assertIn(self.users["leader"].name, text)
            self.assertIn("Leaders", text)

    def test_through_the_year_it_is_the_same(self):
        """A command on the units of an open year is no way round."""
        change = Command.update(self.unit.id, {"member_ids": [Command.clear()]})
        self.assertRefused(
            "is open", self.as_role("division", self.cycle).write, {"unit_ids": [change]}
        )
