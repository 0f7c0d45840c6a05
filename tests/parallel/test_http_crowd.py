"""Many requests at the same moment: a whole bureau on the day that filling ends, and the last step.

Which of them comes first is left to chance. Whatever comes of it, an answer says what was done, a
refusal is a sentence, and nothing is done twice or lost.
"""

from odoo.tests import tagged

from ..helpers.parallel import Act
from ..helpers.parallel_http import HttpYear
from ..helpers.parallel_year import REASON, SIGNED

LIFTED = ("撤销通报〔2099〕2号", *REASON)
WITHDRAWN = (*REASON, "广编办〔2099〕3号")

# What everybody does while the division starts the review: (state, person, method, arguments).
FORMS = (
    ("draft", "reporter", "action_hand_over", ()),
    ("to_sign", "leader", "action_submit", SIGNED),
    ("to_sign", "leader 2", "action_take_back", REASON),
    ("draft", "division 2", "action_withdraw", WITHDRAWN),
    ("unfiled", "division 2", "action_withdraw_unfiled", REASON),
)
SURVEYS = (
    ("draft", "head", "action_confirm", SIGNED),
    ("confirmed", "head 2", "action_reopen", REASON),
)


@tagged("post_install", "-at_install")
class TestHttpCrowd(HttpYear):
    def test_the_review_starts_while_everybody_works(self):
        cycle = self.open_many(2 * (len(FORMS) + len(SURVEYS)))
        acts, before = [Act("division", cycle, "action_start_review", REASON)], {}
        forms, surveys = iter(cycle.assessment_ids), iter(cycle.survey_ids[2 * len(FORMS) :])
        for state, person, method, arguments in 2 * FORMS:
            form = next(forms)
            form.state = before[form] = state
            acts.append(Act(person, form, method, arguments))
        for state, person, method, arguments in 2 * SURVEYS:
            survey = next(surveys)
            survey.assessment_id.state = "submitted"
            survey.state = before[survey] = state
            for role in ("assessor", "assessor 2"):
                self.put_signature(survey, role)
            acts.append(Act(person, survey, method, arguments))
        self.cr.commit()  # pylint: disable=invalid-commit
        answers = self.request_at_once(acts)
        self.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual((answers[0], cycle.state), ("done", "review"))
        for act, answer in zip(acts[1:], answers[1:], strict=True):
            moves = [entry for entry in act.records.message_ids if "→" in entry.body]
            done = answer == "done"
            self.assertEqual(act.records.state != before[act.records], done, (act, answer))
            self.assertEqual(len(moves), done, (act, answer))

    def test_a_year_is_published_once_and_as_it_was_approved(self):
        """While others approve, publish, record an incident, and go back to filling."""
        for _attempt in range(3):
            type(self).year += 1
            cycle = self.play_review()
            incident = self.record_incident("昭化", "leak", f"{self.year}-06-01")
            cycle.with_user(self.users["head"]).action_approve()
            new = {
                "unit_id": self.own_unit.id,
                "kind": "network_security",
                "date": f"{self.year}-06-02",
                "description": "查",
                "decision": "通报",
            }
            self.cr.commit()  # pylint: disable=invalid-commit
            acts = [
                Act("division", cycle, "action_publish"),
                Act("division 2", cycle, "action_publish"),
                Act("division 2", self.env["it.kpi.incident"], "create", ([new],)),
                Act("division", incident, "action_lift", LIFTED),
                Act("head 2", cycle, "action_approve"),
                Act("division 2", cycle, "action_resume", REASON),
            ]
            answers = self.request_at_once(acts)
            self.cr.rollback()
            self.env.invalidate_all()
            published = answers[:2].count("done")
            self.assertEqual(len(cycle.publication_ids), published, answers)
            self.assertLessEqual(published, 1, answers)
            if published:
                self.assertEqual(cycle.state, "published")
                # Only a year under way has live scores to compare.
                cycle.with_user(self.users["division"]).action_revise("核对")
                self.assertFalse(cycle._count_differing_rows(), answers)
