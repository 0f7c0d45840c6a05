"""A published year that is taken up again, and what it is compared with."""

from ..helpers.common import EXAMPLE, POINTS, RATIOS, SIGNATURE, BureauCase
from ..helpers.reference_scorer import Unit, Year

LEAK_ROW = 9
# 利州 gives itself a B in place of an A on row 4, which moves the mean that 昭化 gets there.
CORRECTED = {**EXAMPLE, "利州": ("ABABBAABAABABAAB", EXAMPLE["利州"][1])}


class RevisionCase(BureauCase):
    """The published example year; reporter and leader are of 利州, the head is of 青川."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.get_unit("青川").member_ids += cls.users["head"]
        cls.cycle = cls.example_year()
        cls.first = cls.publish(cls.cycle)
        cls.incident = cls.env["it.kpi.incident"].search(
            [("year", "=", 2099), ("kind", "=", "network_security")]
        )

    def setUp(self):
        super().setUp()
        self.division, self.head = (self.as_role(r, self.cycle) for r in ("division", "head"))

    def revise(self):
        """Take the year up again and go back to filling."""
        self.division.action_revise("申诉成立")
        self.division.action_resume("退回更正")

    def correct(self, extended_until=None):
        """Return row 4 of 利州, have it filed again with a B, and lift the incident of 旺苍."""
        form = self.get_form(self.cycle, "利州")
        line = form.line_ids[3]
        self.as_role("division", form).action_return({line.id: "依据不足"}, extended_until)
        grade_b = form.rubric_id.grade_ids.filtered(lambda grade: grade.code == "B")
        self.as_role("reporter", line).grade_id = grade_b
        self.as_role("reporter", form).action_hand_over()
        self.as_role("leader", form).action_submit(SIGNATURE)
        self.as_role("division", self.incident).action_lift("撤销通报〔2099〕2号", "申诉成立")

    def publish_again(self):
        publication = self.publish(self.cycle)
        self.env.invalidate_all()
        return publication

    def snapshot(self, publication):
        """Return all that a publication says, row by row."""
        self.env.invalidate_all()
        lines = publication.result_ids.line_ids
        return publication.result_ids.read(load=None), lines.read(load=None)

    def changes(self, publication, role="division"):
        self.env.invalidate_all()
        rows = self.as_role(role, publication).change_ids
        return {row.unit_id.short_name: row for row in rows}

    def live_changes(self, role="division"):
        self.env.invalidate_all()
        return {row.unit_id.short_name: row for row in self.as_role(role, self.cycle).change_ids}

    def score(self, marks, vetoed=()):
        """Return what the independent scorer makes of these marks."""
        units = {
            name: Unit(
                assessment,
                survey,
                vetoed=name in vetoed,
                zeroed=frozenset({LEAK_ROW} if name == "青川" else ()),
            )
            for name, (assessment, survey) in marks.items()
        }
        return Year(POINTS, RATIOS, units).scores()
