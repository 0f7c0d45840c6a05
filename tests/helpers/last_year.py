"""A year after a published one, whose lines recall the last."""

from .common import BureauCase

# What a line shows of last year.
FIELDS = [
    "last_year", "last_own_mark", "last_mark", "last_explanation", "last_remark",
    "last_year_note", "open_rectification", "rectification_progress",
]  # fmt: skip


class LastYearCase(BureauCase):
    """2099 is published, its last units rectify; 2100 is open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.last = cls.example_year()
        cls.get_form(cls.last, "利州").line_ids[3].explanation = "计划按月推进"
        cls.get_form(cls.last, "利州", "survey").line_ids[3].remark = "台账不全"
        cls.publish(cls.last)
        cls.cycle = cls.open_cycle(year=2100)
        for survey in cls.cycle.survey_ids - cls.get_form(cls.cycle, "昭化", "survey"):
            survey.assessor_ids = cls.users["assessor"]

    def line(self, role="reporter", index=3, name="利州", kind="assessment", cycle=None):
        """Return a line of a form as a role reads it, nothing cached."""
        self.env.flush_all()
        self.env.invalidate_all()
        return self.as_role(role, self.get_form(cycle or self.cycle, name, kind).line_ids[index])

    def revise(self):
        """Return a revision of the published year with a D in place of the B, in preparation."""
        graded = self.get_form(self.last, "利州", "survey").line_ids[3]
        graded.grade_id = self.last.rubric_id.grade_ids[3]
        graded.remark = "改了"
        self.last.state = "review"
        revision = self.last._create_publication("2099-12-31 00:00:00")
        revision._freeze_scores()
        return revision
