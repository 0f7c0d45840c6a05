from odoo import fields, models

from ..offline.writer import CELL_LIMIT


class ItKpiOfflineWizardChange(models.TransientModel):
    """One answer that an uploaded workbook would change, and whether it is taken over."""

    _name = "it.kpi.offline.wizard.change"
    _description = "Change by an Uploaded Form"

    wizard_id = fields.Many2one("it.kpi.offline.wizard", required=True, ondelete="cascade")
    line_id = fields.Many2one(
        "it.kpi.assessment.line", "Indicator", required=True, readonly=True, ondelete="cascade"
    )
    indicator_label = fields.Char(related="line_id.indicator_label")
    name = fields.Selection(
        [
            ("mark", "Mark"),
            ("measured_value", "Measured (%)"),
            ("remark", "Remark"),
            ("explanation", "Explanation"),
        ],
        "Answer",
        required=True,
        readonly=True,
    )
    current = fields.Text("In the System Now", readonly=True, max_length=CELL_LIMIT)
    value = fields.Text("In the File", readonly=True, max_length=CELL_LIMIT)
    is_conflict = fields.Boolean(
        "Changed Meanwhile",
        readonly=True,
        help="Since the download somebody changed this answer in the system.",
    )
    is_taken = fields.Boolean("Take Over")
