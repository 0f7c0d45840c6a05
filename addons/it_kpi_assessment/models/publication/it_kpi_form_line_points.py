from typing import NamedTuple

from odoo import api, fields, models

from ...const import ORIGINS
from ..rubric.it_kpi_veto import describe_incidents

# Origins of points that no mark of the line changes.
SETTLED = ("mean", "zeroed", "dropped", "unfiled", "withdrawn")


class Points(NamedTuple):
    """What a line counts, where that comes from, and the incidents behind a zero."""

    score: float
    origin: str
    veto_kinds: str | bool = False


class ItKpiFormLine(models.AbstractModel):
    """What a line counts now, and why: the one source of points for screens, prints and sentences.

    After publication these are the frozen points of the result. Before, they are those of the
    grade, or 0 where a recorded incident of the year zeroes the indicator (R7); 无此项 counts 0
    until the mean is known. Results and incidents are read with the rights of the user.
    """

    _inherit = "it.kpi.form.line"

    counted_score = fields.Float(
        "Points that Count",
        digits=(6, 2),
        compute="_compute_points",
        help="What the line adds to the total now: as published, or by its grade and the "
        "recorded incidents; 0 for N/A until the mean is known.",
    )
    origin = fields.Selection(
        [
            *ORIGINS,
            ("awaited", "Mean on Publication"),
            ("unmarked", "Not Marked"),
            ("unfiled", "Not Filed"),
            ("withdrawn", "Withdrawn from the Year"),
        ],
        "Origin of the Points",
        compute="_compute_points",
    )
    veto_kinds = fields.Char(
        "Incidents behind the Zero",
        compute="_compute_points",
        help="Kinds of the incidents, joined by commas.",
    )
    is_settled = fields.Boolean(
        compute="_compute_points",
        help="The points do not follow the mark any more: they are published, an incident "
        "zeroes them, or the form was not filed or withdrawn.",
    )
    points_note = fields.Char(
        compute="_compute_points_note", help="Why other points count than those of a grade."
    )

    @api.depends("score", "is_marked", "form_id.state", "form_id.is_published")
    @api.depends_context("uid")
    def _compute_points(self):
        published = self.form_id.filtered("is_published")
        rows = self._get_result_lines(published)
        kinds = (self - self.filtered(lambda line: line.form_id in published))._get_zeroing_kinds()
        for line in self:
            points = line._count_points(rows.get(line), kinds.get(line))
            line.counted_score = points.score
            line.origin = points.origin
            line.veto_kinds = points.veto_kinds
            line.is_settled = line.form_id in published or points.origin in SETTLED

    def _count_points(self, row, kinds):
        """Return the ``Points`` of a line.

        :param row: its published row, if there is one
        :param str kinds: of the incidents that zero it, joined by commas
        """
        if row:
            return Points(row.score, row.origin, row.veto_kinds)
        if self.form_id.state in ("unfiled", "withdrawn"):
            return Points(0, self.form_id.state)
        if kinds:
            return Points(0, "zeroed", kinds)
        if self.grade_id:
            return Points(self.score, "graded")
        return Points(0, "awaited" if self.not_applicable else "unmarked")

    def _get_result_lines(self, forms):
        """Return ``{line: its row of the published result}`` for the lines of published forms."""
        if not forms:
            return {}
        rows = self.env["it.kpi.result.line"].search(
            [
                ("result_id", "in", forms.result_id.ids),
                ("kind", "=", forms._kind),
                ("indicator_id", "in", self.indicator_id.ids),
            ]
        )
        found = {(row.result_id, row.indicator_id): row for row in rows}
        return {line: found.get((line.form_id.result_id, line.indicator_id)) for line in self}

    def _get_zeroing_kinds(self):
        """Return ``{line: kinds of the recorded incidents that zero its indicator}`` (R7)."""
        zeroed = self.env["it.kpi.incident"]._get_zeroed(
            {(form.unit_id, form.cycle_id) for form in self.form_id._origin.sudo()}
        )
        return {
            line: zeroed.get((form.unit_id, form.cycle_id), {}).get(line.indicator_id)
            for line in self
            for form in line.form_id._origin.sudo()
        }

    @api.depends("origin", "veto_kinds")
    @api.depends_context("lang", "uid")
    def _compute_points_note(self):
        for line in self:
            line.points_note = line._get_points_note()

    def _get_points_note(self):
        match self.origin:
            case "zeroed":
                return self.env._("0 because of: %s", describe_incidents(self.env, self.veto_kinds))
            case "mean":
                return self.env._("mean")
            case "awaited":
                return self.env._("mean on publication")
            case "dropped":
                return self.env._("no unit has this: it drops out")
            case "unfiled":
                return self.env._("not filed")
            case "withdrawn":
                return self.env._("withdrawn")
        return False
