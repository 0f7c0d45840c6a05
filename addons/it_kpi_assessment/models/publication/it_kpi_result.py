from odoo import api, fields, models

from ...const import UNIT_KINDS
from ...tools.decimals import exact, half_up
from ...tools.roles import reads_all
from ...workbook.download import download, get_parents


class ItKpiResult(models.Model):
    """What a unit got in a published cycle, and what it was called then. Frozen (R11)."""

    _name = "it.kpi.result"
    _inherit = ["it.kpi.frozen", "it.kpi.score"]
    _description = "Published Result"
    _log_access = False
    _order = "cycle_id desc, rank nulls last, unit_order, id"
    _rec_name = "unit_name"

    publication_id = fields.Many2one(
        "it.kpi.publication", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    cycle_id = fields.Many2one(required=True, index=True, ondelete="restrict")
    unit_id = fields.Many2one(required=True, index=True, ondelete="restrict")
    unit_name = fields.Char(related=None, required=True, readonly=True)
    unit_short_name = fields.Char(related=None, required=True, readonly=True)
    unit_kind = fields.Selection(UNIT_KINDS, related=None, required=True, readonly=True)
    unit_order = fields.Integer(
        "Place of the Unit",
        required=True,
        readonly=True,
        aggregator=None,
        help="Among the units of the year by kind and order, as on publication.",
    )
    revision = fields.Integer(related="publication_id.revision")
    state = fields.Selection(related="publication_id.state")
    is_compared = fields.Boolean(
        compute="_compute_is_compared",
        help="There is an earlier result of the same year to compare it with.",
    )
    is_current = fields.Boolean("Current", related="publication_id.is_current")
    line_ids = fields.One2many("it.kpi.result.line", "result_id")
    change_text = fields.Text(
        "Changed by the Revision",
        compute="_compute_change_text",
        help="What differs from the previous revision, and why.",
    )

    _unit_unique = models.Constraint(
        "UNIQUE(publication_id, unit_id)", "A unit has one result in a publication."
    )

    @api.depends("cycle_id", "unit_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for result in self:
            result.display_name = f"{result.cycle_id.display_name} {result.unit_name}"

    @api.depends("publication_id.revision", "publication_id.proposal")
    def _compute_is_compared(self):
        for result in self:
            publication = result.publication_id
            result.is_compared = publication.revision > 1 or publication.proposal > 1

    @api.depends_context("uid", "lang")
    def _compute_change_text(self):
        changes = self.env["it.kpi.result.change"].search([("id", "in", self.ids)])
        texts = {change.id: change._describe() for change in changes}
        nothing = self.env._("Nothing changed for this unit.")
        for result in self:
            result.change_text = result.is_compared and texts.get(result._origin.id, nothing)

    def _get_lines_by_score(self):
        return {result: result.line_ids for result in self}

    def _get_zeroed(self):
        """Return what the frozen lines say; a revision may know other incidents than now."""
        rows = self.env["it.kpi.result.line"].search(
            [("result_id", "in", self.ids), ("origin", "=", "zeroed")], order="id"
        )
        zeroed = {result: {} for result in self}
        for row in rows:
            zeroed[row.result_id][row.indicator_id] = row.veto_kinds
        return zeroed

    def _get_finals(self):
        """Return numbers only: not every reader may know the other units' results."""
        return {
            result: result.publication_id.sudo().result_ids._filter_ranked().mapped("final")
            for result in self
        }

    def action_workbook(self):
        """Download the workbooks of the publications of these rows, or of all publications.

        :raise AccessError: the user may not read all results
        """
        return download(get_parents(self, "publication_id"))

    @api.readonly
    def get_dimension_shares(self):
        """Return which share of each dimension's points the unit earned, in rubric order.

        A list of ``{"id", "name", "assessment", "survey", "mean_assessment", "mean_survey"}``,
        all in percent, for the radar. What dropped out (R3) is left out of the dimension. A share
        is None where the form was not filed or the dimension dropped out; the means are over all
        units that filed the form, and None for users who may not read the results of all units.

        :raise AccessError: the user may not read the result
        """
        self.ensure_one()
        self.check_access("read")
        means = self._get_mean_shares(self.publication_id)
        return self._get_dimension_shares(self._get_own_shares(), means)

    def _get_dimension_shares(self, own, means):
        """Return the same from given shares of several results, and given means."""
        return [
            {
                "id": dimension.id,
                "name": dimension.form_name or dimension.name,
                "assessment": own.get((self, dimension, "assessment")),
                "survey": own.get((self, dimension, "survey")),
                "mean_assessment": means.get((dimension, "assessment")),
                "mean_survey": means.get((dimension, "survey")),
            }
            for dimension in self.publication_id.rubric_id.dimension_ids
        ]

    def _get_own_shares(self):
        """Return ``{(result, dimension, kind): percent}`` of these results, by one query."""
        return self._get_shares([("result_id", "in", self.ids)], "result_id")

    def _get_mean_shares(self, publication):
        """Return the means over all units, or {} for users who may not read all results."""
        everyone = [("publication_id", "=", publication.id)]
        is_hidden = publication.state == "proposed" and publication.cycle_id.is_recused
        sees_all = reads_all(self.env, publication.company_id) and not is_hidden
        return self._get_shares(everyone) if sees_all else {}

    def _get_shares(self, domain, *by):
        """Return ``{(*by, dimension, kind): percent}`` of the lines that the user reads."""
        groups = self.env["it.kpi.result.line"]._read_group(
            [*domain, ("origin", "!=", "dropped")],
            [*by, "indicator_id.dimension_id", "kind"],
            ["score:sum", "points:sum"],
        )
        return {
            tuple(key): float(half_up(100 * exact(score) / exact(points)))
            for *key, score, points in groups
        }
