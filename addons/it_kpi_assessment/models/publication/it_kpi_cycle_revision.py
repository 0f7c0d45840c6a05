from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...const import REASON_LENGTH
from ...tools.timezone import format_moment
from ..score.scoring_queries import ranking_query, scored_lines_query
from .freezing_queries import (
    UNIT_WORDS,
    join_columns,
    named_units_query,
)
from .it_kpi_cycle_review import NOT_APPROVED


class ItKpiCycle(models.Model):
    """A published year is taken up again, with a reason, and published once more (R11).

    Until then the earlier publication stays the current one, and users who see only published
    results keep seeing it.
    """

    _inherit = "it.kpi.cycle"

    revision_reason = fields.Text(
        readonly=True,
        copy=False,
        max_length=REASON_LENGTH,
        help="Why the published result is being revised.",
    )
    change_ids = fields.One2many(
        "it.kpi.ranking.change",
        "cycle_id",
        readonly=True,
        groups="it_kpi_assessment.group_reads_all",
        help="What the revision would change if it were published now.",
    )

    def action_revise(self, reason):
        """Take a published year up again; its result stays as it is until the next publication.

        Objections to the result that were upheld reopen their lines.

        :raise UserError: there is no reason, or the year is not published
        """
        reason = self._check_reason(reason)
        self._move("revise", reason, revision_reason=reason, **NOT_APPROVED)
        self.env["it.kpi.objection"]._take_up(self)

    def action_drop_revision(self, reason):
        """Leave the published result as it is, because the revision would change nothing.

        :raise UserError: something differs from the published result, or nothing is published
        """
        reason = self._check_reason(reason)
        for cycle in self:
            cycle._check_move("drop_revision")
            cycle._check_nothing_differs()
            current = cycle.sudo().publication_id
            cycle._move(
                "drop_revision",
                reason,
                revision_reason=False,
                approved_by_id=current.approved_by_id.id,
                approved_at=current.approved_at,
                approved_digest=False,
            )

    def _check_nothing_differs(self):
        if not self.publication_id:
            raise UserError(
                self.env._("%s was never published: there is no revision.", self.display_name)
            )
        bands = self.sudo().publication_id._get_frozen_bands()
        if self._count_differing_rows() or self._get_band_rows() != bands:
            raise UserError(
                self.env._(
                    "%s would no longer be as it is published. Publish the revision, or put the "
                    "forms and incidents back as they were.",
                    self.display_name,
                )
            )

    def _check_differs(self):
        """Raise a UserError if a revision would publish what is published already (R11)."""
        publication = self.sudo().publication_id
        if publication and not self._differs_from(publication):
            raise UserError(
                self.env._(
                    "This revision of %(cycle)s would change nothing. It was compared with "
                    "“%(publication)s” of %(day)s: marks, points, totals, finals, ranks and grades "
                    "of all %(count)s units, their names and kinds, the name of the bureau, and "
                    "the incidents of the year are the same. Correct what it is about, or drop it.",
                    cycle=self.display_name,
                    publication=publication.display_name,
                    day=format_moment(publication.published_at),
                    count=len(publication.result_ids),
                )
            )

    def _differs_from(self, publication):
        """Return whether the year as it stands now differs from a publication in anything that is
        frozen, but for who approves and publishes it, and why."""
        return bool(
            self._count_differing_rows()
            or self._count_differing_words()
            or self._get_band_rows() != publication._get_frozen_bands()
            or self.sudo().company_id.name != publication.bureau_name
            or self._get_year_incidents() != publication.incidents
        )

    def _count_differing_words(self):
        """Count the units that are called or ordered otherwise than in the current publication."""
        scores = SQL("SELECT * FROM (%s) ranked WHERE cycle_id = %s", ranking_query(), self.id)
        columns = join_columns(("unit_id", *UNIT_WORDS))
        return self._count_differences(columns, named_units_query(scores), "it_kpi_result")

    def _count_differing_rows(self):
        """Count the rows of scores and their lines that only one has: the result or now."""
        self.env.flush_all()
        publication = self.sudo().publication_id
        compared = (
            ("it.kpi.score", ranking_query(), "it_kpi_result"),
            ("it.kpi.score.line", scored_lines_query(), "it_kpi_result_line"),
        )
        return sum(
            self._count_differences(join_columns(publication._get_columns(shape)), live, table)
            for shape, live, table in compared
        )

    def _count_differences(self, columns, live, table):
        query = SQL(
            """WITH live AS (SELECT %(columns)s FROM (%(live)s) scored WHERE cycle_id = %(cycle)s),
                    frozen AS (SELECT %(columns)s FROM %(table)s
                                WHERE publication_id = %(publication)s)
               SELECT count(*) FROM ((TABLE live EXCEPT TABLE frozen)
                                      UNION ALL (TABLE frozen EXCEPT TABLE live)) difference""",
            columns=columns,
            live=live,
            cycle=self.id,
            table=SQL.identifier(table),
            publication=self.publication_id.id,
        )
        [[count]] = self.env.execute_query(query)
        return count
