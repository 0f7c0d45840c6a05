from datetime import timedelta

from odoo import fields, models


class ItKpiDemo(models.AbstractModel):
    """Surveys: who carries them out, what they find and who signs them."""

    _inherit = "it.kpi.demo"

    def _load_survey(self, survey, row):
        """Assign and fill the survey; some are confirmed, some wait for a signature."""
        survey.assessor_ids = survey.assessor_ids.union(
            *(self._get("user", name) for name in row.get("assessors", ()))
        )
        self._fill(survey, row.get("survey", ""))
        yesterday = fields.Datetime.now() - timedelta(days=1)
        if row.get("confirmed"):
            self._confirm(survey, yesterday)
        elif "signed" in row:
            survey.visit_date = yesterday.date() - timedelta(days=2)
            for name in row["signed"]:
                self._sign_survey(survey, self._get("user", name), yesterday)

    def _choose_assessors(self, unit):
        return self._get("user", "assessor") + self._get("user", "assessor2") - unit.member_ids

    def _confirm(self, survey, moment):
        head = self._get("user", "head")
        self._give_gap_reasons(survey)
        survey.visit_date = moment.date() - timedelta(days=2)
        for assessor in survey.assessor_ids:
            self._sign_survey(survey, assessor, moment - timedelta(days=1))
        self._sign_survey(survey, head, moment, is_head=True)
        survey.write({"state": "confirmed", "confirmed_by_id": head.id, "confirmed_at": moment})

    def _give_gap_reasons(self, survey):
        """Write down why a grade is far from the unit's own, where the rubric asks for it."""
        reasons = self._read_demo()["gap_reasons"]
        for line in survey.line_ids.filtered("lacks_reason"):
            line.remark = reasons[line.indicator_id.code]

    def _sign_survey(self, survey, user, moment, is_head=False):
        survey.signature_ids.create(
            {
                "form_id": survey.id,
                "user_id": user.id,
                "name": user.name,
                "is_head": is_head,
                "signature": self._draw_signature(user.name),
                "signed_at": moment,
            }
        )
