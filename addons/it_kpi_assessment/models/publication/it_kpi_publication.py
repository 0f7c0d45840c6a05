from odoo import api, fields, models
from odoo.tools import SQL

from ...const import REASON_LENGTH
from ...tools import chinese
from ...workbook.build import build_workbook
from ...workbook.download import check_reads_all, download
from ...workbook.ranking import Ranking
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
    edition = fields.Char(
        compute="_compute_edition",
        help="How documents name a revision: 第二版, in every language. Empty for the first one.",
    )
    reason = fields.Char(
        readonly=True,
        max_length=REASON_LENGTH,
        multiline=True,
        help="Why the result was revised.",
    )
    approved_by_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    approved_at = fields.Datetime("Approved On", required=True, readonly=True)
    published_by_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="restrict"
    )
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

    @api.depends("revision")
    def _compute_edition(self):
        for publication in self:
            number = publication.revision
            publication.edition = number > 1 and f"第{chinese.numeral(number)}版"

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

    def action_workbook(self):
        """Download the workbook of the published result.

        :raise AccessError: the user may not read all results
        """
        return download(self)

    def _workbook(self):
        """Return the workbook of the published result as bytes."""
        return build_workbook(self._get_workbook_ranking())

    def _get_workbook_ranking(self):
        self.ensure_one()
        check_reads_all(self.env)
        self.check_access("read")
        return Ranking(
            self.cycle_id,
            self.env["it.kpi.result"],
            self.env["it.kpi.result.line"],
            [("publication_id", "=", self.id)],
            self,
            self.env["it.kpi.result.change"],
        )

    def _end_trial(self):
        """Make a rubric on trial effective when its first year is published, not on revisions.

        The copy of the year stays as it was used (R11).
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
        """Insert the lines of results given as arrays, whose length PostgreSQL knows.

        It has no statistics of rows that were just inserted, and would plan a nested loop over
        them.
        """
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
