"""A published year is taken up again, corrected, and published once more (R11)."""

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..helpers.common import ROLES
from .revising import CORRECTED, RevisionCase


@tagged("post_install", "-at_install")
class TestRevision(RevisionCase):
    def test_the_whole_course(self):
        self.revise()
        self.correct()
        revision = self.publish_again()
        self.assertEqual((revision.revision, revision.reason), (2, "申诉成立"))
        self.assertEqual(self.cycle.publication_id, revision)
        self.assertEqual(self.cycle.state, "published")
        self.assertFalse(self.cycle.revision_reason)
        log = "".join(self.cycle.message_ids.mapped("body"))
        self.assertIn("Revise: Published → Review. Reason: 申诉成立", log)
        expected = self.score(CORRECTED)
        for result in revision.result_ids:
            score = expected[result.unit_id.short_name]
            self.assertPoints(result.final, score.final)
            self.assertEqual((result.rank, result.is_last), (score.rank, score.is_last))

    def test_the_earlier_publication_stays_as_it_was(self):
        before = self.snapshot(self.first)
        self.revise()
        self.correct()
        self.publish_again()
        same = ("id", "final", "rank", "is_last", "assessment_total", "survey_total", "note")
        after = self.snapshot(self.first)
        for old, new in zip(before[0], after[0], strict=True):
            self.assertEqual([old[name] for name in same], [new[name] for name in same])
        same = ("id", "grade_id", "score", "mean", "origin", "explanation")
        for old, new in zip(before[1], after[1], strict=True):
            self.assertEqual([old[name] for name in same], [new[name] for name in same])
        for record in (self.first, self.first.result_ids[0], self.first.result_ids.line_ids[0]):
            self.assertRefused("does not change", record.sudo().write, {"cycle_id": False})

    def test_who_could_read_the_earlier_one_still_can(self):
        counts = {role: self.count_readable(role) for role in ROLES}
        self.revise()
        self.assertEqual({role: self.count_readable(role) for role in ROLES}, counts)
        self.correct()
        self.publish_again()
        self.assertEqual({role: self.count_readable(role) for role in ROLES}, counts)

    def count_readable(self, role):
        results = self.as_role(role, self.first.result_ids)
        return len(results._filtered_access("read"))

    def test_a_revision_needs_its_reason_and_the_division(self):
        self.assertRefused("reason", self.division.action_revise, " ")
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            cycle = self.as_role(role, self.cycle)
            for method in (cycle.action_revise, cycle.action_drop_revision):
                with self.subTest(role=role), self.assertRaises(AccessError):
                    method("理由")
            self.assertNotIn("revis", cycle.allowed_moves or "")
        self.assertEqual(self.cycle.state, "published")

    def test_an_archived_year_can_be_revised(self):
        self.division.action_archive_cycle()
        self.revise()
        self.correct()
        self.assertEqual(self.publish_again().revision, 2)
        self.assertEqual(self.cycle.state, "published")

    def test_it_is_approved_and_published_by_two_people_again(self):
        self.revise()
        self.correct()
        self.division.action_start_review("按期转入")
        self.assertFalse(self.cycle.approved_by_id)
        self.assertRefused("approves first", self.division.action_publish)
        self.assertRefused("You belong to a unit", self.head.action_approve)
        second = self.get_second_head()
        second.group_ids += self.env.ref("it_kpi_assessment.group_division")
        self.cycle.with_user(second).action_approve()
        self.assertRefused("two different people", self.cycle.with_user(second).action_publish)

    def test_in_a_year_long_past_only_what_is_extended_is_filed(self):
        with freeze_time("2100-03-01"):
            self.revise()
            self.assertEqual(self.cycle.state, "open")
            form = self.as_role("division", self.get_form(self.cycle, "利州"))
            returned = {form.line_ids[3].id: "依据不足"}
            self.assertRefused("until when", form.action_return, returned)
            self.correct("2100-03-31 00:00:00")
            self.assertEqual(self.publish_again().revision, 2)

    def test_a_form_is_not_as_published_while_it_is_revised(self):
        form = self.get_form(self.cycle, "昭化")
        self.assertTrue(form.is_published)
        self.revise()
        form.invalidate_recordset()
        self.assertFalse(form.is_published or form.total)
        self.assertEqual(form.result_id.publication_id, self.first)
        self.assertNotEqual(form._get_final_score_text(), "85.85")
        self.correct()
        revision = self.publish_again()
        self.assertEqual(form.result_id.publication_id, revision)
        self.assertPoints(form.total, 85.65)

    def test_a_second_revision_is_compared_with_the_first(self):
        for expected in (2, 3):
            self.revise()
            self.record_incident("利州", "network_security")
            revision = self.publish_again()
            self.assertEqual(revision.revision, expected)
        self.assertFalse(revision.change_ids, "a second incident changes nothing more")


@tagged("post_install", "-at_install")
class TestNobodySeesMore(RevisionCase):
    """What is being corrected is a draft again; what was published stays readable."""

    def test_the_unit_does_not_read_the_survey_being_corrected(self):
        survey = self.get_form(self.cycle, "利州", "survey")
        for role in ("reporter", "leader"):
            self.assertTrue(self.as_role(role, survey).has_access("read"))
        for step in (lambda: self.division.action_revise("申诉成立"),
                     lambda: self.division.action_resume("退回更正")):  # fmt: skip
            step()
            for role in ("reporter", "leader"):
                self.assertFalse(self.as_role(role, survey).has_access("read"))
                self.assertFalse(self.as_role(role, survey.line_ids)._filtered_access("read"))
                own = self.as_role(role, self.env["it.kpi.result.line"]).search([])
                self.assertEqual(len(own), 32, "the published lines stay")

    def test_the_head_does_not_read_the_survey_of_the_own_unit(self):
        survey = self.get_form(self.cycle, "青川", "survey")
        self.assertTrue(self.as_role("head", survey).has_access("read"))
        self.revise()
        self.assertFalse(self.as_role("head", survey).has_access("read"))

    def test_what_would_change_is_for_those_who_read_the_live_ranking(self):
        self.revise()
        for role in ("reporter", "leader", "assessor"):
            changes = self.env["it.kpi.ranking.change"].with_user(self.users[role])
            self.assertFalse(changes.has_access("read"))
            with self.assertRaises(AccessError):
                self.as_role(role, self.cycle).read(["change_ids"])

    def test_a_head_of_a_unit_that_takes_part_reads_no_live_change(self):
        self.revise()
        survey = self.get_form(self.cycle, "青川", "survey")
        survey.line_ids[0].grade_id = survey.rubric_id.grade_ids[0]
        self.assertIn("领导重视程度", self.live_changes("division")["青川"].why)
        self.assertFalse(self.live_changes("head"))

    def test_last_year_s_remarks_are_not_read_from_drafts(self):
        self.get_form(self.cycle, "利州", "survey").line_ids[0].remark = "去年的备注"
        following = self.open_cycle(year=2100)
        line = self.get_form(following, "利州", "survey").line_ids[0]
        self.assertEqual(line.last_remark, "去年的备注")
        self.revise()
        self.env.invalidate_all()
        self.assertFalse(line.last_remark)
        self.assertEqual(line.last_mark, "A")


@tagged("post_install", "-at_install")
class TestDrop(RevisionCase):
    def test_what_changes_nothing_is_dropped(self):
        self.division.action_revise("申诉待核")
        self.assertIn("drop_revision", self.division.allowed_moves)
        self.division.action_drop_revision("申诉不成立")
        self.assertEqual((self.cycle.state, self.cycle.publication_id), ("published", self.first))
        self.assertEqual(self.cycle.approved_by_id, self.get_second_head())
        self.assertFalse(self.cycle.revision_reason)
        self.assertEqual(len(self.cycle.publication_ids), 1)
        self.assertIn("Reason: 申诉不成立", self.cycle.message_ids[0].body)

    def test_a_form_filed_again_as_it_was_can_be_dropped(self):
        self.revise()
        survey = self.get_form(self.cycle, "昭化", "survey")
        survey.state = "draft"
        self.division.action_start_review("按期转入")
        self.assertRefused("no longer be as it is", self.division.action_drop_revision, "无变动")
        survey.state = "confirmed"
        self.division.action_drop_revision("无变动")

    def test_what_changes_anything_is_published(self):
        self.revise()
        self.correct()
        self.division.action_start_review("按期转入")
        self.assertRefused("Publish the revision", self.division.action_drop_revision, "算了")
        self.assertEqual(self.cycle.state, "review")

    def test_a_single_line_is_enough(self):
        self.revise()
        survey = self.get_form(self.cycle, "利州", "survey")
        grades = survey.rubric_id.grade_ids
        survey.line_ids[0].grade_id, survey.line_ids[1].grade_id = grades[1], grades[0]
        self.division.action_start_review("按期转入")
        self.assertRefused("Publish the revision", self.division.action_drop_revision, "算了")

    def test_a_year_never_published_has_nothing_to_drop(self):
        cycle = self.open_cycle(year=2098)
        division = self.as_role("division", cycle)
        division.action_start_review("按期转入")
        self.assertNotIn("drop_revision", division.allowed_moves)
        self.assertRefused("never published", division.action_drop_revision, "无")
