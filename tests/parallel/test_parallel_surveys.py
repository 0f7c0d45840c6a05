"""Two people at a survey and its signatures: the outcome is that of one after the other.

See ``parallel.py`` for how two acts meet, and ``parallel_year.py`` for what is compared.
"""

from odoo.tests import tagged

from ..helpers.parallel import Act
from ..helpers.parallel_year import REASON, SIGNED, ParallelYear


@tagged("post_install", "-at_install")
class TestParallelSurveys(ParallelYear):
    def check_while_confirming(self, get_act, state="draft"):
        def prepare():
            survey = self.play_open("submitted", survey_state=state)[1]
            method, arguments = self.get_signing(survey, state)
            return Act("head", survey, method, arguments), get_act(survey)

        self.check_acts(prepare)

    def test_a_survey_is_confirmed_while_a_mark_is_cleared(self):
        self.check_while_confirming(lambda survey: self.mark("assessor", survey.line_ids[0], None))

    def test_a_survey_is_confirmed_while_a_reason_is_cleared(self):
        def prepare():
            form, survey = self.play_open("submitted")
            line = survey.line_ids[0]
            line.write({"grade_id": self.grades["D"], "remark": "相差大"})
            return (
                Act("head", survey, *self.get_signing(survey, "draft")),
                Act("assessor", line, "write", ({"remark": ""},)),
            )

        self.check_acts(prepare)

    def test_a_survey_is_confirmed_twice(self):
        self.check_while_confirming(
            lambda survey: Act("head 2", survey, *self.get_signing(survey, "draft"))
        )

    def test_a_survey_is_reopened_twice(self):
        self.check_while_confirming(
            lambda survey: Act("head 2", survey, "action_reopen", REASON), "confirmed"
        )

    def test_a_survey_is_confirmed_while_its_assessors_leave(self):
        self.check_while_confirming(
            lambda survey: Act("head 2", survey, "action_reassign", ([], *REASON))
        )

    def test_a_survey_is_confirmed_while_its_form_is_returned(self):
        def get_act(survey):
            form = survey.assessment_id
            reasons = {str(form.line_ids[0].id): "补充"}
            return Act("division", form, "action_return", (reasons,))

        self.check_while_confirming(get_act)

    def test_a_survey_is_confirmed_while_not_filed_is_withdrawn(self):
        def prepare():
            form, survey = self.play_open("unfiled")
            return (
                Act("head", survey, *self.get_signing(survey, "draft")),
                Act("division", form, "action_withdraw_unfiled", REASON),
            )

        self.check_acts(prepare)

    def test_a_mark_is_made_while_the_form_is_returned(self):
        def prepare():
            form, survey = self.play_open("submitted")
            reasons = {str(form.line_ids[0].id): "补充"}
            return (
                self.mark("assessor", survey.line_ids[0], "C"),
                Act("division", form, "action_return", (reasons,)),
            )

        self.check_acts(prepare)

    def check_signing(self, get_act, signed=False):
        def prepare():
            survey = self.play_open("submitted", signed=signed)[1]
            return Act("assessor", survey, "action_sign", SIGNED), get_act(survey)

        self.check_acts(prepare)

    def test_two_assessors_sign_at_once(self):
        self.check_signing(lambda survey: Act("assessor 2", survey, "action_sign", SIGNED))

    def test_an_assessor_signs_twice(self):
        self.check_signing(lambda survey: Act("assessor", survey, "action_sign", SIGNED))

    def test_an_assessor_signs_while_another_one_changes_a_mark(self):
        self.check_signing(lambda survey: self.mark("assessor 2", survey.line_ids[0], "C"))

    def test_an_assessor_signs_while_being_unassigned(self):
        rest = self.users["assessor 2"].ids
        self.check_signing(lambda survey: Act("head", survey, "action_reassign", (rest, *REASON)))

    def test_an_assessor_signs_while_the_day_of_the_visit_changes(self):
        self.check_signing(
            lambda survey: Act(
                "assessor 2", survey, "write", ({"visit_date": f"{self.year}-10-01"},)
            )
        )

    def test_a_survey_is_confirmed_while_a_signature_is_withdrawn(self):
        self.check_while_confirming(
            lambda survey: Act("assessor", survey, "action_withdraw_signature")
        )

    def test_a_survey_is_confirmed_while_a_mark_changes(self):
        self.check_while_confirming(lambda survey: self.mark("assessor", survey.line_ids[0], "C"))

    def test_a_survey_is_confirmed_while_somebody_else_is_assigned(self):
        self.check_while_confirming(
            lambda survey: Act(
                "head 2",
                survey,
                "action_reassign",
                ((survey.assessor_ids | self.users["head 2"]).ids, *REASON),
            )
        )
