from odoo import api, fields, models
from odoo.tools.i18n import format_list

from ..rubric.it_kpi_veto import describe_incidents


class ItKpiScore(models.AbstractModel):
    """What a unit gets in a cycle: totals, final and rank. Live or published, the same fields."""

    _name = "it.kpi.score"
    _inherit = ["it.kpi.explained"]
    _description = "Score of a Unit"
    _order = "cycle_id desc, rank nulls last, unit_id, id"
    _rec_name = "unit_id"

    _explained = ("assessment_total", "survey_total", "before_veto", "final", "rank")

    cycle_id = fields.Many2one("it.kpi.cycle", readonly=True)
    unit_id = fields.Many2one("it.kpi.unit", readonly=True)
    unit_kind = fields.Selection(related="unit_id.kind")
    unfiled = fields.Boolean("Not Filed", readonly=True, help="未报: the assessment totals 0.")
    vetoed = fields.Boolean(readonly=True, help="An incident makes the final 0.")
    veto_kinds = fields.Char(
        "Incidents behind the Veto",
        readonly=True,
        help="Kinds of the incidents, joined by commas.",
    )
    assessment_total = fields.Float(
        "Self-Assessment Total", digits=(6, 2), readonly=True, aggregator="avg"
    )
    survey_total = fields.Float(digits=(6, 2), readonly=True, aggregator="avg")
    before_veto = fields.Float(
        "Final before Veto",
        digits=(6, 2),
        readonly=True,
        aggregator="avg",
        help="Mean of the two totals.",
    )
    final = fields.Float(digits=(6, 2), readonly=True, aggregator="avg")
    rank = fields.Integer(readonly=True, aggregator=None)
    is_last = fields.Boolean(
        "Must Rectify", readonly=True, help="One of the last ones of the ranking (article 6)."
    )
    note = fields.Char(compute="_compute_note", help="What explains the final besides the totals.")

    @api.depends("unfiled", "vetoed", "before_veto", "rank", "veto_kinds")
    @api.depends_context("lang", "uid")
    def _compute_note(self):
        zeroed = self._get_zeroed()
        for score in self:
            notes = []
            if score.unfiled:
                notes.append(self.env._("not filed"))
            if score.vetoed:
                notes.append(score._describe_veto())
            notes += score._describe_zeroed(zeroed.get(score, {}))
            # Most scores need no note, and format_list reads the language from the database.
            score.note = format_list(self.env, notes) if notes else ""

    def _get_zeroed(self):
        """Return ``{score: {indicator: kinds of incidents}}`` of what incidents zero (R7)."""
        return {}

    def _describe_zeroed(self, zeroed):
        return [
            self.env._(
                "%(incidents)s (“%(indicator)s” counts 0)",
                incidents=describe_incidents(self.env, kinds),
                indicator=indicator.name,
            )
            for indicator, kinds in zeroed.items()
        ]

    def _describe_veto(self):
        incidents = describe_incidents(self.env, self.veto_kinds)
        if not self.rank:
            return incidents
        return self.env._(
            "%(incidents)s (%(before)s before the veto)",
            incidents=incidents,
            before=f"{self.before_veto:.2f}",
        )
