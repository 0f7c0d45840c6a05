from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from ...award.grading import BEST, EVERYBODY, LOWEST, NOBODY, Band, Rules
from ...tools.decimals import exact, plain_points

BAR_EFFECTS = [
    (BEST, "Not the Best Grade"),
    (LOWEST, "The Lowest Grade"),
]
# The names of grades are printed on official papers, and Chinese in every language.
NAMES = ("优秀", "良好", "合格", "不合格")


class ItKpiRubric(models.Model):
    """The settings of the units' grades (等次): bands, quota of the best one, bars.

    They are frozen with the year. Without bands the other settings mean nothing.
    """

    _inherit = "it.kpi.rubric"

    band_ids = fields.One2many("it.kpi.band", "rubric_id", "Grades of Units", copy=True)
    quota_kind = fields.Selection(
        [("number", "Number of Units"), ("percent", "Percent of the Units")],
        "Quota of the Best Grade",
        help="How many units may get the best grade. Empty: all that reach it.",
    )
    quota = fields.Float(
        digits=(6, 2),
        required=True,
        default=0,
        help="A number of units, or percent of the units that take part; rounded down.",
    )
    quota_by_kind = fields.Boolean(
        "For Each Kind of Unit",
        help="The quota holds within county bureaus and within direct units, not over all.",
    )
    quota_edge = fields.Selection(
        [(NOBODY, "None of Them"), (EVERYBODY, "All of Them")],
        "Same Final at the Edge",
        required=True,
        default=NOBODY,
        help="Which units get the best grade, if some with the same final exceed the quota.",
    )
    veto_bar = fields.Selection(
        BAR_EFFECTS,
        "After an Incident",
        help="What a unit gets at most with an incident of the year that zeroes its final or an "
        "indicator.",
    )
    unfiled_bar = fields.Selection(
        BAR_EFFECTS,
        "Self-Assessment Not Filed",
        help="What a unit gets at most whose self-assessment is recorded as not filed (未报).",
    )
    rectification_bar = fields.Selection(
        BAR_EFFECTS,
        "Rectification Unfinished",
        help="What a unit gets at most with a rectification order of an earlier year that is "
        "issued and not closed.",
    )

    _quota_range = models.Constraint(
        "CHECK(quota >= 0 AND (quota_kind IS DISTINCT FROM 'percent' OR quota <= 100))",
        "A quota is a number of units, or between 0 and 100 percent of them.",
    )

    @api.constrains("quota", "quota_kind")
    def _check_quota(self):
        for rubric in self:
            quota = exact(rubric.quota)
            if rubric.quota_kind == "number" and quota != quota.to_integral_value():
                raise ValidationError(self.env._("A number of units is a whole number."))

    def action_propose_good_from_80(self):
        """Replace the grades of units of drafts by usual ones: 90, 80, 60 points and below.

        They can be changed afterwards.

        :raise UserError: the rubric is in force
        """
        self._propose_bands((90, 80, 60, 0))

    def action_propose_good_from_70(self):
        """Do the same with 90, 70, 60 points and below.

        :raise UserError: the rubric is in force
        """
        self._propose_bands((90, 70, 60, 0))

    def _propose_bands(self, thresholds):
        self.check_access("write")
        bands = [
            Command.create({"name": name, "threshold": threshold})
            for name, threshold in zip(NAMES, thresholds, strict=True)
        ]
        self.write({"band_ids": [Command.clear(), *bands]})

    def _get_band_problems(self):
        """Return why units could not be graded: a final would reach no grade, or only one."""
        self.ensure_one()
        if not self.band_ids:
            return []
        problems = []
        if len(self.band_ids) < 2:
            problems.append(self.env._("Enter two grades of units at least, or none."))
        if min(self.band_ids.mapped("threshold")) != 0:
            problems.append(
                self.env._("The lowest grade of units begins at 0, so that every unit gets one.")
            )
        high = self.band_ids.filtered(lambda band: exact(band.threshold) > exact(self.full_points))
        if high:
            problems.append(
                self.env._(
                    "No unit reaches “%(band)s”: the rubric is worth %(points)s points.",
                    band=high[0].name,
                    points=plain_points(self.full_points),
                )
            )
        return problems

    def _get_band_rules(self):
        """Return the settings as ``Rules`` of the computation."""
        self.ensure_one()
        bars = {
            "veto": self.veto_bar,
            "unfiled": self.unfiled_bar,
            "rectification": self.rectification_bar,
        }
        return Rules(
            tuple(Band(band.name, exact(band.threshold)) for band in self.band_ids),
            self.quota_kind or None,
            exact(self.quota),
            self.quota_by_kind,
            self.quota_edge,
            {bar: effect for bar, effect in bars.items() if effect},
        )
