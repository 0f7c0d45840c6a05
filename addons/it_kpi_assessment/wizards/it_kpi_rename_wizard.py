from odoo import api, fields, models

from ..const import REASON_LENGTH, UNIT_KINDS
from ..models.cycle.it_kpi_unit_renaming import NAMING


class ItKpiRenameWizard(models.TransientModel):
    """更名: ask what a unit is to be called, and for the reason."""

    _name = "it.kpi.rename.wizard"
    _inherit = ["it.kpi.primary"]
    _description = "New Name of a Unit"

    unit_id = fields.Many2one(
        "it.kpi.unit",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    name = fields.Char(required=True, default=lambda self: self._get_unit().name)
    short_name = fields.Char(required=True, default=lambda self: self._get_unit().short_name)
    kind = fields.Selection(UNIT_KINDS, required=True, default=lambda self: self._get_unit().kind)
    sequence = fields.Integer("Order", default=lambda self: self._get_unit().sequence)
    reason = fields.Text(required=True, max_length=REASON_LENGTH)

    @api.constrains("unit_id")
    def _check_unit_id(self):
        self.unit_id.sudo(False).check_access("read")  # constraints run as sudo

    def _get_unit(self):
        """Return the unit that the dialog was opened on, with the rights of the user."""
        return self.env["it.kpi.unit"].browse(self.env.context.get("active_id"))

    def action_confirm(self):
        """Rename the unit.

        :raise AccessError: the user is not of the division
        :raise UserError: there is no reason, or nothing changes
        """
        self.ensure_one()
        self.unit_id.action_rename({name: self[name] for name in NAMING}, self.reason)
        return {"type": "ir.actions.act_window_close"}
