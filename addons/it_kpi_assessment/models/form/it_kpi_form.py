from odoo import api, fields, models

from ...const import CYCLE_CHANGEABLE, CYCLE_PUBLISHED, FILED_STATE
from ...tools.decimals import exact
from ...tools.locking import share


class ItKpiForm(models.AbstractModel):
    """What the self-assessment (attachment 2) and the on-site survey (attachment 3) share.

    A form is a sheet of one unit in one cycle with a line per indicator. Its concrete model
    declares ``line_ids``, ``state``, ``_moves`` and ``_editable``; the entry of ``line_ids`` says
    who fills its lines. Nothing moves or changes unless the cycle is open.
    """

    _name = "it.kpi.form"
    _inherit = ["it.kpi.workflow", "it.kpi.explained", "it.kpi.lost.files"]
    _description = "Form of the Assessment"
    _order = "cycle_id, unit_id"
    _rec_names_search = ["unit_id.name", "unit_id.short_name"]

    # Which kind of form it is: a key of ``const.FORM_KINDS``, and its name, translated.
    _kind = _form_label = ""
    # Names of the moves that are possible while the year is under review, too.
    _moves_in_review = ()
    # Names of the moves by which lines are corrected that an objection reopened.
    _moves_in_correction = ()
    _editable_depends = ("state", "cycle_id.state", "in_correction")
    _file_paths = ("document_ids", "line_ids.attachment_ids")

    cycle_id = fields.Many2one("it.kpi.cycle", required=True, readonly=True, ondelete="cascade")
    unit_id = fields.Many2one(
        "it.kpi.unit", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="cycle_id.company_id", store=True, index=True, precompute=True
    )
    unit_name = fields.Char(
        "Name of the Unit",
        compute="_compute_words",
        help="As published; until then, and during a revision, as the unit is called now.",
    )
    unit_short_name = fields.Char(compute="_compute_words")
    bureau_name = fields.Char("Bureau", compute="_compute_words")
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
    filed_total = fields.Float(
        "Points as Filed",
        digits=(6, 2),
        compute="_compute_filed_total",
        store=True,
        copy=False,
        aggregator=None,
        help="Sum of what the grades of a filed form earn, before means and vetoes; 0 until it is "
        "filed. The ranking reads it in place of the lines.",
    )
    result_id = fields.Many2one("it.kpi.result", compute="_compute_result")
    total = fields.Float(
        "Final Score of the Form",
        digits=(6, 2),
        compute="_compute_result",
        help="最终得分 as published: with the means for what the unit does not have.",
    )
    shown_total = fields.Float(
        "Points of the Form",
        digits=(6, 2),
        compute="_compute_shown_total",
        help="本表得分: as published, and until then what the lines count now.",
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

    @api.depends("cycle_id", "unit_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for form in self:
            label = self.env._(self._form_label)
            form.display_name = f"{form.cycle_id.display_name} {form.unit_name} {label}"

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

    @api.depends("state", "line_ids.score")
    def _compute_filed_total(self):
        """Sum a form when it is filed: while it is being filled in, a mark writes its line only."""
        for form in self:
            filed = form.state == FILED_STATE[form._kind]
            scores = form.line_ids.mapped("score") if filed else ()
            form.filed_total = sum((exact(score) for score in scores), exact(0))

    @api.depends(
        *("cycle_id.publication_id", "cycle_id.state"),
        *("unit_id.name", "unit_id.short_name", "company_id.name"),
    )
    def _compute_words(self):
        """Name unit and bureau; with sudo, as users may read a form and not its result."""
        published = self.filtered(
            lambda form: form._origin.sudo().cycle_id.state in CYCLE_PUBLISHED
        )
        results = published.sudo()._find_results() if published else {}
        for form in self:
            result, stored = results.get(form.sudo()), form.sudo()
            form.unit_name = result.unit_name if result else stored.unit_id.name
            form.unit_short_name = result.unit_short_name if result else stored.unit_id.short_name
            form.bureau_name = (
                result.publication_id.bureau_name if result else stored.company_id.name
            )

    def _find_results(self):
        """Return ``{form: its result in the current publication}`` of results that the user reads.

        It is that of ``_origin``: clients may send other values.
        """
        stored = self._origin.sudo()
        publications = stored.cycle_id.publication_id
        results = self.env["it.kpi.result"].search(
            [("publication_id", "in", publications.ids), ("unit_id", "in", stored.unit_id.ids)]
        )
        by_key = {(result.publication_id.id, result.unit_id.id): result for result in results}
        origins = {form: form._origin.sudo() for form in self}
        return {
            form: by_key.get((origin.cycle_id.publication_id.id, origin.unit_id.id))
            for form, origin in origins.items()
        }

    @api.depends("cycle_id.publication_id", "cycle_id.state", "unit_id", "state")
    @api.depends_context("uid")
    def _compute_result(self):
        """Find the published result, for users who may read it: the unit's own people and those
        who read all results."""
        results = self._find_results()
        for form in self:
            origin, result = form._origin.sudo(), results[form]
            published = result and origin.cycle_id.state in CYCLE_PUBLISHED
            published = published and origin.state != "withdrawn"
            form.is_published = bool(published)
            form.result_id = result
            form.total = result[f"{self._kind}_total"] if published else 0

    @api.depends("is_published", "total", "graded_total")
    @api.depends_context("uid")
    def _compute_shown_total(self):
        for form in self:
            form.shown_total = form.total if form.is_published else form.graded_total

    @api.depends("state", "cycle_id.state", "in_correction")
    @api.depends_context("uid")
    def _compute_lock_reason(self):
        for form in self:
            form.lock_reason = form._get_lock_reason()

    def _get_lock_reason(self):
        """Return why the current user cannot fill the lines of this form now, or False."""
        self.ensure_one()
        states, roles = self._editable["line_ids"]
        if self.state == "withdrawn":
            return self._describe_withdrawal()
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

    @api.depends("cycle_id.state", "in_correction")
    def _compute_allowed_moves(self):
        return super()._compute_allowed_moves()

    def _is_move_allowed(self, name):
        states = CYCLE_CHANGEABLE if name in self._moves_in_review else ("open",)
        takes_place = self.cycle_id.sudo().state in states or (
            name in self._moves_in_correction and self._is_being_corrected()
        )
        return takes_place and super()._is_move_allowed(name)

    def _check_move(self, name):
        """Raise as every workflow does, and unless the cycle is open until the transaction ends.

        For ``_moves_in_review`` it suffices that the cycle is open or under review, and a form that
        is corrected after an objection makes ``_moves_in_correction``.
        """
        if name in self._moves_in_review:
            self.check_access("read")
            self.cycle_id.sudo()._check_is_under_way()
        else:
            self._check_open()
        return super()._check_move(name)

    def _is_open(self):
        """Return whether the form can be filled and filed: the cycle is open, or an objection
        reopened lines of the form."""
        return self.cycle_id.sudo().state == "open" or self._is_being_corrected()

    def _check_open(self):
        """Raise a UserError unless the cycles of these forms are open, or an objection reopened
        lines of the form."""
        self.check_access("read")
        corrected = self.filtered(lambda form: form._is_being_corrected())
        share(corrected.cycle_id)
        (self - corrected).cycle_id.sudo()._check_is_open()

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
