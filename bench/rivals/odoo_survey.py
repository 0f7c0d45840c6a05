from ..rows import insert, pair
from .rival import RivalInOdoo
from .year import RATIOS

COMPUTED = ("scoring_percentage", "scoring_total")


class OdooSurvey(RivalInOdoo):
    """Odoo's survey computes the points of all forms, each an answered survey of 16 questions.

    As far as it can: it counts 无此项 as 0 and knows no mean over others, so it has neither final
    nor ranking, and ties no two forms to a unit. Its totals of forms without 无此项 are ours.
    """

    name = "Odoo's survey, points of all forms alone"
    most_size = 1000

    def fill_database(self):
        with self.acting() as env:
            self.forms = dict(zip(self.year.marks, self.fill(env), strict=True))

    def fill(self, env):
        """Return the ids of the answered surveys, in the order of the year's marks."""
        survey = env["survey.survey"].create(
            {"title": "附件2", "scoring_type": "scoring_without_answers"}
        )
        questions = env["survey.question"].create(
            [
                {
                    "survey_id": survey.id,
                    "title": str(number),
                    "question_type": "simple_choice",
                    "suggested_answer_ids": [
                        (0, 0, {"value": code, "answer_score": points * ratio / 10000})
                        for code, ratio in RATIOS.items()
                    ],
                }
                for number, points in enumerate(self.year.points)
            ]
        )
        env.flush_all()
        count = len(self.year.marks)
        forms = insert(
            env,
            "survey_user_input",
            survey_id=[survey.id] * count,
            state=["done"] * count,
            access_token=[f"{survey.id}-{number}" for number in range(count)],
        )
        self.answer(env, survey, questions, forms)
        return forms

    def answer(self, env, survey, questions, forms):
        answers = [
            {answer.value: answer for answer in question.suggested_answer_ids}
            for question in questions
        ]
        chosen = [
            answers[number].get(code)
            for codes in self.year.marks.values()
            for number, code in enumerate(codes)
        ]
        every = [form for form in forms for _question in questions]
        pair(
            env,
            env["survey.user_input"]._fields["predefined_question_ids"].relation,
            ("survey_user_input_id", "survey_question_id"),
            every,
            questions.ids * len(forms),
        )
        insert(
            env,
            "survey_user_input_line",
            survey_id=[survey.id] * len(chosen),
            user_input_id=every,
            question_id=questions.ids * len(forms),
            skipped=[not answer for answer in chosen],
            answer_type=[answer and "suggestion" for answer in chosen],
            suggested_answer_id=[answer and answer.id for answer in chosen],
            answer_score=[answer.answer_score if answer else 0 for answer in chosen],
        )

    def score(self):
        """Return the totals in hundredths, by form."""
        with self.acting() as env:
            forms = env["survey.user_input"].browse(self.forms.values())
            for name in COMPUTED:
                env.add_to_compute(forms._fields[name], forms)
            forms.flush_recordset()
            totals = {form.id: round(form.scoring_total * 100) for form in forms}
        return {key: totals[form] for key, form in self.forms.items()}

    def check(self):
        """Raise an AssertionError if a total that survey can know is not ours."""
        totals = self.score()
        complete = [key for key, codes in self.year.marks.items() if all(codes)]
        assert complete, f"{self.name}: no form without 无此项"
        for key in complete:
            assert totals[key] == self.year.totals[key], f"{self.name}: {key} differs from ours"
