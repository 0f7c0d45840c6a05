"""The worked example, from which a unit withdraws."""

from ..helpers.common import EXAMPLE, BureauCase
from ..helpers.year import score_year

REASON, DECISION = "并入市局", "广编办〔2099〕3号"
INCIDENTS = {"vetoed": ("旺苍",), "leaked": ("青川",)}
NUMBERS = ("assessment_total", "survey_total", "before_veto", "final", "rank", "is_last")


class WithdrawalCase(BureauCase):
    """The worked example, open and filed; 朝天 was merged, the users belong to 利州."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()
        cls.form = cls.get_form(cls.cycle, "朝天")
        cls.survey = cls.get_form(cls.cycle, "朝天", "survey")
        cls.division = cls.cycle.with_user(cls.users["division"])

    def expect(self, *withdrawn):
        """Return what the independent scorer makes of the example without these units."""
        marks = {name: pair for name, pair in EXAMPLE.items() if name not in withdrawn}
        return score_year(marks, **INCIDENTS)

    def assertRanked(self, scores, expected):
        found = {
            score.unit_id.short_name: (*(f"{score[n]:.2f}" for n in NUMBERS[:4]),
                                       score.rank, score.is_last)
            for score in scores._filter_ranked()
        }  # fmt: skip
        wanted = {
            name: (*(f"{getattr(score, n):.2f}" for n in NUMBERS[:4]), score.rank, score.is_last)
            for name, score in expected.items()
        }
        self.assertEqual(found, wanted)

    def live(self):
        self.env.invalidate_all()
        return self.env["it.kpi.ranking"].search([("cycle_id", "=", self.cycle.id)])

    def get_result(self, publication, name="朝天"):
        return publication.result_ids.filtered(lambda row: row.unit_id.short_name == name)

    def log(self, record):
        return "".join(record.message_ids.mapped("body"))
