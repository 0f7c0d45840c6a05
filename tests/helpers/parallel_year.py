"""A small year for two users at once: how a test creates it, and its state afterwards.

What is compared is everything: states, marks, reasons, the log, incidents, results, orders; and
what each of the two was shown.
"""

from odoo import Command

from .common import SIGNATURE
from .parallel import Act, ParallelCase

UNITS = ("利州", "昭化")
REASON = ("经核查",)
SIGNED = (SIGNATURE,)


class ParallelYear(ParallelCase):
    """Two units and a second person of most roles; the acts are on 利州."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["leader 2"] = cls.new_user("leader", "test_leader_2")
        cls.users["assessor 2"] = cls.new_user("assessor", "test_assessor_2")
        cls.users["head 2"] = cls.new_user("head", "test_head_2")
        cls.users["division 2"] = cls.new_user("division", "test_division_2")
        cls.own_unit.leader_ids += cls.users["leader 2"]
        cls.rubric = cls.make_small_rubric()
        cls.cr.commit()

    # What a test begins with.

    @classmethod
    def make_small_rubric(cls):
        """Return a rubric of one dimension, which is soon copied for a year."""
        rubric = cls.rubric.copy({"version": "小"})
        kept = rubric.veto_ids.indicator_id.dimension_id
        (rubric.dimension_ids - kept).unlink()
        rubric.write({"full_points": kept.points, "state": "effective"})
        return rubric

    def make_cycle(self):
        values = {"year": self.year, "source_rubric_id": self.rubric.id}
        units = self.units.filtered(lambda unit: unit.short_name in UNITS)
        self.cycle = self.env["it.kpi.cycle"].create({**values, "unit_ids": units.ids})
        return self.cycle

    def play_open(self, state="draft", mark="B", survey_state="draft", signed=True):
        """Open a year whose forms are filled; return form and survey of 利州."""
        cycle = self.make_cycle()
        cycle.with_user(self.users["division"]).action_open(accepted=True)
        assessors = self.users["assessor"] + self.users["assessor 2"]
        self.grades = {grade.code: grade.id for grade in cycle.rubric_id.grade_ids}
        filled = {"grade_id": self.grades[mark]}
        cycle.assessment_ids.line_ids.write({**filled, "explanation": "如实说明"})
        cycle.survey_ids.line_ids.write(filled)
        cycle.assessment_ids.state = state
        cycle.survey_ids.write(
            {
                "assessor_ids": assessors.ids,
                "state": survey_state,
                "visit_date": f"{self.year}-11-20",
            }
        )
        for survey in cycle.survey_ids if signed else ():
            for role in ("assessor", "assessor 2"):
                self.put_signature(survey, role)
        return self.get_form(cycle, "利州"), self.get_form(cycle, "利州", "survey")

    def play_review(self, approved=True):
        self.play_open("submitted", survey_state="confirmed")
        self.cycle.with_user(self.users["division"]).action_start_review("按期转入")
        if approved:
            self.cycle.with_user(self.users["head"]).action_approve()
        return self.cycle

    def play_published(self):
        self.play_review().with_user(self.users["division"]).action_publish()
        return self.cycle

    def play_order(self, state):
        """Return an order of 利州 in a state, complete, with a measure."""
        self.play_open("submitted", "D", "confirmed")
        self.publish(self.cycle).with_user(self.users["division"]).action_draw_up_orders()
        order = self.orders.filtered(lambda order: order.unit_id == self.own_unit)
        order.verifier_id = self.users["assessor"]
        measure = {
            "name": "整改",
            "owner": "某人",
            "due_date": order.report_until,
            "weakness_ids": order.weakness_ids.ids,
            "done": state != "issued",
        }
        order.measure_ids = [Command.create(measure)]
        order.write({"state": state, "report": "报", "effectiveness": "好"})
        return order

    @property
    def orders(self):
        return self.env["it.kpi.rectification"].search([("cycle_id", "=", self.cycle.id)])

    def mark(self, person, line, code, **values):
        """Return the act of giving a line a grade, or of clearing it."""
        return Act(person, line, "write", ({"grade_id": self.grades.get(code), **values},))

    def get_signing(self, survey, state):
        """Return what confirms or reopens a survey."""
        return ("action_confirm", SIGNED) if state == "draft" else ("action_reopen", REASON)

    # What a test ends with.

    def describe(self):
        """Return all that the year came to."""
        facts = [("year", "=", self.year)]
        records = [
            (self.cycle.exists(), ["state", "approved_by_id", "unit_ids", "deadline"]),
            (self.cycle.exists().assessment_ids, ["state", "unfiled_reason", "signed_by_id",
                                                  "extended_until", "version"]),
            (self.cycle.exists().survey_ids, ["state", "assessor_ids", "confirmed_by_id"]),
            (self.cycle.exists().survey_ids.signature_ids, ["name", "is_head"]),
            (self.env["it.kpi.incident"].search(facts, order="id"), ["kind", "state", "decision"]),
            (self.cycle.exists().publication_ids, ["revision"]),
            (self.orders, ["number", "state", "report", "effectiveness"]),
        ]  # fmt: skip
        return "\n".join(
            [
                *(text for found, names in records for text in self.describe_each(found, names)),
                *self.describe_lines(),
                *self.describe_results(),
                *self.describe_measures(),
            ]
        )

    def describe_each(self, records, names):
        for record in records:
            [values] = record.read(names)
            del values["id"]
            entries = getattr(record, "message_ids", ())
            log = sorted(f"{entry.author_id.name}: {entry.body}" for entry in entries)
            yield f"{record.display_name}: {values} {log}"

    def describe_lines(self):
        for form in (*self.cycle.exists().assessment_ids, *self.cycle.exists().survey_ids):
            for line in form.line_ids:
                mark = line.grade_id.code or line.not_applicable
                yield f"{form._name} {line.indicator_id.code} {mark} {line.score} {line.remark}"
                yield f"{len(line.attachment_ids)} files"
                if "explanation" in line._fields:
                    yield f"{line.explanation} {line.returned} {line.return_reason}"

    def describe_results(self):
        for result in self.cycle.exists().publication_ids.result_ids:
            yield f"{result.unit_id.name} {result.final} {result.rank} {result.vetoed}"
            yield str([(line.kind, line.score) for line in result.line_ids])

    def describe_measures(self):
        for measure in self.orders.measure_ids:
            yield f"{measure.order_id.number} {measure.name} {measure.done} {measure.remark}"

    def check_acts(self, prepare, **options):
        return self.check(prepare, self.describe, **options)
