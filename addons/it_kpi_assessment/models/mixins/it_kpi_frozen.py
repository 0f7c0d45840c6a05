from odoo import api, models
from odoo.exceptions import UserError


class ItKpiFrozen(models.AbstractModel):
    """Mixin: a published record, which nobody adds, changes or deletes (R11).

    The superuser's code is refused as well: publishing inserts the rows by statements.
    """

    _name = "it.kpi.frozen"
    _description = "Published Record"

    @api.model_create_multi
    def create(self, vals_list):
        raise UserError(self.env._("Nothing is added to a published result. Publish a revision."))

    def copy(self, default=None):
        raise UserError(self.env._("Nothing is added to a published result. Publish a revision."))

    def write(self, vals):
        raise UserError(self.env._("A published result does not change. Publish a revision."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A published result stays."))
