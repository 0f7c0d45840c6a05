from odoo import api, fields, models

from ...const import FORM_KINDS, ORIGINS
from ...tools.decimals import divide, exact
from ..mixins.it_kpi_explained import explain_grade
from ..rubric.it_kpi_veto import explain_zeroed

# A mean over more units than this names only the first ones in its explanation.
NAMED_UNITS = 30


class ItKpiScoreLine(models.AbstractModel):
    """What a unit gets on one indicator of one form, and why (R12)."""

    _name = "it.kpi.score.line"
    _inherit = ["it.kpi.explained"]
    _description = "Score on an Indicator"
    _order = "unit_id, kind, indicator_id, id"
    _rec_name = "indicator_id"

    _explained = ("score", "mean")
    # The field that puts the units of a mean in order.
    _unit_order = "unit_id"

    cycle_id = fields.Many2one("it.kpi.cycle", readonly=True)
    unit_id = fields.Many2one("it.kpi.unit", readonly=True)
    unit_name = fields.Char(related="unit_id.name", string="Name of the Unit")
    unit_short_name = fields.Char(related="unit_id.short_name")
    kind = fields.Selection(FORM_KINDS, "Form", readonly=True)
    indicator_id = fields.Many2one("it.kpi.indicator", readonly=True)
    dimension_id = fields.Many2one(related="indicator_id.dimension_id")
    grade_id = fields.Many2one("it.kpi.grade", readonly=True)
    not_applicable = fields.Boolean(readonly=True)
    points = fields.Float(
        digits=(6, 2), readonly=True, aggregator="avg", help="Full points of the indicator."
    )
    score = fields.Float(
        digits=(6, 2),
        readonly=True,
        aggregator="avg",
        help="Points that count. Those of the two forms are not added up: the final is their mean.",
    )
    mean = fields.Float(
        digits=(6, 2),
        readonly=True,
        aggregator="avg",
        help="Mean of the units that have the indicator.",
    )
    unit_count = fields.Integer(
        "Units in the Mean",
        readonly=True,
        aggregator=None,
        help="How many units have the indicator.",
    )
    origin = fields.Selection(ORIGINS, readonly=True, help="Where the score comes from.")
    veto_kinds = fields.Char(
        "Incidents behind the Zero",
        readonly=True,
        help="Kinds of the incidents, joined by commas.",
    )
    explanation = fields.Char(compute="_compute_explanation")

    @api.depends("origin", "score")
    @api.depends_context("lang", "uid")
    def _compute_explanation(self):
        means = self.filtered(lambda line: line.origin == "mean")
        contributors = means._get_contributors()
        for line in self:
            explain = getattr(line, f"_explain_{line.origin}")
            line.explanation = explain(contributors)

    @api.readonly
    def explain_number(self, number):
        return super().explain_number(number)

    def _get_explanations(self, name):
        if name == "score":
            return {line: [line.explanation] for line in self}
        contributors = self._get_contributors()
        return {
            line: [line._explain_mean(contributors) if line.unit_count else line._explain_dropped()]
            for line in self
        }

    def _get_number_heading(self, name):
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        return f"{self.unit_short_name} · {kind} · {self.indicator_id.form_label}"

    def _get_contributors(self):
        """Return ``{(cycle, kind, indicator): [("unit's short name score", score), …]}``.

        The units behind a mean are named to everyone whose score it goes into (R12), so this reads
        with sudo; the name has the score only for users who may read it.
        """
        if not self:
            return {}
        lines = self.sudo().search(self._get_contributor_domain(), order=self._unit_order)
        readable = lines.sudo(self.env.su)._filtered_access("read").sudo()
        contributors = {}
        for line in lines:
            score = f" {line.score:.2f}" if line in readable else ""
            contributors.setdefault(line._get_mean_key(), []).append(
                (f"{line.unit_short_name}{score}", exact(line.score))
            )
        return contributors

    def _get_contributor_domain(self):
        return [
            ("cycle_id", "in", self.cycle_id.ids),
            ("indicator_id", "in", self.indicator_id.ids),
            ("origin", "in", ("graded", "zeroed")),
        ]

    def _get_mean_key(self):
        return (self.cycle_id.id, self.kind, self.indicator_id.id)

    def _explain_graded(self, _contributors):
        return explain_grade(self.env, self.score, self.points, self.grade_id)

    def _explain_mean(self, contributors):
        """Return the mean with its units, and its exact value where it was rounded (R2)."""
        units = contributors.get(self._get_mean_key(), [])
        named = "、".join(name for name, _score in units[:NAMED_UNITS])
        numbers = {
            "score": f"{self.mean:.2f}",
            "count": self.unit_count,
            "units": named + ("…" if len(units) > NAMED_UNITS else ""),
        }
        if len(units) == 1:
            return self.env._(
                "%(score)s = the points of the only unit that has this (%(units)s)", **numbers
            )
        total = sum(score for _name, score in units)
        if not units or total == exact(numbers["score"]) * len(units):
            return self.env._(
                "%(score)s = mean of the %(count)s units that have this (%(units)s)", **numbers
            )
        return self.env._(
            "%(score)s (mean of the %(count)s units that have this: %(exact)s, rounded; %(units)s)",
            exact=divide(total, len(units)),
            **numbers,
        )

    def _explain_zeroed(self, _contributors):
        return explain_zeroed(self.env, self.veto_kinds)

    def _explain_dropped(self, _contributors=None):
        return self.env._(
            "No unit has this: it drops out, and the total is scaled to the full points"
        )
