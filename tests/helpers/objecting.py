"""A year whose approved result is shown before it is published, and objections to it."""

from datetime import timedelta

from odoo import Command, fields

from .common import SIGNATURE, BureauCase

NOTICE_DAYS = 5


class NoticeOfResultCase(BureauCase):
    """The worked example in the public notice; the users belong to 利州, the head to no unit."""

    notice_scope = "own"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rubric.write({"notice_days": NOTICE_DAYS, "notice_scope": cls.notice_scope})
        cls.cycle = cls.example_year()
        cls.cycle.survey_ids.write({"assessor_ids": [Command.set(cls.users["assessor"].ids)]})
        cls.cycle.survey_ids.visit_date = f"{cls.cycle.year}-11-20"
        cls.division = cls.cycle.with_user(cls.users["division"])
        cls.head = cls.cycle.with_user(cls.users["head"])
        cls.division.action_start_review()
        cls.head.action_approve()
        cls.division.action_propose()

    @classmethod
    def end_notice(cls):
        """Let the clock pass the end of the notice."""
        cls.cycle.sudo().notice_until = fields.Datetime.now() - timedelta(hours=1)

    @classmethod
    def get_result(cls, short_name="利州", publication=None):
        """Return the result of a unit in a publication, by default in the proposed one."""
        rows = (publication or cls.cycle.proposal_id).result_ids
        return rows.filtered(lambda row: row.unit_id.short_name == short_name)

    @classmethod
    def object(cls, result, *lines, state="draft"):
        """Return an objection to these lines of a result, each ``(kind, number)``, in a state."""
        objection = cls.env["it.kpi.objection"].create({"result_id": result.id})
        for kind, number in lines:
            row = result.line_ids.filtered(lambda line, kind=kind: line.kind == kind)[number - 1]
            objection.line_ids = [
                Command.create(
                    {"result_line_id": row.id, "claim": "请更正为A", "reason": "有印发的文件"}
                )
            ]
        objection.state = state
        return objection

    @classmethod
    def decide(cls, objection, *decisions):
        """Let the head decide the lines of a received objection in their order."""
        seen = objection.with_user(cls.users["head"])
        for line, decision in zip(seen.decision_ids, decisions, strict=True):
            line.write({"decision": decision, "decision_reason": "经复核现场记录"})
        seen.action_decide()

    @classmethod
    def uphold(cls, short_name="利州", *lines):
        """Return an objection that the head upheld in all its lines."""
        lines = lines or (("survey", 2),)
        objection = cls.object(cls.get_result(short_name), *lines, state="received")
        cls.decide(objection, *["corrected"] * len(lines))
        return objection

    @classmethod
    def correct(cls, short_name="利州", grade="D"):
        """Let the assessor give the reopened lines of a survey a grade, and the head confirm."""
        survey = cls.get_form(cls.cycle, short_name, "survey")
        lines = survey.line_ids.filtered("in_correction").with_user(cls.users["assessor"])
        lines.write({"grade_id": cls.get_grade(grade).id, "remark": "复核后更正"})
        survey.with_user(cls.users["assessor"]).action_sign(SIGNATURE)
        survey.with_user(cls.users["head"]).action_confirm(SIGNATURE)

    @classmethod
    def get_grade(cls, code):
        return cls.cycle.rubric_id.grade_ids.filtered(lambda grade: grade.code == code)

    @classmethod
    def get_marks(cls):
        """Return the marks of all lines of all forms of the year."""
        return {
            line: (line.grade_id, line.not_applicable)
            for kind in ("assessment", "survey")
            for line in cls.cycle[f"{kind}_ids"].line_ids
        }
