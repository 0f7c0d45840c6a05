"""A published year is taken up again, corrected, and published once more (R11)."""

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..helpers.common import EXAMPLE, POINTS, RATIOS, ROLES, SIGNATURE, BureauCase
from ..helpers.reference_scorer import Unit, Year

LEAK_ROW = 9
# 利州 gives itself a B in place of an A on row 4, which moves the mean that 昭化 gets there.
CORRECTED = {**EXAMPLE, "利州": ("ABABBAABAABABAAB", EXAMPLE["利州"][1])}


class RevisionCase(BureauCase):
    """The published example year; reporter and leader are of 利州, the head is of 青川."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.get_unit("青川").member_ids += cls.users["head"]
        cls.cycle = cls.example_year()
        cls.first = cls.publish(cls.cycle)
        cls.incident = cls.env["it.kpi.incident"].search(
            [("year", "=", 2099), ("kind", "=", "network_security")]
        )

    def setUp(self):
        super().setUp()
        self.division, self.head = (self.as_role(r, self.cycle) for r in ("division", "head"))

    def revise(self):
        """Take the year up again and go back to filling."""
        self.division.action_revise("申诉成立")
        self.division.action_resume("退回更正")

    def correct(self, extended_until=None):
        """Return row 4 of 利州, have it filed again with a B, and lift the incident of 旺苍."""
        form = self.get_form(self.cycle, "利州")
        line = form.line_ids[3]
        self.as_role("division", form).action_return({line.id: "依据不足"}, extended_until)
        grade_b = form.rubric_id.grade_ids.filtered(lambda grade: grade.code == "B")
        self.as_role("reporter", line).grade_id = grade_b
        self.as_role("reporter", form).action_hand_over()
        self.as_role("leader", form).action_submit(SIGNATURE)
        self.as_role("division", self.incident).action_lift("撤销通报〔2099〕2号")

    def publish_again(self):
        publication = self.publish(self.cycle)
        self.env.invalidate_all()
        return publication

    def snapshot(self, publication):
        """Return all that a publication says, row by row."""
        self.env.invalidate_all()
        lines = publication.result_ids.line_ids
        return publication.result_ids.read(load=None), lines.read(load=None)

    def changes(self, publication, role="division"):
        self.env.invalidate_all()
        rows = self.as_role(role, publication).change_ids
        return {row.unit_id.short_name: row for row in rows}

    def live_changes(self, role="division"):
        self.env.invalidate_all()
        return {row.unit_id.short_name: row for row in self.as_role(role, self.cycle).change_ids}

    def score(self, marks, vetoed=()):
        """Return what the independent scorer makes of these marks."""
        units = {
            name: Unit(
                assessment,
                survey,
                vetoed=name in vetoed,
                zeroed=frozenset({LEAK_ROW} if name == "青川" else ()),
            )
            for name, (assessment, survey) in marks.items()
        }
        return Year(POINTS, RATIOS, units).scores()


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
        self.division.action_start_review()
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
            self.assertRefused("deadline has passed", form.action_return, returned)
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
class TestDifference(RevisionCase):
    def test_it_equals_what_the_scorer_finds(self):
        self.revise()
        self.correct()
        old, new = self.score(EXAMPLE, vetoed=["旺苍"]), self.score(CORRECTED)
        self.assertChanges(self.live_changes(), old, new)
        self.assertChanges(self.changes(self.publish_again()), old, new)

    def assertChanges(self, changes, old, new):
        self.assertEqual(set(changes), {name for name in old if old[name] != new[name]})
        for name, row in changes.items():
            self.assertPoints(row.old_final, old[name].final)
            self.assertPoints(row.final, new[name].final)
            self.assertEqual((row.old_rank, row.rank), (old[name].rank, new[name].rank))
            last = (old[name].is_last, new[name].is_last)
            self.assertEqual((row.old_is_last, row.is_last), last)

    def test_by_hand(self):
        self.revise()
        self.correct()
        changes = self.changes(self.publish_again())
        rows = {
            name: (f"{row.old_final:.2f}", f"{row.final:.2f}", row.old_rank, row.rank)
            for name, row in changes.items()
        }
        self.assertEqual(
            rows,
            {
                "利州": ("91.20", "90.80", 1, 1),
                "旺苍": ("0.00", "85.95", 6, 2),
                "昭化": ("81.85", "81.75", 2, 3),
                "朝天": ("73.48", "73.48", 3, 4),
                "青川": ("68.00", "68.00", 4, 5),
                "剑阁": ("36.40", "36.40", 5, 6),
            },
        )
        last = {name for name, row in changes.items() if row.is_last}
        self.assertEqual(last, {"朝天", "青川", "剑阁"})
        self.assertTrue(changes["旺苍"].old_is_last and not changes["旺苍"].is_last)

    def test_why(self):
        self.revise()
        self.correct()
        live = {name: row.why for name, row in self.live_changes().items()}
        changes = {name: row.why for name, row in self.changes(self.publish_again()).items()}
        self.assertEqual(live, changes)
        label = self.cycle.rubric_id.indicator_ids[3].form_label
        self.assertEqual(changes["利州"], f"Self-Assessment, “{label}”: 4.00 (A) → 3.20 (B)")
        self.assertEqual(
            changes["昭化"].splitlines(),
            [
                "Only means of other units moved:",
                f"Self-Assessment, “{label}”: 3.40 (mean) → 3.20 (mean)",
            ],
        )
        self.assertEqual(changes["旺苍"], "Lifted: Network Security Incident.")
        self.assertEqual(
            changes["朝天"], "The scores of the unit are the same; others moved past it."
        )

    def test_why_of_a_leak_and_of_forms_not_filed(self):
        self.revise()
        self.record_incident("朝天", "leak")
        form = self.as_role("division", self.get_form(self.cycle, "剑阁"))
        form.action_withdraw_unfiled("误登记")
        self.assertIn("no final yet", self.live_changes()["剑阁"].why)
        self.fill(form.sudo(), "C" * 16)
        form.sudo().state = "submitted"
        self.get_form(self.cycle, "昭化").write({"state": "unfiled", "unfiled_reason": "作废"})
        changes = self.changes(self.publish_again())
        self.assertIn("The self-assessment is filed now.", changes["剑阁"].why)
        self.assertIn("recorded as not filed", changes["昭化"].why)
        why = changes["朝天"].why
        self.assertIn("Recorded: Leak of Secrets.", why)
        self.assertIn("12.00 (B) → 0.00 (zeroed)", why)

    def test_a_grade_that_moves_no_total_is_listed(self):
        self.revise()
        survey = self.get_form(self.cycle, "利州", "survey")
        grades = survey.rubric_id.grade_ids
        first, second = survey.line_ids[0], survey.line_ids[1]  # A and B, 2 points each
        first.grade_id, second.grade_id = grades[1], grades[0]
        changes = self.changes(self.publish_again())
        self.assertEqual(list(changes), ["利州"])
        self.assertEqual(len(changes["利州"].why.splitlines()), 2)
        self.assertPoints(changes["利州"].old_final, changes["利州"].final)

    def test_a_unit_that_joins_is_new(self):
        self.revise()
        joined = self.env["it.kpi.unit"].create({"name": "新单位", "short_name": "新"})
        self.division.unit_ids = [(4, joined.id)]
        self.units |= joined
        self.file_forms(self.cycle, {"新": ("D" * 16, "D" * 16)})
        change = self.changes(self.publish_again())["新"]
        self.assertFalse(change.old_result_id)
        self.assertIn("takes part since", change.why)

    def test_units_read_their_own_row_only(self):
        self.revise()
        self.correct()
        revision = self.publish_again()
        for role in ("reporter", "leader"):
            self.assertEqual(list(self.changes(revision, role)), ["利州"])
            text = self.as_role(role, self.own_result(revision)).change_text
            self.assertIn("Final score 91.20 → 90.80, rank 1 → 1", text)
        self.assertFalse(self.changes(revision, "assessor"))
        for role in ("head", "division", "leadership"):
            self.assertEqual(len(self.changes(revision, role)), 6)

    def test_numbers_before_and_after_tell_how_they_came_about(self):
        """In the words of their source: either publication, or the live ranking."""
        self.revise()
        self.correct()
        [old] = self.own_result(self.first)
        change = self.live_changes()["利州"]
        live = self.env["it.kpi.ranking"].browse(change.id).with_user(self.users["division"])
        self.assertTold(change, "final", live)
        self.assertTold(change, "old_rank", old)
        revision = self.publish_again()
        [new] = self.own_result(revision)
        for role in ("reporter", "leadership"):
            change = self.changes(revision, role)["利州"]
            self.assertTold(change, "old_final", old)
            self.assertTold(change, "final", new)
        with self.assertRaises(AccessError):
            self.as_role("reporter", self.changes(revision)["旺苍"]).explain_number("final")

    def assertTold(self, change, number, score):
        [told] = change.explain_number(number)
        score = score.with_user(change.env.user)
        [expected] = score.explain_number(number.removeprefix("old_"))
        self.assertTrue(told["sentences"])
        self.assertEqual(told["sentences"], expected["sentences"])

    def own_result(self, publication):
        return publication.result_ids.filtered(lambda row: row.unit_id == self.own_unit)

    def test_a_first_publication_has_no_changes(self):
        self.assertFalse(self.first.change_ids)
        self.assertFalse(self.own_result(self.first).change_text)

    def test_queries_do_not_grow_with_the_units(self):
        self.revise()
        self.correct()
        revision = self.as_role("division", self.publish_again())
        counts = []
        for limit in (2, 2, 6):  # the first time fills what is cached for good
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            revision.change_ids[:limit].mapped("why")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])


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
        self.division.action_start_review()
        self.assertRefused("no longer be as it is", self.division.action_drop_revision, "无变动")
        survey.state = "confirmed"
        self.division.action_drop_revision("无变动")

    def test_what_changes_anything_is_published(self):
        self.revise()
        self.correct()
        self.division.action_start_review()
        self.assertRefused("Publish the revision", self.division.action_drop_revision, "算了")
        self.assertEqual(self.cycle.state, "review")

    def test_a_single_line_is_enough(self):
        self.revise()
        survey = self.get_form(self.cycle, "利州", "survey")
        grades = survey.rubric_id.grade_ids
        survey.line_ids[0].grade_id, survey.line_ids[1].grade_id = grades[1], grades[0]
        self.division.action_start_review()
        self.assertRefused("Publish the revision", self.division.action_drop_revision, "算了")

    def test_a_year_never_published_has_nothing_to_drop(self):
        cycle = self.open_cycle(year=2098)
        division = self.as_role("division", cycle)
        division.action_start_review()
        self.assertNotIn("drop_revision", division.allowed_moves)
        self.assertRefused("never published", division.action_drop_revision, "无")


@tagged("post_install", "-at_install")
class TestCurrent(RevisionCase):
    def test_current_is_what_was_published_last(self):
        self.assertTrue(self.first.is_current)
        self.revise()
        self.correct()
        self.assertTrue(self.first.is_current, "until the revision is published")
        revision = self.publish_again()
        self.assertFalse(self.first.is_current or self.first.result_ids[0].is_current)
        self.assertTrue(revision.is_current and revision.result_ids[0].is_current)
        year = [("cycle_id", "=", self.cycle.id)]
        for role in ("reporter", "division"):
            results = self.as_role(role, self.env["it.kpi.result"])
            current = results.search([*year, ("is_current", "=", True)])
            self.assertEqual(current.publication_id.sudo(), revision)
            superseded = results.search([*year, ("is_current", "=", False)])
            self.assertEqual(superseded.publication_id.sudo(), self.first)

    def test_marking_costs_no_query_per_row(self):
        self.env.invalidate_all()
        results = self.env["it.kpi.result"].search([("publication_id", "=", self.first.id)])
        results.mapped("publication_id.cycle_id.publication_id")
        before = self.env.cr.sql_log_count
        results.mapped("is_current")
        self.assertEqual(self.env.cr.sql_log_count, before)


@tagged("post_install", "-at_install")
class TestTrialRubric(BureauCase):
    def test_a_rubric_on_trial_becomes_effective_with_its_first_year(self):
        self.assertEqual(self.rubric.state, "trial")
        cycle = self.example_year()
        self.publish(cycle)
        self.assertEqual(self.rubric.state, "effective")
        self.assertEqual(cycle.rubric_id.state, "trial", "the copy stays as it was used")
        body = self.rubric.message_ids[0].body
        self.assertIn("Make effective: Trial → Effective", body)
        self.assertIn("first year of this version is published: Assessment 2099", body)

    def test_a_revision_does_not_do_it_again(self):
        cycle = self.example_year()
        self.publish(cycle)
        self.rubric.state = "trial"
        cycle.with_user(self.users["division"]).action_revise("申诉成立")
        self.approve(cycle)
        cycle.with_user(self.users["division"]).action_publish()
        self.assertEqual(self.rubric.state, "trial")

    def test_what_is_archived_stays_archived(self):
        cycle = self.example_year()
        self.rubric.state = "archived"
        self.publish(cycle)
        self.assertEqual(self.rubric.state, "archived")
