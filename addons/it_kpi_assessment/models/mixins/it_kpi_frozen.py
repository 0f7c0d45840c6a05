from odoo import api, models
from odoo.exceptions import UserError


class ItKpiFrozen(models.AbstractModel):
    """Mixin: a published record, which nobody changes or deletes, the superuser included (R11)."""

    _name = "it.kpi.frozen"
    _description = "Published Record"

    def write(self, vals):
        raise UserError(self.env._("A published result does not change. Publish a revision."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A published result stays."))
