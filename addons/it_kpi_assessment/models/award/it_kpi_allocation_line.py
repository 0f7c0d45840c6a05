from fractions import Fraction

from odoo import api, fields, models

from ...award.allocation import GATE, GRADE
from ...tools.decimals import exact, plain_number
from ...tools.locking import touch
from .it_kpi_allocation import PARTS, SETTINGS
from .it_kpi_award import BY_DIVISION

# Whether a unit is left out: the setting, and what it looks at.
EXCLUSIONS = ("vetoed", "unfiled", "unfinished")


class ItKpiAllocationLine(models.Model):
    """What a unit gets in a proposal of funds, in whole yuan, and how that came about."""

    _name = "it.kpi.allocation.line"
    _inherit = ["it.kpi.award.line"]
    _description = "Proposed Amount"
    _order = "allocation_id, id"

    _state_holder = "allocation_id"
    _editable_depends = ("allocation_id.state",)
    _editable = {"base": BY_DIVISION}

    allocation_id = fields.Many2one(
        "it.kpi.allocation", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="allocation_id.company_id", store=True, index=True, precompute=True
    )
    band_place = fields.Integer(related="result_id.band_place", aggregator=None)
    base = fields.Integer(
        "Base (Yuan)", required=True, default=0, help="Entered, such as last year's amount."
    )
    amount = fields.Integer(
        "Amount (Yuan)", compute="_compute_amount", store=True, help="Proposed, in whole yuan."
    )
    former_amount = fields.Integer(
        "Before the Revision (Yuan)", compute="_compute_former_amount", aggregator="sum"
    )
    difference = fields.Integer(compute="_compute_former_amount", aggregator="sum")
    explanation = fields.Text(
        compute="_compute_explanation", help="How the amount came about, with where it is rounded."
    )

    _result_unique = models.Constraint(
        "UNIQUE(allocation_id, result_id)", "A unit has one amount in a proposal."
    )
    _base_range = models.Constraint(
        "CHECK(base BETWEEN 0 AND 2000000000)", "A base is a number of yuan, at least 0."
    )

    @api.depends(*(f"allocation_id.{name}" for name in (*SETTINGS, *PARTS)))
    def _compute_amount(self):
        """All amounts of a proposal are computed at once; 0 where the pool cannot be shared."""
        for allocation, lines in self.grouped("allocation_id").items():
            shared, _problem = allocation._share()
            for line in lines:
                amount = shared and shared.amounts.get(line)
                line.amount = amount.yuan if amount else 0

    @api.depends("amount", "allocation_id.former_id")
    def _compute_former_amount(self):
        for allocation, lines in self.grouped("allocation_id").items():
            former = {
                row.result_id.unit_id: row.amount for row in allocation.sudo().former_id.line_ids
            }
            for line in lines:
                line.former_amount = former.get(line.result_id.unit_id, 0)
                line.difference = line.amount - line.former_amount if former else 0

    @api.depends(*(f"allocation_id.{name}" for name in (*SETTINGS, *PARTS)))
    @api.depends_context("lang")
    def _compute_explanation(self):
        for allocation, lines in self.grouped("allocation_id").items():
            shared, problem = allocation._share()
            shares = {share.unit: share for share in allocation._get_shares()}
            for line in lines:
                line.explanation = line._explain(shares[line], shared) if shared else problem

    def _get_exclusion(self):
        """Return why the unit gets nothing whatever its weight, or False: one of EXCLUSIONS."""
        allocation, result = self.allocation_id, self.result_id
        unfinished = allocation.cycle_id.sudo().unfinished_ids
        found = {
            "vetoed": result.vetoed,
            "unfiled": result.unfiled,
            "unfinished": result.unit_id in unfinished,
        }
        return next(
            (name for name in EXCLUSIONS if allocation[f"without_{name}"] and found[name]), False
        )

    def _explain(self, share, shared):
        """Return how the amount came about: weight, rate, bound, rounding."""
        exclusion = self._get_exclusion()
        if exclusion:
            return self._explain_exclusion(exclusion)
        amount = shared.amounts[self]
        if not amount.weight and not amount.yuan:
            return self.env._("%s: it earns no share.", self._explain_factor(share))
        sentence = self.env._(
            "%(factor)s; × %(rate)s = %(exact)s yuan",
            factor=self._explain_factor(share),
            rate=_write(shared.rate, 6),
            exact=_write(amount.weight * shared.rate, 2),
        )
        return f"{sentence}{self._explain_bound(amount)}{self._explain_rounding(amount)}"

    def _explain_exclusion(self, exclusion):
        match exclusion:
            case "vetoed":
                return self.env._("Nothing: an incident of the year made the final 0.")
            case "unfiled":
                return self.env._("Nothing: the self-assessment was not filed.")
        return self.env._("Nothing: a rectification of an earlier year is unfinished.")

    def _explain_factor(self, share):
        """Return the weight of the unit as an equation: base × coefficient, final or excess."""
        allocation = self.allocation_id
        values = {
            "base": _write(share.base, 2),
            "weight": _write(share.base * share.factor, 2),
            "final": f"{self.result_id.final:.2f}",
        }
        if allocation.method == GRADE:
            return self.env._(
                "Base %(base)s × coefficient %(factor)s (%(band)s) = %(weight)s",
                factor=_write(share.factor, 3),
                band=self.result_id.band or "—",
                **values,
            )
        if allocation.method == GATE:
            return self.env._(
                "Base %(base)s × excess %(factor)s (final %(final)s, gate %(gate)s) = %(weight)s",
                factor=_write(share.factor, 2),
                gate=plain_number(exact(allocation.gate)),
                **values,
            )
        return self.env._("Base %(base)s × final %(final)s = %(weight)s", **values)

    def _explain_bound(self, amount):
        """Return at which bound the amount was cut, with its share of the base."""
        allocation = self.allocation_id
        if amount.bound == "floor":
            return self.env._(
                "; raised to the floor of %(percent)s%% of the base",
                percent=plain_number(exact(allocation.floor_percent)),
            )
        if amount.bound == "ceiling":
            return self.env._(
                "; cut at the ceiling of %(percent)s%% of the base",
                percent=plain_number(exact(allocation.ceiling_percent)),
            )
        return ""

    def _explain_rounding(self, amount):
        if amount.exact == amount.yuan:
            return self.env._("; %s yuan", amount.yuan)
        if amount.yuan > amount.exact:
            return self.env._("; rounded up to %s yuan by the largest remainder", amount.yuan)
        return self.env._("; rounded down to %s yuan", amount.yuan)

    def _lock_for_edit(self, names):
        """Touch the proposal, so that a concurrent move is retried on the changed base."""
        touch(self.allocation_id)


def _write(number, decimals):
    """Return a fraction as a text, with so many decimals at most; "…" where it is cut."""
    scaled = Fraction(number) * 10**decimals
    whole = scaled.numerator // scaled.denominator
    text = plain_number(exact(whole).scaleb(-decimals))
    return text if whole == scaled else f"{text}…"
