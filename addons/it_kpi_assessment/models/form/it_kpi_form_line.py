from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.decimals import exact, half_up


class ItKpiFormLine(models.AbstractModel):
    """One indicator on a form: its mark (a grade or 无此项), remark and evidence.

    ``score`` holds what the grade alone earns (R1). The mean that a line marked 无此项 gets
    depends on the other units and is never stored here: see ``it.kpi.ranking``.

    The concrete model declares ``_editable``; its states and roles are those of the form.
    """

    _name = "it.kpi.form.line"
    _inherit = ["it.kpi.marked.line", "it.kpi.evidenced", "it.kpi.explained"]
    _description = "Line of a Form"

    _editable_depends = ("form_id.state", "form_id.cycle_id.state", "in_correction")

    score = fields.Float(
        digits=(6, 2),
        compute="_compute_score",
        store=True,
        precompute=True,
        help="Points x ratio of the grade; 0 where there is no grade.",
    )

    @api.depends("grade_id.ratio", "indicator_id.points")
    def _compute_score(self):
        """R1: points x ratio, half-up to hundredths."""
        for line in self:
            line.score = half_up(exact(line.indicator_id.points) * exact(line.grade_id.ratio))

    def _check_unlocked(self):
        """Raise a UserError that says why the current user cannot fill these lines now."""
        self._lock_for_edit(())
        for line in self:
            reason = line.form_id._get_line_lock_reason(line)
            if reason:
                raise UserError(reason)
