from odoo import api, models


class ItKpiRubricPart(models.AbstractModel):
    """What a rubric consists of. It can be changed while the rubric is a draft, not later."""

    _name = "it.kpi.rubric.part"
    _inherit = ["it.kpi.current"]
    _description = "Part of a Rubric"

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.rubric_id._check_is_draft()
        return parts

    def write(self, vals):
        self.rubric_id._check_is_draft()
        result = super().write(vals)
        self.rubric_id._check_is_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_rubric_in_force(self):
        self.rubric_id._check_is_draft()
