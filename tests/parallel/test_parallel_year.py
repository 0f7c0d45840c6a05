"""Two people at the year as a whole: the outcome is that of one after the other.

See ``parallel.py`` for how two acts meet, and ``parallel_year.py`` for what is compared.
"""

from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.models.cycle import it_kpi_cycle_opening

from ..helpers.parallel import Act
from ..helpers.parallel_year import REASON, SIGNED, ParallelYear

LIFTED = ("撤销通报〔2099〕2号", "经复核不成立")
# Units without people are opened for all the same.
OPEN = ("action_open", (True,))


@tagged("post_install", "-at_install")
class TestParallelYear(ParallelYear):
    def test_a_year_is_opened_twice(self):
        def prepare():
            cycle = self.make_cycle()
            return Act("division", cycle, *OPEN), Act("division 2", cycle, "action_open", (True,))

        self.check_acts(prepare)

    def test_a_year_is_opened_while_a_unit_leaves(self):
        def prepare():
            cycle = self.make_cycle()
            leave = [Command.unlink(self.own_unit.id)]
            return (
                Act("division", cycle, *OPEN),
                Act("division 2", cycle, "write", ({"unit_ids": leave},)),
            )

        self.check_acts(prepare)

    def test_a_year_is_opened_while_it_is_thrown_away(self):
        def prepare():
            cycle = self.make_cycle()
            return Act("division", cycle, *OPEN), Act("division 2", cycle, "unlink")

        self.check_acts(prepare)

    def test_a_large_year_is_asked_to_be_opened_twice_or_changed_meanwhile(self):
        def open_twice():
            cycle = self.make_cycle()
            return Act("division", cycle, *OPEN), Act("division 2", cycle, "action_open", (True,))

        def change_meanwhile():
            cycle = self.make_cycle()
            leave = {"unit_ids": [Command.unlink(self.own_unit.id)]}
            return Act("division", cycle, *OPEN), Act("division 2", cycle, "write", (leave,))

        with patch.object(it_kpi_cycle_opening, "OPENED_AT_ONCE", 0):
            for prepare in (open_twice, change_meanwhile):
                self.check_acts(prepare)
                jobs = self.env["it.kpi.job"].search([])
                self.assertEqual(len(jobs.cycle_id), len(jobs), "one for each year")
                jobs.unlink()

    def test_two_units_join_at_once(self):
        def prepare():
            self.play_open()
            joining = [self.get_unit(name).ids for name in ("朝天", "旺苍")]
            return [
                Act(person, self.cycle, "action_add_units", (ids, *REASON))
                for person, ids in zip(("division", "division 2"), joining, strict=True)
            ]

        self.check_acts(prepare)

    def test_a_unit_joins_while_the_review_starts(self):
        def prepare():
            self.play_open("submitted", survey_state="confirmed")
            return (
                Act("division", self.cycle, "action_start_review", REASON),
                Act(
                    "division 2",
                    self.cycle,
                    "action_add_units",
                    (self.get_unit("朝天").ids, *REASON),
                ),
            )

        self.check_acts(prepare)

    def test_a_unit_is_withdrawn_while_the_year_is_published_or_approved(self):
        """Whichever comes first, no unit is ranked in a year that it was withdrawn from."""
        for person, method, approved in (
            ("division", "action_publish", True),
            ("head", "action_approve", False),
        ):

            def prepare(person=person, method=method, approved=approved):
                cycle = self.play_review(approved)
                form = self.get_form(cycle, "利州")
                withdrawal = Act("division 2", form, "action_withdraw", (*REASON, "广编办3号"))
                return Act(person, cycle, method), withdrawal

            self.check_acts(prepare)

    def check_while_review_starts(self, get_act, **options):
        def prepare():
            form, survey = self.play_open(**options)
            review = Act("division", self.cycle, "action_start_review", REASON)
            return review, get_act(form, survey)

        self.check_acts(prepare)

    def test_the_review_starts_while_a_mark_is_saved(self):
        self.check_while_review_starts(
            lambda form, survey: self.mark("reporter", form.line_ids[0], "A")
        )
        self.check_while_review_starts(
            lambda form, survey: self.mark("assessor", survey.line_ids[0], "A"), state="submitted"
        )

    def test_the_review_starts_while_a_form_is_filed(self):
        self.check_while_review_starts(
            lambda form, survey: Act("leader", form, "action_submit", SIGNED), state="to_sign"
        )
        self.check_while_review_starts(
            lambda form, survey: Act("head", survey, *self.get_signing(survey, "draft")),
            state="submitted",
        )

    def test_the_review_starts_while_a_survey_is_reopened(self):
        self.check_while_review_starts(
            lambda form, survey: Act("head", survey, "action_reopen", REASON),
            state="submitted",
            survey_state="confirmed",
        )

    def test_the_review_starts_while_a_form_is_extended(self):
        self.check_while_review_starts(
            lambda form, survey: Act(
                "division 2",
                form,
                "action_extend",
                (f"{form.cycle_id.year}-12-31 00:00:00", "补报"),
            )
        )

    def check_in_review(self, first, get_act, approved=True):
        """Try an act of the review against another one."""

        def prepare():
            cycle = self.play_review(approved)
            return Act(first[0], cycle, first[1]), get_act(cycle)

        return self.check_acts(prepare)

    def record_incident_of(self, cycle):
        incident = {
            "unit_id": self.own_unit.id,
            "kind": "network_security",
            "date": f"{self.year}-06-01",
            "description": "查",
            "decision": "通报",
        }
        return Act("division 2", self.env["it.kpi.incident"], "create", ([incident],))

    def test_a_year_is_published_twice(self):
        self.check_in_review(
            ("division", "action_publish"), lambda cycle: Act("division 2", cycle, "action_publish")
        )

    def test_a_year_is_approved_while_it_goes_back_to_filling(self):
        self.check_in_review(
            ("head", "action_approve"),
            lambda cycle: Act("division", cycle, "action_resume", REASON),
            approved=False,
        )

    def test_a_year_is_published_while_it_goes_back_to_filling(self):
        self.check_in_review(
            ("division", "action_publish"),
            lambda cycle: Act("division 2", cycle, "action_resume", REASON),
        )

    def test_a_year_is_published_while_a_mark_is_saved_or_a_survey_reopened(self):
        """Both are refused in the review, in either order."""
        for get_act in (
            lambda cycle: self.mark("reporter", self.get_form(cycle, "利州").line_ids[0], "D"),
            lambda cycle: self.mark(
                "assessor", self.get_form(cycle, "利州", "survey").line_ids[0], "D"
            ),
            lambda cycle: Act(
                "head", self.get_form(cycle, "利州", "survey"), "action_reopen", REASON
            ),
        ):
            self.check_in_review(("division", "action_publish"), get_act)

    def test_forms_are_opened_again_while_the_year_is_closed_and_published(self):
        """What began while the year was open must not end in a year that is published."""
        reasons = [("unfiled", "action_withdraw_unfiled"), ("submitted", "action_reopen"),
                   ("submitted", "action_return")]  # fmt: skip
        for state, method in reasons:

            def prepare(state=state, method=method):
                form, survey = self.play_open(state, survey_state="confirmed")
                forms = {
                    "action_withdraw_unfiled": Act("division 2", form, method, REASON),
                    "action_reopen": Act("head 2", survey, method, REASON),
                    "action_return": Act(
                        "division 2", form, method, ({str(form.line_ids[0].id): "补充"},)
                    ),
                }
                publish = [
                    Act("division", self.cycle, "action_start_review", REASON),
                    Act("head", self.cycle, "action_approve"),
                    Act("division", self.cycle, "action_publish"),
                ]
                return publish, forms[method]

            self.check_acts(prepare, overlapping=False)

    def check_revision(self, state, first, get_act):
        """Try an act on a published year, or on its revision, against another one."""

        def prepare():
            cycle = self.play_published()
            if state == "review":
                cycle.with_user(self.users["division"]).action_revise("申诉成立")
                cycle.with_user(self.users["head"]).action_approve()
            return Act("division", cycle, first, REASON), get_act(cycle)

        self.check_acts(prepare)

    def test_a_published_year_is_revised_twice(self):
        self.check_revision(
            "published",
            "action_revise",
            lambda cycle: Act("division 2", cycle, "action_revise", REASON),
        )

    def test_a_published_year_is_revised_while_it_is_archived(self):
        self.check_revision(
            "published",
            "action_revise",
            lambda cycle: Act("division 2", cycle, "action_archive_cycle"),
        )

    def test_a_published_year_is_revised_while_orders_are_drawn_up(self):
        self.check_revision(
            "published",
            "action_revise",
            lambda cycle: Act("division 2", cycle, "action_draw_up_orders"),
        )

    def test_a_revision_is_dropped_while_it_is_published(self):
        self.check_revision(
            "review",
            "action_drop_revision",
            lambda cycle: Act("division 2", cycle, "action_publish"),
        )

    def test_a_revision_is_dropped_while_an_incident_is_recorded(self):
        self.check_revision("review", "action_drop_revision", self.record_incident_of)

    def test_marks_are_saved_while_the_year_goes_back_to_filling(self):
        def prepare():
            cycle = self.play_review()
            form = self.get_form(cycle, "利州")
            form.state = "draft"
            return (
                Act("division", cycle, "action_resume", REASON),
                self.mark("reporter", form.line_ids[0], "A"),
            )

        self.check_acts(prepare)

    def test_an_incident_is_recorded_while_the_year_is_approved_or_published(self):
        self.check_in_review(("head", "action_approve"), self.record_incident_of, approved=False)
        self.check_in_review(("division", "action_publish"), self.record_incident_of)

    def test_an_incident_is_lifted_while_the_year_is_published(self):
        def prepare():
            self.play_open("submitted", survey_state="confirmed")
            incident = self.record_incident("利州", "leak", f"{self.year}-06-01")
            self.cycle.with_user(self.users["division"]).action_start_review("按期转入")
            self.cycle.with_user(self.users["head"]).action_approve()
            return (
                Act("division", self.cycle, "action_publish"),
                Act("division 2", incident, "action_lift", LIFTED),
            )

        self.check_acts(prepare)

    def test_an_incident_is_lifted_twice(self):
        def prepare():
            self.play_open()
            incident = self.record_incident("利州", "leak", f"{self.year}-06-01")
            return [
                Act(person, incident, "action_lift", (person, person))
                for person in ("division", "division 2")
            ]

        self.check_acts(prepare)

    def test_an_incident_is_changed_while_it_is_lifted(self):
        def prepare():
            self.play_open()
            incident = self.record_incident("利州", "leak", f"{self.year}-06-01")
            return (
                Act("division", incident, "action_lift", LIFTED),
                Act("division 2", incident, "action_correct", ({"decision": "改"}, *LIFTED)),
            )

        self.check_acts(prepare)
