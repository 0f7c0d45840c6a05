from fractions import Fraction

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...award.allocation import FINAL, GATE, GRADE, Bounds, Impossible, Share, allocate
from ...tools.decimals import exact
from .it_kpi_award import BY_DIVISION

MOST_YUAN = 2_000_000_000
# What the amounts depend on.
SETTINGS = (
    *("total", "method", "gate", "floor_percent", "ceiling_percent", "base_kind"),
    *("without_vetoed", "without_unfiled", "without_unfinished"),
)
PARTS = ("line_ids.base", "coefficient_ids.coefficient")


class ItKpiAllocation(models.Model):
    """资金分配建议: how a pool of money is shared among the units of a published result.

    It is a proposal, in whole yuan, outside the scores: the leadership approves it, and what is
    paid is decided elsewhere.
    """

    _name = "it.kpi.allocation"
    _inherit = ["it.kpi.award"]
    _description = "Proposed Funds"

    _editable = dict.fromkeys((*SETTINGS, "coefficient_ids", "line_ids"), BY_DIVISION)

    total = fields.Integer(
        "Pool (Yuan)", required=True, default=0, aggregator=None, help="What is shared, in yuan."
    )
    method = fields.Selection(
        [
            (GRADE, "By Coefficient of the Grade"),
            (FINAL, "In Proportion to the Final"),
            (GATE, "By the Excess over a Gate"),
        ],
        required=True,
        default=FINAL,
    )
    gate = fields.Float(
        digits=(6, 2),
        required=True,
        default=0,
        aggregator=None,
        help="A final up to the gate, in points, earns nothing; what exceeds it counts.",
    )
    base_kind = fields.Selection(
        [("equal", "Equal for All Units"), ("entered", "Entered for Each Unit")],
        "Base of a Unit",
        required=True,
        default="equal",
        help="What the method multiplies: the same for all units, or an amount of each unit such "
        "as that of last year.",
    )
    floor_percent = fields.Float(
        "At Least (% of the Base)",
        digits=(6, 2),
        required=True,
        default=0,
        aggregator=None,
        help="0: no floor.",
    )
    ceiling_percent = fields.Float(
        "At Most (% of the Base)",
        digits=(6, 2),
        required=True,
        default=0,
        aggregator=None,
        help="0: no ceiling.",
    )
    without_vetoed = fields.Boolean(
        "Nothing after a Veto", default=True, help="Units whose final an incident made 0."
    )
    without_unfiled = fields.Boolean(
        "Nothing if Not Filed", help="Units whose self-assessment was not filed (未报)."
    )
    without_unfinished = fields.Boolean(
        "Nothing before the Rectification Is Closed",
        help="Units whose rectification of an earlier year was unfinished when the review began.",
    )
    coefficient_ids = fields.One2many(
        "it.kpi.allocation.coefficient", "allocation_id", "Coefficients"
    )
    line_ids = fields.One2many("it.kpi.allocation.line", "allocation_id", "Amounts")
    former_id = fields.Many2one(
        "it.kpi.allocation",
        "Before the Revision",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The proposal that the revision made void; its settings were taken over.",
    )
    problem = fields.Char(
        compute="_compute_problem", help="Why the pool cannot be shared like this."
    )

    _publication_unique = models.Constraint(
        "UNIQUE(publication_id)", "There is one proposal of funds for each publication."
    )
    _pool_range = models.Constraint(
        f"CHECK(total BETWEEN 0 AND {MOST_YUAN})",
        "A pool is a number of yuan, at most 2,000,000,000.",
    )
    _percent_range = models.Constraint(
        "CHECK(floor_percent >= 0 AND ceiling_percent >= 0)",
        "A floor or ceiling is at least 0 percent of the base.",
    )
    _gate_positive = models.Constraint("CHECK(gate >= 0)", "A gate is at least 0 points.")

    @api.depends("cycle_id", "publication_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for allocation in self:
            allocation.display_name = self.env._(
                "Proposed funds, %s", allocation.publication_id.display_name
            )

    @api.depends(*SETTINGS, *PARTS)
    @api.depends_context("lang")
    def _compute_problem(self):
        for allocation in self:
            _shared, problem = allocation._share()
            allocation.problem = problem

    @api.model
    def _is_set_up(self, rubric):
        return rubric.proposes_funds

    @api.model
    def _prepare(self, publication):
        """Return a new proposal with a line for each unit that has a rank, and, after a revision,
        with the settings and bases of the proposal that it made void."""
        former = self._get_former(publication)
        values = former.read(SETTINGS, load=None)[0] if former else {}
        values.pop("id", None)
        bases = {line.result_id.unit_id: line.base for line in former.line_ids}
        results = publication.result_ids._filter_ranked().sorted("rank")
        return {
            **super()._prepare(publication),
            **values,
            "former_id": former.id,
            "line_ids": [
                fields.Command.create({"result_id": row.id, "base": bases.get(row.unit_id, 0)})
                for row in results
            ],
            "coefficient_ids": self._prepare_coefficients(publication.rubric_id.band_ids, former),
        }

    @api.model
    def _prepare_coefficients(self, bands, former):
        """Return commands for a coefficient of each grade: as before, or 1 for each."""
        known = {row.name: row.coefficient for row in former.coefficient_ids}
        return [
            fields.Command.create(
                {"name": band.name, "place": place, "coefficient": known.get(band.name, 1)}
            )
            for place, band in enumerate(bands, 1)
        ]

    def _share(self):
        """Return the ``Allocation`` by line, or None; and why the pool cannot be shared.

        The lines are its units.
        """
        self.ensure_one()
        try:
            return allocate(self.total, self._get_shares(), self._get_bounds()), False
        except Impossible as impossible:
            return None, self._describe_problem(impossible)

    def _get_bounds(self):
        floor, ceiling = Fraction(exact(self.floor_percent)), Fraction(exact(self.ceiling_percent))
        return Bounds(floor or None, ceiling or None)

    def _get_shares(self):
        """Return a ``Share`` for each line, in the order of the finals."""
        lines = self.line_ids.with_prefetch()
        left_out = {line: line._get_exclusion() for line in lines}
        count = sum(not reason for reason in left_out.values())
        equal = Fraction(self.total, count) if count else Fraction(0)
        coefficients = {row.place: Fraction(exact(row.coefficient)) for row in self.coefficient_ids}
        return [
            Share(
                line,
                equal if self.base_kind == "equal" else Fraction(line.base),
                self._get_factor(line, coefficients),
                place,
                bool(left_out[line]),
            )
            for place, line in enumerate(lines.sorted(lambda line: line.result_id.rank))
        ]

    def _get_factor(self, line, coefficients):
        """Return what the base of a unit is multiplied by: its coefficient, final or excess."""
        if self.method == GRADE:
            return coefficients.get(line.result_id.band_place, Fraction(0))
        gate = exact(self.gate) if self.method == GATE else 0
        return Fraction(max(exact(line.result_id.final) - gate, 0))

    def _describe_problem(self, impossible):
        """Return why the pool cannot be shared, and what to change."""
        match impossible.reason:
            case "floors":
                return self.env._(
                    "What the units get at least adds up to %(limit)s yuan, more than the pool: "
                    "lower the floor or the bases.",
                    limit=impossible.limit,
                )
            case "ceilings":
                return self.env._(
                    "What the units get at most adds up to %(limit)s yuan, less than the pool: "
                    "raise the ceiling or the bases, or lower the pool.",
                    limit=impossible.limit,
                )
            case "narrow":
                return self.env._(
                    "Between floor and ceiling of a unit there is no whole yuan: move them apart."
                )
        return self.env._("No unit gets anything by these settings: change gate, bases or method.")

    def _check_complete(self):
        for allocation in self:
            self._check_foundation(allocation.publication_id)
            if not allocation.total:
                raise UserError(self.env._("Enter the pool: how many yuan are shared."))
            if allocation.method == GRADE and not allocation.coefficient_ids:
                raise UserError(self.env._("The units have no grades: choose another method."))
            if allocation.problem:
                raise UserError(allocation.problem)
