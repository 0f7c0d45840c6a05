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
    unit_name = fields.Char(related="unit_id.name", string="Name of the Unit")
    unit_short_name = fields.Char(related="unit_id.short_name")
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
    withdrawal_reason = fields.Char(
        "Reason for the Withdrawal",
        readonly=True,
        max_length=False,
        help="Why the unit was withdrawn from the year. It has no totals, no final and no rank.",
    )
    withdrawal_decision = fields.Char("Decision on the Withdrawal", readonly=True, max_length=False)
    withdrawn = fields.Boolean(
        compute="_compute_withdrawn",
        search="_search_withdrawn",
        help="The unit was withdrawn from the year, because it was abolished or merged.",
    )
    note = fields.Char(compute="_compute_note", help="What explains the final besides the totals.")

    @api.depends("withdrawal_reason")
    def _compute_withdrawn(self):
        for score in self:
            score.withdrawn = bool(score.withdrawal_reason)

    def _search_withdrawn(self, operator, value):
        """Find the scores without a reason, or all others."""
        if operator != "in":
            return NotImplemented
        return [("withdrawal_reason", "!=", False)]

    def _filter_ranked(self):
        """Return the scores of the units that take part: without those that were withdrawn."""
        return self.filtered(lambda score: not score.withdrawn)

    @api.depends(
        *("cycle_id", "unit_id", "unfiled", "vetoed", "before_veto", "rank", "veto_kinds"),
        "withdrawal_reason",
    )
    @api.depends_context("lang", "uid")
    def _compute_note(self):
        zeroed = self._get_zeroed()
        for score in self:
            notes = [score._describe_withdrawal()] if score.withdrawn else []
            if score.unfiled:
                notes.append(self.env._("not filed"))
            if score.vetoed:
                notes.append(score._describe_veto())
            notes += score._describe_zeroed(zeroed.get(score, {}))
            # Most scores need no note, and format_list reads the language from the database.
            score.note = format_list(self.env, notes) if notes else ""

    def _describe_withdrawal(self):
        """Return why the unit has no rank, with the decision (R13)."""
        return self.env._(
            "withdrawn from this year: %(reason)s (%(decision)s)",
            reason=self.withdrawal_reason,
            decision=self.withdrawal_decision,
        )

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
