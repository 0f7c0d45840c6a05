"""What is shown beside the line that an assessor grades, and to whom."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..helpers.common import BureauCase
from ..helpers.queries import count_queries

FIELDS = (
    "own_mark", "own_explanation", "own_attachment_ids", "lacks_reason",
    "inspection_ids", "incident_ids", "observations",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestSurveyBeside(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle(year=2100)
        cls.sheet = cls.get_form(cls.cycle, "利州", "survey")
        cls.sheet.assessor_ids = cls.users["assessor"]
        cls.assessment = cls.sheet.assessment_id
        cls.fill(cls.assessment, "ABC" + "B" * 12 + "N")
        cls.assessment.state = "submitted"

    def line(self, role="assessor", index=4):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.as_role(role, self.sheet.line_ids[index])

    def inspect(self, short_name="利州", codes=("05",), day="2100-05-01"):
        indicators = self.rubric.indicator_ids
        return self.env["it.kpi.inspection"].create(
            {
                "unit_id": self.get_unit(short_name).id,
                "date": day,
                "finding": "记录缺失",
                "indicator_ids": indicators.filtered(lambda row: row.code in codes).ids,
            }
        )

    def test_the_units_own_line(self):
        file = self.env["ir.attachment"].create({"name": "计划.txt", "raw": b"1"})
        self.assessment.line_ids[0].attachment_ids = file
        line = self.line(index=0)
        self.assertEqual((line.own_mark, line.own_explanation), ("A", "如实说明"))
        self.assertEqual(line.own_attachment_ids, file)
        self.assertEqual(line.own_attachment_ids.name, "计划.txt")
        self.assertEqual(self.line(index=15).own_mark, "N/A")

    def test_what_is_not_filed_stays_the_units_own(self):
        for state in ("returned", "to_sign", "unfiled"):
            self.assessment.state = state
            for role in ("assessor", "head", "division"):
                with self.subTest(role=role, state=state):
                    line = self.line(role)
                    self.assertFalse(line.own_mark or line.own_explanation or line.own_grade_id)

    def test_the_gap_follows_the_mark_before_it_is_saved(self):
        grades = {grade.code: grade for grade in self.cycle.rubric_id.grade_ids}
        line = self.line(index=0)
        with self.env.protecting([]):
            draft = line.new({"grade_id": grades["C"].id}, origin=line)
            self.assertEqual((draft.own_mark, draft.grade_gap), ("A", 2))
            self.assertTrue(draft.lacks_reason)
            draft.remark = "未见文件"
            self.assertFalse(draft.lacks_reason)
            self.assertTrue(draft.is_far_off)

    def test_inspections_of_the_unit_year_and_indicator(self):
        found = self.inspect(codes=("05", "09"))
        self.inspect("昭化")
        self.inspect(day="2101-05-01")
        self.inspect(codes=())
        self.assertEqual(self.line().inspection_ids, found)
        self.assertEqual(self.line().inspection_ids.finding, "记录缺失")
        self.assertEqual(self.line(index=8).inspection_ids, found)
        self.assertFalse(self.line(index=0).inspection_ids)
        self.assertEqual(self.line().observations, "Inspections: 1")

    def test_inspections_named_by_another_version_of_the_rubric(self):
        newer = self.rubric.copy({"version": "新"})
        found = self.inspect()
        found.indicator_ids = newer.indicator_ids[4]
        self.assertEqual(self.line().inspection_ids, found)

    def test_incidents_stand_beside_what_they_zero(self):
        leak = self.record_incident("利州", "leak", "2100-06-01")
        self.record_incident("昭化", "leak", "2100-06-01")
        self.assertEqual(self.line(index=9).incident_ids, leak)
        self.assertFalse(self.line(index=0).incident_ids)
        attack = self.record_incident("利州", "network_security", "2100-07-01")
        self.assertEqual(self.line(index=9).incident_ids, leak | attack)
        self.assertEqual(self.line(index=0).observations, "Incidents: 1")
        (leak | attack).write({"state": "lifted"})
        self.assertFalse(self.line(index=9).incident_ids)

    def test_the_unit_sees_its_marks_but_no_inspection(self):
        self.inspect(day="2100-05-01")
        self.cycle.state = "published"
        line = self.line("reporter")
        self.assertEqual(line.own_mark, "B")
        self.assertFalse(line.observations)
        with self.assertRaises(AccessError):
            line.read(["inspection_ids"])

    def test_the_number_of_queries_does_not_grow_with_the_lines(self):
        for survey in self.cycle.survey_ids:
            survey.assessor_ids = self.users["assessor"]
            survey.assessment_id.state = "submitted"
            self.inspect(survey.unit_id.short_name, codes=("05", "09", "10"))
            self.record_incident(survey.unit_id.short_name, "leak", "2100-06-01")
        few = self.sheet.line_ids
        many = self.cycle.survey_ids.line_ids
        self.count_queries(few)
        self.assertEqual(self.count_queries(many), self.count_queries(few))

    def count_queries(self, lines):
        """Return how many queries it takes an assessor to read all that is shown beside."""
        fresh = self.env[lines._name].with_user(self.users["assessor"]).browse(lines.ids)
        return count_queries(self.env, lambda: fresh.read(FIELDS))
