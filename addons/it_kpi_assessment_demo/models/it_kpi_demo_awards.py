from odoo import Command, models

# 等次 of units, and the coefficient by which each shares in the funds.
GRADES = {"优秀": (85, 1.2), "良好": (75, 1), "合格": (60, 0.8), "不合格": (0, 0)}
POOL = 500_000  # yuan


class ItKpiDemo(models.AbstractModel):
    """What follows from the published year: grades, commendation and funds, as settings allow.

    They are settings of this year's copy of the rubric; the regulation's own rubric has none.
    """

    _inherit = "it.kpi.demo"

    def _set_up_awards(self, rubric):
        """Grade the units, the best grade for a fifth of them, and have both proposals made."""
        rubric.write(
            {
                "band_ids": [
                    Command.create({"name": name, "threshold": least})
                    for name, (least, _coefficient) in GRADES.items()
                ],
                "quota_kind": "percent",
                "quota": 20,
                "veto_bar": "best",
                "unfiled_bar": "lowest",
                "commended": "band",
                "proposes_funds": True,
            }
        )

    def _propose_awards(self, publication):
        """Draw up both proposals on a publication as the division, approved by the leadership."""
        division = publication.with_user(self._get("user", "division"))
        commendation = self.env["it.kpi.commendation"].with_env(division.env)._draw_up(division)
        funds = self.env["it.kpi.allocation"].with_env(division.env)._draw_up(division)
        funds.write(
            {
                "total": POOL,
                "method": "grade",
                "coefficient_ids": [
                    Command.update(row.id, {"coefficient": GRADES[row.name][1]})
                    for row in funds.coefficient_ids
                ],
            }
        )
        for proposal in (commendation, funds):
            proposal.action_propose()
            proposal.with_user(self._get("user", "leadership")).action_approve()
