from odoo import api, fields, models

from ...const import FORM_KINDS
from ...tools.decimals import divide, exact, plain_number
from ..mixins.it_kpi_explained import explain_unfiled
from ..rubric.it_kpi_veto import describe_incidents, explain_zeroed_lines

KIND_OF_TOTAL = {"assessment_total": "assessment", "survey_total": "survey"}


class ItKpiScore(models.AbstractModel):
    """How the totals, the final and the rank of a unit came about (R12)."""

    _inherit = "it.kpi.score"

    final_explanation = fields.Text(
        "How the Final Came About",
        compute="_compute_final_explanation",
        help="From the two totals to the final: what was scaled, rounded or vetoed.",
    )

    @api.depends(
        "unfiled", "vetoed", "assessment_total", "survey_total", "final", "rank", "withdrawn"
    )
    @api.depends_context("lang", "uid")
    def _compute_final_explanation(self):
        lines_of = self._get_lines_by_score()
        for score in self:
            known = score.rank or score.withdrawn
            sentences = score._explain_final(lines_of[score]) if known else []
            score.final_explanation = "\n".join(filter(None, sentences))

    def _get_lines_by_score(self):
        """Return the score lines that each of these scores is made of, where readable."""
        return dict.fromkeys(self, self.env["it.kpi.score.line"])

    def _get_finals(self):
        """Return ``{score: the finals of all units that it is ranked with}``, with sudo."""
        return dict.fromkeys(self, [])

    @api.readonly
    def explain_number(self, number):
        return super().explain_number(number)

    def _get_explanations(self, name):
        if name == "rank":
            finals = self._get_finals()
            return {score: score._explain_rank(finals[score]) for score in self}
        lines_of = self._get_lines_by_score()
        if name in ("final", "before_veto"):
            explain = f"_explain_{name}"
            return {score: getattr(score, explain)(lines_of[score]) for score in self}
        kind = KIND_OF_TOTAL[name]
        return {score: [score._explain_total(kind, lines_of[score])] for score in self}

    def _explain_final(self, lines):
        """Return the steps from the lines to the final, a sentence each."""
        return [*self._explain_before_veto(lines), self.vetoed and self._explain_veto()]

    def _explain_before_veto(self, lines):
        if self.withdrawn:
            return [self._explain_withdrawal()]
        if not self.rank:
            return [self.env._("There is no final yet: a form of the unit is not filed.")]
        return [
            self.unfiled and explain_unfiled(self.env),
            *explain_zeroed_lines(lines),
            *(self._explain_scaling(kind, lines) for kind, _label in FORM_KINDS),
            self._explain_mean(),
        ]

    def _explain_total(self, kind, lines):
        """Return how the lines of a form add up to its total (R4), scaled where needed (R3)."""
        if self.withdrawn:
            return self._explain_withdrawal()
        if kind == "assessment" and self.unfiled:
            return explain_unfiled(self.env)
        return (
            self._explain_scaling(kind, lines)
            or self._explain_sum(kind, lines.filtered(lambda line: line.kind == kind))
            or self._explain_absence(kind)
        )

    def _explain_sum(self, kind, lines):
        """Return the points of the dimensions that the total is the sum of, if there are any."""
        parts = [
            f"{dimension.name} {sum(exact(line.score) for line in part):.2f}"
            for dimension, part in lines.grouped("dimension_id").items()
            if any(line.origin != "dropped" for line in part)
        ]
        return parts and self.env._(
            "%(total)s = %(parts)s", total=f"{self[f'{kind}_total']:.2f}", parts=" + ".join(parts)
        )

    def _explain_absence(self, kind):
        """Return why there are no lines to add up."""
        if self.rank and not self[f"{kind}_total"]:
            return self.env._("No unit has anything of what this form asks for: it totals 0.00.")
        if self.rank:
            return self.env._(
                "%s is the sum of the form's lines, which you may read only after publication.",
                f"{self[f'{kind}_total']:.2f}",
            )
        return self.env._("There is no total to explain yet: a form of the unit is not filed.")

    def _explain_scaling(self, kind, lines):
        """Return how the total was scaled to the full points, if an indicator dropped out (R3)."""
        lines = lines.filtered(lambda line: line.kind == kind)
        dropped = lines.filtered(lambda line: line.origin == "dropped")
        if not dropped or dropped == lines:
            return False
        full = sum(exact(line.points) for line in lines)
        kept = full - sum(exact(line.points) for line in dropped)
        total, points = f"{self[f'{kind}_total']:.2f}", sum(exact(line.score) for line in lines)
        numbers = {
            "form": dict(lines._fields["kind"]._description_selection(self.env))[kind],
            "indicators": "、".join(dropped.indicator_id.mapped("form_label")),
            "sum": f"{points:.2f}",
            "full": plain_number(full),
            "kept": plain_number(kept),
            "total": total,
        }
        if points * full == exact(total) * kept:
            return self.env._(
                "%(form)s: no unit has “%(indicators)s”, which drops out, so the points are "
                "scaled: %(sum)s × %(full)s ÷ %(kept)s = %(total)s.",
                **numbers,
            )
        return self.env._(
            "%(form)s: no unit has “%(indicators)s”, which drops out, so the points are scaled: "
            "%(sum)s × %(full)s ÷ %(kept)s = %(exact)s, rounded to %(total)s.",
            exact=divide(points * full, kept),
            **numbers,
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

    def _explain_withdrawal(self):
        """Return why the unit has neither points nor a rank (R13)."""
        return self.env._(
            "The unit was withdrawn from this year (%(decision)s): its forms count nowhere, and it "
            "has no rank. Reason: %(reason)s",
            decision=self.withdrawal_decision,
            reason=self.withdrawal_reason,
        )

    def _explain_veto(self):
        """Return which kind of incident made the final 0 (R6)."""
        return explain_veto(self.env, self.veto_kinds, self.before_veto)

    def _explain_rank(self, finals):
        """Return how many are above, who shares the rank (R9), and why it is a last one (R10)."""
        if self.withdrawn:
            return [self._explain_withdrawal()]
        if not self.rank:
            return [self.env._("There is no rank yet: a form of the unit is not filed.")]
        shared = sum(exact(final) == exact(self.final) for final in finals) - 1
        lower = len(finals) - self.rank - shared
        last_count = self.cycle_id.sudo().rubric_id.last_count
        return [
            explain_place(self.env, self.rank, self.final, len(finals)),
            explain_tie(self.env, shared),
            self.is_last and explain_last(self.env, lower, last_count),
        ]


def explain_veto(env, kinds, before):
    """Return which kinds of incident made a final 0 (R6), in place of which points."""
    return env._(
        "%(incident)s in the year: the final is 0.00 in place of %(score)s.",
        incident=describe_incidents(env, kinds),
        score=f"{before:.2f}",
    )


def explain_place(env, rank, final, count):
    """Return how many of so many units are above a rank (R9)."""
    if rank == 1:
        return env._("Rank 1 of %s. No unit has a higher final.", count)
    return env._(
        "Rank %(rank)s of %(count)s. Units with a higher final than %(final)s: %(above)s.",
        rank=rank,
        count=count,
        final=f"{final:.2f}",
        above=rank - 1,
    )


def explain_tie(env, shared):
    """Return how many other units share a rank (R9); False if none does."""
    return shared > 0 and env._(
        "Other units with the same final, which share the rank: %s.", shared
    )


def explain_last(env, lower, last_count):
    """Return why a rank is one of the last ones (R10)."""
    if not lower:
        return env._(
            "No unit has a lower final. So the unit is among the last %s and must rectify.",
            last_count,
        )
    return env._(
        "Units with a lower final: %(lower)s, fewer than %(last)s. So the unit is among the "
        "last %(last)s and must rectify.",
        lower=lower,
        last=last_count,
    )
