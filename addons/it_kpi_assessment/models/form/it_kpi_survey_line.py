from odoo import fields, models

from .it_kpi_survey import BY_ASSESSORS

# A change of these voids all signatures of the survey.
SIGNED_FIELDS = ("grade_id", "not_applicable", "measured_value", "remark", "attachment_ids")


class ItKpiSurveyLine(models.Model):
    """How the assessment group grades a unit on one indicator."""

    _name = "it.kpi.survey.line"
    _inherit = ["it.kpi.form.line"]
    _description = "Line of an On-Site Survey"

    _editable = dict.fromkeys(SIGNED_FIELDS, BY_ASSESSORS)

    form_id = fields.Many2one(
        "it.kpi.survey", required=True, readonly=True, index=True, ondelete="cascade"
    )
    cycle_id = fields.Many2one(related="form_id.cycle_id", store=True, index=True, precompute=True)

    def write(self, vals):
        if vals.keys().isdisjoint(SIGNED_FIELDS):
            return super().write(vals)
        before = {line: line._get_signed_content() for line in self.sudo()}
        result = super().write(vals)
        changed = self.browse().union(
            *(line for line, content in before.items() if line._get_signed_content() != content)
        )
        changed._void_signatures()
        return result

    def _get_signed_content(self):
        values = [self[name] or False for name in SIGNED_FIELDS]
        return [*values, str(self.measured_value)]  # 0 % measured is not nothing measured

    def _void_signatures(self):
        for survey, lines in self.grouped("form_id").items():
            survey._void_signatures(self.env._("Changed: %s", lines.mapped("indicator_label")))
