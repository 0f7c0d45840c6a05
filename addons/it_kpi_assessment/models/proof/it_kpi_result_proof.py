from odoo import fields, models


class ItKpiResultProof(models.Model):
    """The canonical text of a unit's published result, as it was on publication.

    The fingerprint of the publication covers it. A salt in it keeps others from trying out which
    marks lead to the fingerprint of a unit. Nobody reads the rows but the code.
    """

    _name = "it.kpi.result.proof"
    _inherit = ["it.kpi.frozen"]
    _description = "Canonical Text of a Result"
    _log_access = False
    _rec_name = "result_id"

    result_id = fields.Many2one("it.kpi.result", required=True, readonly=True, ondelete="restrict")
    edition_id = fields.Many2one(
        "it.kpi.publication",
        "Publication",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="As on publication, also if the result was moved past the system.",
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    salt = fields.Char(required=True, readonly=True, max_length=False)
    content = fields.Text(required=True, readonly=True, max_length=False)

    _result_unique = models.Constraint("UNIQUE(result_id)", "A result has one canonical text.")
