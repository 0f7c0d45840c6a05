from odoo import fields, models


class ItKpiBasesWizard(models.TransientModel):
    """Upload the bases of a proposal of funds as a workbook."""

    _name = "it.kpi.bases.wizard"
    _inherit = ["it.kpi.primary"]
    _description = "Upload of Bases"

    allocation_id = fields.Many2one(
        "it.kpi.allocation",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    file = fields.Binary("Workbook", attachment=False)
    file_name = fields.Char(max_length=255)

    def action_confirm(self):
        """Take over the bases of the workbook, all of them or none.

        :raise AccessError: the user may not change the proposal
        :raise UserError: the file cannot be read, or a cell is wrong
        """
        self.ensure_one()
        self.allocation_id.action_import_bases(self.with_context(bin_size=False).file)
        self.file = False  # what it said is in the system now
        return {"type": "ir.actions.act_window_close"}
