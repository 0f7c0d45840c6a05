"""Measured indicators: a percentage that the criteria grade by thresholds (attachment 1).

The regulation states three: 目标绩效完成率 and 终端设备在线率 (达到100%, 80%-100%（不含）,
60%-80%（不含）, 不足60%), 非涉密资料电子台账比例 (90%以上, 80%-90%（不含）, 60%-80%（不含）,
低于60%). A threshold belongs to its grade (“不含” excludes the upper end), and 以上 includes
the number itself.
"""

from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.decimals import exact
from ...tools.fields import format_percent

# More than this is a typing error even where a plan can be overfulfilled.
LIMIT = 1000


class ItKpiIndicator(models.Model):
    """An indicator is measured if its criteria have thresholds."""

    _inherit = "it.kpi.indicator"

    measure_name = fields.Char("Measured Value", help="What is measured in percent, if anything.")
    may_exceed = fields.Boolean(
        "Can Exceed 100 %",
        help="A plan can be overfulfilled; a share of a whole cannot exceed 100 %.",
    )
    is_measured = fields.Boolean(compute="_compute_is_measured")

    @api.depends("criterion_ids.threshold")
    def _compute_is_measured(self):
        for indicator in self:
            indicator.is_measured = bool(indicator._get_thresholds())

    def _get_thresholds(self):
        """Return ``[(grade, threshold)]`` of the grades that have one, best grade first."""
        if not self.rubric_id.cycle_id:
            return self._find_thresholds()
        kept = self.rubric_id._get_kept_thresholds().get(self._origin.id, ())
        grades = self.env["it.kpi.grade"]
        return [(grades.browse(grade_id), threshold) for grade_id, threshold in kept]

    def _find_thresholds(self):
        """Return the same from the criteria, which may be those of an unsaved draft."""
        thresholds = {
            criterion.grade_id: exact(criterion.threshold)
            for criterion in self.criterion_ids
            if criterion.threshold is not False
        }
        order = self.rubric_id.grade_ids
        return [(grade, thresholds[grade]) for grade in order if grade in thresholds]

    def _get_proposed_grade(self, value):
        """Return the grade that a measured percentage reaches; none if nothing is measured."""
        thresholds = [] if value is False else self._get_thresholds()
        if not thresholds:
            return self.env["it.kpi.grade"]
        reached = (grade for grade, threshold in thresholds if exact(value) >= threshold)
        return next(reached, self.rubric_id.grade_ids[-1:])

    def _get_problems(self):
        """Return a sentence for everything that is incomplete or contradictory."""
        return self._get_missing_texts() + self._get_threshold_problems()

    def _get_threshold_problems(self):
        """Every grade but the last has a threshold, or none has; from grade to grade it falls."""
        thresholds = dict(self._get_thresholds())
        if not thresholds:
            return []
        *upper, last = self.rubric_id.grade_ids
        problems = [
            self.env._(
                "%(indicator)s has no threshold for grade %(grade)s.",
                indicator=self.name,
                grade=grade.code,
            )
            for grade in upper
            if grade not in thresholds
        ]
        if last in thresholds:
            problems.append(
                self.env._(
                    "%(indicator)s: grade %(grade)s takes what reaches no threshold. "
                    "Leave its own empty.",
                    indicator=self.name,
                    grade=last.code,
                )
            )
        if any(better <= worse for better, worse in pairwise(thresholds.values())):
            problems.append(
                self.env._("%s: the thresholds do not fall from grade to grade.", self.name)
            )
        return problems

    def _check_measured_value(self, value):
        """Raise a ValidationError unless the percentage can have been measured here."""
        if value is False:
            return
        if not self.is_measured:
            raise ValidationError(self.env._("%s is not measured in percent.", self.form_label))
        limit = LIMIT if self.may_exceed else 100
        if not 0 <= exact(value) <= limit:
            raise ValidationError(
                self.env._(
                    "%(indicator)s: %(value)s cannot have been measured. The value lies between "
                    "0 %% and %(limit)s %%.",
                    indicator=self.form_label,
                    value=format_percent(value),
                    limit=limit,
                )
            )
