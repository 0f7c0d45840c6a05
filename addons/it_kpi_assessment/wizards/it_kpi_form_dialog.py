from odoo import api, fields, models


class ItKpiFormDialog(models.AbstractModel):
    """What the dialogs about one form share: whoever opens one can read the form.

    It is a self-assessment, unless the dialog names another kind.
    """

    _name = "it.kpi.form.dialog"
    _inherit = ["it.kpi.primary"]
    _description = "Dialog about a Form"

    form_id = fields.Many2one(
        "it.kpi.assessment",
        "Self-Assessment",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )

    @api.constrains("form_id")
    def _check_form_id(self):
        self.form_id.sudo(False).check_access("read")  # constraints run as sudo
