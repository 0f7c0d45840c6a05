from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import CYCLE_PUBLISHED
from ...tools.decimals import exact
from ...tools.locking import share


class ItKpiForm(models.AbstractModel):
    """What the self-assessment (attachment 2) and the on-site survey (attachment 3) share.

    A form is a sheet of one unit in one cycle with a line per indicator. Its concrete model
    declares ``line_ids``, ``state``, ``_moves`` and ``_editable``; the entry of ``line_ids`` says
    who fills its lines. Nothing moves or changes unless the cycle is open.
    """

    _name = "it.kpi.form"
    _inherit = ["it.kpi.workflow", "it.kpi.explained"]
    _description = "Form of the Assessment"
    _order = "cycle_id, unit_id"
    _rec_names_search = ["unit_id.name", "unit_id.short_name"]

    # Which kind of form it is: a key of ``const.FORM_KINDS``, and its name, translated.
    _kind = _form_label = ""
    _editable_depends = ("state", "cycle_id.state")

    cycle_id = fields.Many2one("it.kpi.cycle", required=True, readonly=True, ondelete="cascade")
    unit_id = fields.Many2one(
        "it.kpi.unit", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="cycle_id.company_id", store=True, index=True, precompute=True
    )
    rubric_id = fields.Many2one(related="cycle_id.rubric_id")
    line_count = fields.Integer("Lines", compute="_compute_progress")
    marked_count = fields.Integer("Marked", compute="_compute_progress")
    progress = fields.Char(compute="_compute_progress", help="Marked lines of all lines.")
    progress_percent = fields.Float(compute="_compute_progress", help="Marked lines in percent.")
    graded_total = fields.Float(
        "Points of the Lines",
        digits=(6, 2),
        compute="_compute_graded_total",
        help="Sum of what the lines count now. N/A counts nothing until its mean is published.",
    )
    result_id = fields.Many2one("it.kpi.result", compute="_compute_result")
    total = fields.Float(
        "Final Score of the Form",
        digits=(6, 2),
        compute="_compute_result",
        help="最终得分 as published: with the means for what the unit does not have.",
    )
    is_published = fields.Boolean(
        compute="_compute_result",
        help="The form is the one that was published. Not set while the form is being revised, "
        "although the published result stays in force.",
    )
    lock_reason = fields.Char(compute="_compute_lock_reason")

    _cycle_unit_unique = models.Constraint(
        "UNIQUE(cycle_id, unit_id)", "A unit has only one form of a kind in a cycle."
    )

    @api.depends("cycle_id", "unit_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for form in self:
            label = self.env._(self._form_label)
            form.display_name = f"{form.cycle_id.display_name} {form.unit_id.name} {label}"

    @api.depends("line_ids.grade_id", "line_ids.not_applicable")
    def _compute_progress(self):
        """One query for all forms; the mark just made counts, saved or not."""
        for form in self:
            lines = form.line_ids
            marked = lines.filtered("is_marked")
            form.line_count = len(lines)
            form.marked_count = len(marked)
            form.progress = f"{len(marked)} / {len(lines)}"
            form.progress_percent = 100 * len(marked) / len(lines) if lines else 0

    @api.depends("line_ids.counted_score")
    @api.depends_context("uid")
    def _compute_graded_total(self):
        for form in self:
            form.graded_total = float(form._add_up_lines())

    def _add_up_lines(self):
        """Return the exact sum of what the lines count now."""
        return sum((exact(score) for score in self.line_ids.mapped("counted_score")), exact(0))

    @api.depends("cycle_id.publication_id", "cycle_id.state", "unit_id")
    @api.depends_context("uid")
    def _compute_result(self):
        """Find the published result, for users who may read it: the unit's own people and those
        who read all results. It is that of ``_origin``: clients may send other values."""
        stored = self._origin.sudo()
        publications = stored.cycle_id.publication_id
        results = self.env["it.kpi.result"].search(
            [("publication_id", "in", publications.ids), ("unit_id", "in", stored.unit_id.ids)]
        )
        by_key = {(result.publication_id.id, result.unit_id.id): result for result in results}
        for form in self:
            origin = form._origin.sudo()
            result = by_key.get((origin.cycle_id.publication_id.id, origin.unit_id.id))
            published = result and origin.cycle_id.state in CYCLE_PUBLISHED
            form.is_published = bool(published)
            form.result_id = result
            form.total = result[f"{self._kind}_total"] if published else 0

    @api.depends("state", "cycle_id.state")
    @api.depends_context("uid")
    def _compute_lock_reason(self):
        for form in self:
            form.lock_reason = form._get_lock_reason()

    def _get_lock_reason(self):
        """Return why the current user cannot fill the lines of this form now, or False."""
        self.ensure_one()
        states, roles = self._editable["line_ids"]
        if not self._is_open():
            return self.env._("%s is not open for filling.", self.cycle_id.display_name)
        if self._get_roles().isdisjoint(roles):
            return self._get_role_lock_reason()
        if self.state not in states:
            return self._get_state_lock_reason()
        return False

    def _get_line_lock_reason(self, line):
        """Return why the current user cannot fill this line now, or False."""
        return self._get_lock_reason()

    def _lock_parts(self):
        """Lock the lines: a concurrent mark comes before the move, or is refused after it."""
        share(self.line_ids)

    @api.depends("cycle_id.state")
    def _compute_allowed_moves(self):
        return super()._compute_allowed_moves()

    def _is_move_allowed(self, name):
        return self._is_open() and super()._is_move_allowed(name)

    def _check_move(self, name):
        """Raise as every workflow does, and unless the cycle is open until the transaction ends."""
        self._check_open()
        return super()._check_move(name)

    def _is_open(self):
        """Return whether the cycle is open, so that its forms can be filled and filed."""
        return self.cycle_id.sudo().state == "open"

    def _check_open(self):
        """Raise a UserError unless the cycles of these forms are open."""
        self.check_access("read")
        self.cycle_id.sudo()._check_is_open()

    def _get_editable_names(self):
        return super()._get_editable_names() if self._is_open() else set()

    def _lock_for_edit(self, names):
        """Keep the cycle open until the transaction ends; lines lock their form themselves."""
        if set(names) - {"line_ids"}:
            share(self.cycle_id)

    def _get_edit_error(self, names):
        """Return why the form is locked, where these fields are filled in with its lines."""
        filling = self._editable["line_ids"]
        reason = all(self._editable.get(name) == filling for name in names) or not self._is_open()
        return reason and self._get_lock_reason() or super()._get_edit_error(names)

    def _check_all_marked(self):
        """Raise a UserError that names the lines without a mark."""
        for form in self:
            unmarked = form.line_ids.filtered(lambda line: not line.is_marked)
            if unmarked:
                raise UserError(
                    self.env._(
                        "%(form)s still has lines without a mark:\n%(lines)s",
                        form=form.display_name,
                        lines="\n".join(unmarked.mapped("indicator_id.form_label")),
                    )
                )
