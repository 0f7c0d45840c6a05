from odoo import api, fields, models
from odoo.fields import Domain

from ...workbook.download import download, get_parents
from .scoring_queries import ranked_units_query, ranking_query

# Value of a context key: the rows are only counted. An object, so that no RPC caller can set it.
COUNTED = object()

SCORED_FIELDS = {
    "it.kpi.assessment": [
        *("state", "filed_total", "cycle_id", "unit_id"),
        *("withdrawal_reason", "withdrawal_decision"),
    ],
    "it.kpi.survey": ["state", "filed_total", "cycle_id", "unit_id"],
    "it.kpi.assessment.line": ["grade_id", "score", "cycle_id", "indicator_id", "form_id"],
    "it.kpi.survey.line": ["grade_id", "score", "cycle_id", "indicator_id", "form_id"],
    "it.kpi.incident": ["state", "kind", "year", "unit_id", "company_id"],
    "it.kpi.cycle": ["state", "year", "company_id", "rubric_id"],
    "it.kpi.rubric": ["last_count"],
    "it.kpi.indicator": ["points"],
    "it.kpi.veto": ["kind", "effect", "indicator_id", "rubric_id"],
}


class ItKpiRanking(models.Model):
    """The live ranking of a cycle under way: “if published now”. A query, so never stale."""

    _name = "it.kpi.ranking"
    _inherit = ["it.kpi.live", "it.kpi.score"]
    _description = "Live Ranking"
    _auto = False
    _depends = SCORED_FIELDS

    complete = fields.Boolean(readonly=True, help="Both forms are filed or recorded as not filed.")
    provisional = fields.Boolean(
        readonly=True,
        help="Other units have no final yet: the rank can change, and nobody is among the last.",
    )

    @property
    def _table_query(self):
        counted = self.env.context.get("it_kpi_counted") is COUNTED
        return ranked_units_query() if counted else ranking_query()

    @api.model
    def search_count(self, domain, limit=None):
        """Count without scoring, where the domain needs no score."""
        asked = Domain(domain) & self.env["ir.rule"]._compute_domain(self._name, "read")
        fields_asked = {each.field_expr.partition(".")[0] for each in asked.iter_conditions()}
        if not fields_asked <= {"id", "cycle_id", "unit_id"}:
            return super().search_count(domain, limit)
        ranking = self.with_context(it_kpi_counted=COUNTED)
        return super(ItKpiRanking, ranking).search_count(domain, limit)

    def action_workbook(self):
        """Download the workbooks of the cycles of these rows, or of all cycles under way.

        :raise AccessError: the user may not read all results
        """
        return download(get_parents(self, "cycle_id"))

    def _get_lines_by_score(self):
        """Return the lines that the user may read."""
        lines = self.env["it.kpi.ranking.line"].search(
            [("cycle_id", "in", self.cycle_id.ids), ("unit_id", "in", self.unit_id.ids)]
        )
        grouped = lines.grouped(lambda line: (line.cycle_id, line.unit_id))
        return {
            score: grouped.get((score.cycle_id, score.unit_id), lines.browse()) for score in self
        }

    def _get_zeroed(self):
        zeroed = self.env["it.kpi.incident"]._get_zeroed(
            {(score.unit_id, score.cycle_id) for score in self}
        )
        return {score: zeroed[score.unit_id, score.cycle_id] for score in self._filter_ranked()}

    def _get_finals(self):
        """A live ranking is ranked among the units whose forms are all filed."""
        domain = [("cycle_id", "in", self.cycle_id.ids), ("complete", "=", True)]
        ranked = self.sudo().search(domain)
        finals = {
            cycle: scores.mapped("final") for cycle, scores in ranked.grouped("cycle_id").items()
        }
        return {score: finals.get(score.cycle_id, []) for score in self}

    def _get_explanations(self, name):
        """Add to each live number how many forms it is computed from so far."""
        filed = {cycle: cycle._explain_filed() for cycle in self.cycle_id}
        explanations = super()._get_explanations(name)
        return {score: [*explanations[score], filed[score.cycle_id]] for score in self}
