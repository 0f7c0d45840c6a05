from odoo import api, fields, models


class ItKpiFormDialog(models.AbstractModel):
    """Mixin of the dialogs about one form; their user must have read access to the form.

    The form is a self-assessment, unless the dialog defines another ``form_id``.
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
