"""What a revision changed against the publication before it, and why (R11)."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..helpers.common import EXAMPLE
from ..helpers.queries import count_queries
from .revising import CORRECTED, RevisionCase


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
        self.division.action_add_units(joined.ids, "新设机构")
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
            self.assertIn("Final score 91.20 → 90.80, rank 1 as before", text)
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
            changes = revision.change_ids[:limit]
            counts.append(count_queries(self.env, lambda changes=changes: changes.mapped("why")))
        self.assertEqual(*counts[1:])
