from datetime import datetime

from odoo import Command, models


class ItKpiDemo(models.AbstractModel):
    """The public notice of the earlier year: two units objected, and one of them was right."""

    _inherit = "it.kpi.demo"

    def _propose_with_objections(self, cycle, rows):
        """Open a notice, decide the objections, correct what was upheld, and renew the notice."""
        cycle.rubric_id.write({"notice_days": 3, "objection_days": 5})
        lines = [self._get_objected_line(cycle, row) for row in rows]
        upheld = [
            (line, row, line.grade_id)
            for line, row in zip(lines, rows, strict=True)
            if row["decision"] == "corrected"
        ]
        for line, row, _grade in upheld:
            line.grade_id = self._get_grade(cycle, row["before"])
        first = self._propose(cycle, datetime(cycle.year, 12, 22, 9), 25)
        for row in rows:
            self._create_objection(cycle, first, row)
        for line, _row, grade in upheld:
            line.grade_id = grade
            self._sign_again(line.form_id, datetime(cycle.year, 12, 25, 7))
        self._propose(cycle, datetime(cycle.year, 12, 26, 2), 28, is_renewed=True)

    def _propose(self, cycle, moment, last_day, is_renewed=False):
        """Return a proposed result that is shown until a day in December."""
        cycle.write({"approved_by_id": self._get("user", "head").id, "approved_at": moment})
        until = datetime(cycle.year, 12, last_day, 15, 59, 59)
        division = self._get("user", "division")
        publications = cycle.with_user(division).sudo().publication_ids
        proposal = publications._insert_for(cycle, moment, until, is_renewed)
        proposal._freeze_scores()
        cycle.notice_until = until
        return proposal

    def _sign_again(self, survey, moment):
        """Sign a survey that was corrected: a change voids the signatures below it."""
        for assessor in survey.assessor_ids:
            self._sign_survey(survey, assessor, moment)
        self._sign_survey(survey, self._get("user", "head"), moment, is_head=True)
        survey.confirmed_at = moment

    def _create_objection(self, cycle, proposal, row):
        unit, upheld = self._get("unit", row["unit"]), row["decision"] == "corrected"
        leader, day = unit.leader_ids[:1], (lambda number: datetime(cycle.year, 12, number, 3))
        result = proposal.result_ids.filtered(lambda result: result.unit_id == unit)
        return self.env["it.kpi.objection"].create(
            {
                "result_id": result.id,
                "state": "decided",
                "line_ids": [Command.create(self._prepare_objection_line(result, row))],
                "signature": self._draw_signature(leader.name),
                "signed_by_id": leader.id,
                "signed_at": day(23),
                "received_at": day(23),
                "decided_by_id": self._get("user", "head").id,
                "decided_at": day(24),
                "upheld_count": int(upheld),
                "reopened_at": upheld and day(24),
                "outdated_proposal_id": upheld and proposal.id,
                "carried_out_at": upheld and datetime(cycle.year, 12, 25, 7),
            }
        )

    def _prepare_objection_line(self, result, row):
        line = result.line_ids.filtered(
            lambda line: line.kind == "survey" and line.indicator_id.code == row["indicator"]
        )
        names = ("claim", "reason", "decision", "decision_reason")
        return {"result_line_id": line.id, **{name: row[name] for name in names}}

    def _get_objected_line(self, cycle, row):
        return self._get_form(cycle.survey_ids, row).line_ids.filtered(
            lambda line: line.indicator_id.code == row["indicator"]
        )

    def _get_grade(self, cycle, code):
        return cycle.rubric_id.grade_ids.filtered(lambda grade: grade.code == code)
