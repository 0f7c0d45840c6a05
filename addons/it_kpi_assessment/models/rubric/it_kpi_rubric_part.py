from odoo import api, models


class ItKpiRubricPart(models.AbstractModel):
    """A part of a rubric. It changes while its rubric is a draft, and not later.

    Who may change it, and when, is the rubric's own table (``_editable``). As parts seldom change
    and every mark asks for them, methods of rubrics and parts use Odoo's cache (``ormcache``);
    whatever changes a part clears it.
    """

    _name = "it.kpi.rubric.part"
    _inherit = ["it.kpi.primary"]
    _description = "Part of a Rubric"

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.rubric_id._check_parts_editable()
        self.env.registry.clear_cache()
        return parts

    def write(self, vals):
        self.rubric_id._check_parts_editable()
        result = super().write(vals)
        self.rubric_id._check_parts_editable()
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_rubric_in_force(self):
        self.rubric_id._check_parts_editable()
