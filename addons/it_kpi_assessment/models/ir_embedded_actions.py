from odoo import models


class IrEmbeddedActions(models.Model):
    """Buttons that users add to the top of a screen, for themselves or for everybody."""

    _name = "ir.embedded.actions"
    _inherit = ["ir.embedded.actions", "it.kpi.shared"]

    def _is_shared(self):
        models_shown = (self.parent_res_model, self.parent_action_id.res_model)
        return self.user_id != self.env.user and any(
            (model or "").startswith("it.kpi.") for model in models_shown
        )
