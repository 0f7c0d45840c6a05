from odoo import api, fields, models

from ...const import WIDE_GAP
from ...tools.fields import Percent
from ...tools.text import is_blank

# What an assessor sees of the unit's line, beside its evidence.
OWN_FIELDS = ("grade_id", "not_applicable", "measured_value", "explanation", "remark")


class ItKpiSurveyLine(models.Model):
    """The unit's own mark beside the line that an assessor grades, and the gap between the two.

    It is read with the rights of the user: empty for users who may not read it. All lines are read
    at once.
    """

    _inherit = "it.kpi.survey.line"

    own_grade_id = fields.Many2one("it.kpi.grade", compute="_compute_own")
    own_mark = fields.Char(compute="_compute_own", help="As the unit marked itself.")
    own_measured_value = Percent("Measured by the Unit (%)", compute="_compute_own")
    own_explanation = fields.Text(compute="_compute_own")
    own_remark = fields.Char(compute="_compute_own")
    own_attachment_ids = fields.Many2many(
        "ir.attachment", string="Own Evidence", compute="_compute_own"
    )
    grade_gap = fields.Integer(
        "Gap",
        compute="_compute_grade_gap",
        help="By how many grades this one is lower than the unit's own; negative if higher.",
    )
    is_far_off = fields.Boolean(compute="_compute_grade_gap", help="A gap of two or more grades.")
    lacks_reason = fields.Boolean(
        compute="_compute_lacks_reason", help="The grade is far off, and no remark says why."
    )

    @api.depends("form_id", "indicator_id")
    @api.depends_context("uid", "lang")
    def _compute_own(self):
        own_lines = self._origin._get_own_lines()
        for line in self:
            own = own_lines.get(line._origin) or self.env["it.kpi.assessment.line"]
            line.own_grade_id = own.grade_id
            line.own_mark = self._get_mark(own)
            line.own_measured_value = own.measured_value
            line.own_explanation = own.explanation
            line.own_remark = own.remark
            line.own_attachment_ids = own.attachment_ids

    def _get_own_lines(self):
        """Return ``{line: the unit's line of the same indicator}``, as far as submitted.

        The survey of a withdrawn unit (R13) shows those that were submitted before.
        """
        own_lines = self.env["it.kpi.assessment.line"].search_fetch(
            [
                ("form_id", "in", self.form_id.assessment_id.ids),
                *("|", ("form_id.state", "=", "submitted")),
                ("form_id.withdrawn_from", "=", "submitted"),
                ("indicator_id", "in", self.indicator_id.ids),
            ],
            ["form_id", "indicator_id", *OWN_FIELDS],
        )
        by_key = {(own.form_id.id, own.indicator_id.id): own for own in own_lines}
        return {
            line: by_key.get((line.form_id.assessment_id.id, line.indicator_id.id)) for line in self
        }

    @api.depends("grade_id", "own_grade_id")
    @api.depends_context("uid")
    def _compute_grade_gap(self):
        for line in self:
            own, given = line.own_grade_id, line.grade_id
            line.grade_gap = given._get_step() - own._get_step() if own and given else 0
            line.is_far_off = abs(line.grade_gap) >= WIDE_GAP

    @api.depends("is_far_off", "remark")
    @api.depends_context("uid")
    def _compute_lacks_reason(self):
        for line in self:
            line.lacks_reason = line.is_far_off and is_blank(line.remark)
