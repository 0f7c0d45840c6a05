from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...tools.counting import count_by
from ...tools.locking import touch
from ..score.scoring_queries import ranking_query, scored_lines_query


class ItKpiPublication(models.Model):
    """One publication of a cycle's result. Nothing changes it afterwards (R11)."""

    _name = "it.kpi.publication"
    _inherit = ["it.kpi.frozen"]
    _description = "Publication"
    _order = "cycle_id desc, revision desc"
    _rec_names_search = ["cycle_id"]

    cycle_id = fields.Many2one(
        "it.kpi.cycle", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="cycle_id.company_id", store=True, index=True, precompute=True
    )
    rubric_id = fields.Many2one("it.kpi.rubric", required=True, readonly=True, ondelete="restrict")
    revision = fields.Integer(required=True, readonly=True, default=1, aggregator=None)
    reason = fields.Char(readonly=True, help="Why the result was revised.")
    approved_by_id = fields.Many2one("res.users", required=True, readonly=True)
    approved_at = fields.Datetime("Approved On", required=True, readonly=True)
    published_by_id = fields.Many2one("res.users", required=True, readonly=True)
    published_at = fields.Datetime("Published On", required=True, readonly=True)
    is_current = fields.Boolean(
        "Current",
        compute="_compute_is_current",
        search="_search_is_current",
        help="No later revision has taken its place.",
    )
    result_ids = fields.One2many("it.kpi.result", "publication_id")
    change_ids = fields.One2many(
        "it.kpi.result.change",
        "publication_id",
        readonly=True,
        help="What the revision changed against the publication before it.",
    )
    rectification_count = fields.Integer(
        "Rectification Orders", compute="_compute_rectification_count"
    )
    can_draw_up_orders = fields.Boolean(
        compute="_compute_rectification_count",
        help="The current user can draw up rectification orders, and some are missing.",
    )

    _revision_unique = models.Constraint(
        "UNIQUE(cycle_id, revision)", "This revision of the result is published already."
    )

    @api.depends("cycle_id", "revision")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for publication in self:
            name = self.env._("Result %s", publication.cycle_id.display_name)
            if publication.revision > 1:
                name = self.env._(
                    "%(name)s, revision %(number)s", name=name, number=publication.revision
                )
            publication.display_name = name

    @api.depends("cycle_id.publication_id")
    def _compute_is_current(self):
        for publication in self:
            publication.is_current = publication.cycle_id.publication_id == publication

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        cycles = self.env["it.kpi.cycle"].sudo()
        return [
            (
                "id",
                "in",
                cycles._search([("publication_id", "!=", False)]).subselect("publication_id"),
            )
        ]

    @api.depends_context("uid")
    def _compute_rectification_count(self):
        counts = count_by(self.env["it.kpi.rectification"], "publication_id", self)
        division = self.env.user.has_group("it_kpi_assessment.group_division")
        for publication in self:
            publication.rectification_count = counts.get(publication, 0)
            publication.can_draw_up_orders = bool(
                division
                and publication.is_current
                and publication.sudo()._get_results_without_order()
            )

    def action_draw_up_orders(self):
        """Prepare a rectification order for each of the last units that has none yet.

        :raise AccessError: the user is not of the division
        :raise UserError: there is a later revision, or no order is missing
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("it_kpi_assessment.group_division"):
            raise AccessError(
                self.env._("Rectification orders are drawn up by the informatization division.")
            )
        if not self.is_current:
            raise UserError(self.env._("%s is superseded by a later revision.", self.display_name))
        touch(self.cycle_id)  # one at a time, for the numbers of the letters
        results = self.sudo()._get_results_without_order()
        if not results:
            raise UserError(
                self.env._("No unit of %s lacks a rectification order.", self.display_name)
            )
        orders = self.env["it.kpi.rectification"]._draw_up(results)
        return orders._get_records_action(name=self.env._("Rectification Orders"))

    def _get_results_without_order(self):
        """Return the results of the last units (ties included) that have no order yet.

        An order that was drawn up on an earlier result of the same year counts, unless it was
        withdrawn: a unit rectifies a year once.
        """
        last = self.env["it.kpi.result"].search(
            [("publication_id", "=", self.id), ("is_last", "=", True)]
        )
        orders = self.env["it.kpi.rectification"].search(
            [("cycle_id", "=", self.cycle_id.id), ("state", "!=", "withdrawn")]
        )
        return last.filtered(lambda result: result.unit_id not in orders.unit_id)

    def _end_trial(self):
        """Make a rubric on trial effective when its first year is published, not on revisions.

        The copy that the year works with stays as it was used (R11).
        """
        rubric = self.cycle_id.source_rubric_id
        if self.revision == 1 and rubric.state == "trial":
            year = self.cycle_id.display_name
            rubric._move(
                "make_effective",
                self.env._("The first year of this version is published: %s", year),
            )

    def _freeze_scores(self):
        """Copy the live ranking and all its lines into rows of this publication."""
        self.ensure_one()
        self.env.flush_all()
        self._insert_result_lines(self._insert_results())
        self.env.invalidate_all(flush=False)

    def _insert_results(self):
        """Return pairs of a unit's id and that of its result."""
        columns = self._get_columns("it.kpi.score")
        return self.env.execute_query(
            SQL(
                """INSERT INTO it_kpi_result (publication_id, company_id, %(columns)s)
                   SELECT %(publication)s, %(company)s, %(columns)s
                     FROM (%(query)s) scored WHERE cycle_id = %(cycle)s
                RETURNING unit_id, id""",
                columns=columns,
                publication=self.id,
                company=self.company_id.id,
                query=ranking_query(),
                cycle=self.cycle_id.id,
            )
        )

    def _insert_result_lines(self, results):
        """The results come as arrays, whose length Postgres knows: of rows that were inserted a
        moment ago it expects none, and would look through all of them for every line."""
        units, result_ids = zip(*results, strict=True)
        columns = self._get_columns("it.kpi.score.line")
        self.env.execute_query(
            SQL(
                """INSERT INTO it_kpi_result_line
                          (publication_id, company_id, result_id, %(columns)s)
                   SELECT %(publication)s, %(company)s, result.id, %(columns)s
                     FROM (%(query)s) scored
                     JOIN unnest(%(units)s, %(results)s) result(unit, id)
                       ON result.unit = scored.unit_id
                    WHERE cycle_id = %(cycle)s""",
                columns=columns,
                publication=self.id,
                company=self.company_id.id,
                query=scored_lines_query(),
                units=list(units),
                results=list(result_ids),
                cycle=self.cycle_id.id,
            )
        )

    def _get_columns(self, shape):
        """Return the columns that a live score and its frozen row have in common."""
        return SQL(", ").join(
            SQL.identifier(name)
            for name, field in self.env[shape]._fields.items()
            if field.column_type and field.store and name != "id"
        )
