from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...const import REMARK_LENGTH
from ...tools.locking import share


class ItKpiMarkedLine(models.AbstractModel):
    """Mixin: one indicator on a sheet, with its mark (a grade or 无此项) and remark.

    The concrete model declares ``form_id``, ``_editable`` and ``_editable_depends``; its states and
    roles are those of the sheet, which says by ``_get_line_lock_reason`` why a line is locked.
    """

    _name = "it.kpi.marked.line"
    _inherit = ["it.kpi.primary", "it.kpi.editable"]
    _description = "Marked Line"
    _order = "indicator_id, id"
    _rec_name = "indicator_id"

    _state_holder = "form_id"

    indicator_id = fields.Many2one(
        "it.kpi.indicator", required=True, readonly=True, index=True, ondelete="restrict"
    )
    rubric_id = fields.Many2one(related="indicator_id.rubric_id")
    dimension_id = fields.Many2one(related="indicator_id.dimension_id")
    item_id = fields.Many2one(related="indicator_id.item_id")
    dimension_label = fields.Char("Dimension Name", compute="_compute_part_labels")
    item_label = fields.Char("Item Name", compute="_compute_part_labels")
    indicator_label = fields.Char("Indicator Name", related="indicator_id.form_label")
    points = fields.Float(related="indicator_id.points")
    criterion_ids = fields.One2many(related="indicator_id.criterion_ids")
    grade_id = fields.Many2one("it.kpi.grade", ondelete="restrict")
    not_applicable = fields.Boolean(help="无此项: the unit has nothing of this.")
    is_marked = fields.Boolean(compute="_compute_is_marked")
    remark = fields.Char(max_length=REMARK_LENGTH, multiline=True)
    lock_reason = fields.Char(compute="_compute_lock_reason")

    _one_mark = models.Constraint(
        "CHECK(NOT (not_applicable AND grade_id IS NOT NULL))",
        "A line has one mark: either a grade or “not applicable”. Remove one of the two.",
    )
    _indicator_unique = models.Constraint(
        "UNIQUE(form_id, indicator_id)", "A form has one line per indicator."
    )

    @api.depends("indicator_id")
    def _compute_part_labels(self):
        """The names in the merged cells of attachments 2 and 3."""
        for line in self:
            dimension, item = line.dimension_id, line.item_id
            line.dimension_label = dimension.form_name or dimension.name
            line.item_label = item.form_name or item.name

    @api.depends("grade_id", "not_applicable")
    def _compute_is_marked(self):
        for line in self:
            line.is_marked = line.not_applicable or bool(line.grade_id)

    def _get_mark(self, line):
        """Return the mark of a line of whatever kind in words; False if there is none."""
        return line.grade_id.code or (self.env._("N/A") if line.not_applicable else False)

    @api.depends(lambda self: self._editable_depends)
    @api.depends_context("uid")
    def _compute_lock_reason(self):
        for line in self:
            line.lock_reason = line.form_id._get_line_lock_reason(line)

    @api.constrains("grade_id")
    def _check_grade_of_rubric(self):
        for line in self:
            if line.grade_id and line.grade_id.rubric_id != line.indicator_id.rubric_id:
                raise ValidationError(
                    self.env._(
                        "%(indicator)s: grade %(grade)s belongs to another rubric.",
                        indicator=line.indicator_label,
                        grade=line.grade_id.code,
                    )
                )

    @api.onchange("grade_id")
    def _onchange_grade_id(self):
        if self.grade_id:
            self.not_applicable = False

    @api.onchange("not_applicable")
    def _onchange_not_applicable(self):
        if self.not_applicable:
            self.grade_id = False

    def write(self, vals):
        return super().write(self._complete_mark(vals))

    def _lock_for_edit(self, names):
        share(self.form_id)

    def _get_editable_names(self):
        locked = self.form_id._get_line_lock_reason(self)
        return set() if locked else super()._get_editable_names()

    def _get_edit_error(self, names):
        unlisted = [name for name in names if name not in self._editable]
        if unlisted:
            labels = self._get_field_labels(unlisted)
            return self.env._("“%s” of a line cannot be changed by hand.", labels)
        return self.form_id._get_line_lock_reason(self)

    def _complete_mark(self, vals):
        """A new mark replaces the old one; two marks at once are refused."""
        if vals.get("grade_id") and vals.get("not_applicable"):
            raise ValidationError(
                self.env._(
                    "%s: choose either a grade or “not applicable”, not both.",
                    self.mapped("indicator_label"),
                )
            )
        if vals.get("grade_id"):
            return {**vals, "not_applicable": False}
        if vals.get("not_applicable"):
            return {**vals, "grade_id": False}
        return vals
