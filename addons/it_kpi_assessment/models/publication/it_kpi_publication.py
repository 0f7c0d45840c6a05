from odoo import api, fields, models

from ...const import REASON_LENGTH, RUBRIC_STATES
from ...tools import chinese
from ...workbook.build import build_workbook
from ...workbook.download import check_reads_all, download
from ...workbook.ranking import Ranking


class ItKpiPublication(models.Model):
    """One publication of a cycle's result. Nothing changes it afterwards (R11).

    It names the bureau, the people and the rubric as they were then.
    """

    _name = "it.kpi.publication"
    _inherit = ["it.kpi.frozen", "it.kpi.documented"]
    _description = "Publication"
    _order = "cycle_id desc, revision desc, proposal"
    _rec_names_search = ["cycle_id"]

    cycle_id = fields.Many2one(
        "it.kpi.cycle", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="cycle_id.company_id", store=True, index=True, precompute=True
    )
    rubric_id = fields.Many2one("it.kpi.rubric", required=True, readonly=True, ondelete="restrict")
    revision = fields.Integer(required=True, readonly=True, default=1, aggregator=None)
    state = fields.Selection(
        [("proposed", "Proposed"), ("published", "Published")],
        required=True,
        readonly=True,
        default="published",
        help="A proposed result is shown to the units in the public notice (公示).",
    )
    proposal = fields.Integer(
        "Notice",
        required=True,
        readonly=True,
        default=0,
        aggregator=None,
        help="Which public notice of this revision it is: 1 for the first. 0 of what is published.",
    )
    is_renewed = fields.Boolean(
        "Renewed Notice",
        readonly=True,
        help="The notice was renewed after an objection, for the units whose numbers changed.",
    )
    noticed_at = fields.Datetime(
        "Notice Opened On", readonly=True, help="When the first public notice of it was opened."
    )
    notice_until = fields.Datetime(
        "End of the Notice", readonly=True, help="As proposed when it was opened, or as it ended."
    )
    objection_count = fields.Integer(
        "Objections", readonly=True, aggregator=None, help="Signed by the leader of their unit."
    )
    upheld_count = fields.Integer(
        "Objections Upheld", readonly=True, aggregator=None, help="In whole or in part."
    )
    upheld_units = fields.Char("Units Whose Objection Was Upheld", readonly=True, max_length=False)
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
    bureau_name = fields.Char("Bureau", required=True, readonly=True, help="As on publication.")
    rubric_name = fields.Char(required=True, readonly=True)
    rubric_version = fields.Char("Version of the Rubric", required=True, readonly=True)
    rubric_state = fields.Selection(
        RUBRIC_STATES, "State of the Rubric", required=True, readonly=True
    )
    rubric_document = fields.Char("Document of the Rubric", readonly=True)
    approved_by_name = fields.Char("Approver", required=True, readonly=True)
    published_by_name = fields.Char("Publisher", required=True, readonly=True)
    incidents = fields.Json(
        required=True,
        readonly=True,
        groups="base.group_system",
        help="The incidents of the year as on publication, also lifted ones: a list of dicts.",
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
        "UNIQUE(cycle_id, revision, proposal)", "This revision of the result is published already."
    )

    @api.depends("cycle_id", "revision", "proposal")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for publication in self:
            name = self.env._("Result %s", publication.cycle_id.display_name)
            if publication.revision > 1:
                name = self.env._(
                    "%(name)s, revision %(number)s", name=name, number=publication.revision
                )
            if publication.proposal:
                name = self.env._(
                    "%(name)s, public notice %(number)s", name=name, number=publication.proposal
                )
            publication.display_name = name

    @api.depends("revision")
    def _compute_edition(self):
        for publication in self:
            number = publication.revision
            publication.edition = number > 1 and f"第{chinese.numeral(number)}版"

    @api.depends("cycle_id.publication_id", "cycle_id.proposal_id")
    def _compute_is_current(self):
        for publication in self:
            cycle = publication.cycle_id
            publication.is_current = publication in cycle.publication_id + cycle.proposal_id

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        cycles = self.env["it.kpi.cycle"].sudo()
        published, proposed = (
            cycles._search([(name, "!=", False)]).subselect(name)
            for name in ("publication_id", "proposal_id")
        )
        return ["|", ("id", "in", published), ("id", "in", proposed)]

    def _get_concerned(self):
        """Return the results of the units that a notice concerns: of a renewed one, those whose
        numbers changed. A withdrawn unit has no numbers (R13)."""
        results = self.result_ids._filter_ranked()
        if self.is_renewed:
            changed = self.env["it.kpi.result.change"].search([("publication_id", "=", self.id)])
            results = results.filtered(lambda result: result.id in changed._ids)
        return results

    def action_workbook(self):
        """Download the workbook of the published result.

        :raise AccessError: the user may not read all results
        """
        self._check_not_recused()
        return download(self)

    def _workbook(self):
        """Return the workbook of the published result as bytes."""
        return build_workbook(self._get_workbook_ranking())

    def _check_not_recused(self):
        """Raise an AccessError if the user belongs to a unit of a result that is only proposed."""
        self.filtered(lambda row: row.state == "proposed").cycle_id._check_not_recused()

    def _get_workbook_ranking(self):
        self.ensure_one()
        check_reads_all(self)
        self.check_access("read")
        self._check_not_recused()
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
