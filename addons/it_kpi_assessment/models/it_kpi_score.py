from odoo import api, fields, models
from odoo.tools.i18n import format_list

from ..decimals import exact
from .it_kpi_score_line import FORM_KINDS
from .it_kpi_veto import describe_incidents


class ItKpiScore(models.AbstractModel):
    """What a unit gets in a cycle: totals, final and rank. Live or published, the same fields."""

    _name = "it.kpi.score"
    _description = "Score of a Unit"
    _order = "cycle_id desc, rank nulls last, unit_id, id"
    _rec_name = "unit_id"

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
    final_explanation = fields.Text(
        "How the Final Came About",
        compute="_compute_final_explanation",
        help="From the two totals to the final: what was scaled, rounded or vetoed.",
    )

    @api.depends("unfiled", "vetoed", "before_veto", "rank", "veto_kinds")
    @api.depends_context("lang")
    def _compute_note(self):
        for score in self:
            notes = []
            if score.unfiled:
                notes.append(self.env._("not filed"))
            incidents = describe_incidents(self.env, score.veto_kinds)
            if score.vetoed and score.rank:
                before = f"{score.before_veto:.2f}"
                notes.append(
                    self.env._(
                        "%(incidents)s (%(before)s before the veto)",
                        incidents=incidents,
                        before=before,
                    )
                )
            elif score.vetoed:
                notes.append(incidents)
            score.note = format_list(self.env, notes)

    @api.depends("unfiled", "vetoed", "assessment_total", "survey_total", "final", "rank")
    @api.depends_context("lang", "uid")
    def _compute_final_explanation(self):
        lines_of = self._get_lines_by_score()
        for score in self:
            sentences = score._explain_final(lines_of[score]) if score.rank else []
            score.final_explanation = "\n".join(filter(None, sentences))

    def _get_lines_by_score(self):
        """Return the score lines that each of these scores is made of, where readable."""
        return dict.fromkeys(self, self.env["it.kpi.score.line"])

    def _explain_final(self, lines):
        """Return the steps from the lines to the final, a sentence each (R12)."""
        return [
            self.unfiled and self.env._("The self-assessment was not filed: it totals 0.00."),
            *(self._explain_scaling(kind, lines) for kind, _label in FORM_KINDS),
            self._explain_mean(),
            self.vetoed and self._explain_veto(),
        ]

    def _explain_scaling(self, kind, lines):
        """Return how the total was scaled to the full points, if an indicator dropped out (R3)."""
        lines = lines.filtered(lambda line: line.kind == kind)
        dropped = lines.filtered(lambda line: line.origin == "dropped")
        if not dropped or dropped == lines:
            return False
        full = sum(exact(line.points) for line in lines)
        kept = full - sum(exact(line.points) for line in dropped)
        return self.env._(
            "%(form)s: no unit has “%(indicators)s”, which drops out, so the points are scaled: "
            "%(sum)s × %(full)s ÷ %(kept)s, rounded to %(total)s.",
            form=dict(lines._fields["kind"]._description_selection(self.env))[kind],
            indicators="、".join(dropped.indicator_id.mapped("form_label")),
            sum=f"{sum(exact(line.score) for line in lines):.2f}",
            full=f"{float(full):g}",
            kept=f"{float(kept):g}",
            total=f"{self[f'{kind}_total']:.2f}",
        )

    def _explain_mean(self):
        """Return how the two totals make one score, and where it was rounded (R5)."""
        totals = (exact(self.assessment_total), exact(self.survey_total))
        mean, rounded = sum(totals) / 2, f"{self.before_veto:.2f}"
        numbers = {"own": f"{totals[0]:.2f}", "visit": f"{totals[1]:.2f}", "rounded": rounded}
        if mean == exact(rounded):
            return self.env._(
                "Mean of the two totals: (%(own)s + %(visit)s) ÷ 2 = %(rounded)s.", **numbers
            )
        return self.env._(
            "Mean of the two totals: (%(own)s + %(visit)s) ÷ 2 = %(mean)s, rounded to %(rounded)s.",
            mean=mean.normalize(),
            **numbers,
        )

    def _explain_veto(self):
        """Return which kind of incident made the final 0 (R6)."""
        return self.env._(
            "%(incident)s in the year: the final is 0.00 in place of %(score)s.",
            incident=describe_incidents(self.env, self.veto_kinds),
            score=f"{self.before_veto:.2f}",
        )
