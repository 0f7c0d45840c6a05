from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ..mixins.it_kpi_editable import Editable
from ..mixins.it_kpi_workflow import Move
from .it_kpi_calibration import GRADERS
from .it_kpi_calibration_samples import OWN_UNITS

_lt = LazyTranslate(__name__)

BY_GRADER = Editable(("draft",), GRADERS)


class ItKpiCalibrationSheet(models.Model):
    """试评表: how one person grades one of the two forms of a calibration round.

    Nobody else reads its marks before the round is closed, and nothing in it says whose form it is.
    """

    _name = "it.kpi.calibration.sheet"
    _inherit = ["it.kpi.workflow"]
    _description = "Calibration Sheet"
    _order = "calibration_id desc, sample, user_id, id"
    _rec_names_search = ["year"]

    _moves = {"hand_in": Move(_lt("Hand in"), ("draft",), "handed_in", GRADERS)}
    _editable_depends = ("state", "is_open")
    _editable = {"line_ids": BY_GRADER}

    calibration_id = fields.Many2one(
        "it.kpi.calibration", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="calibration_id.company_id", store=True, index=True, precompute=True
    )
    cycle_id = fields.Many2one(
        related="calibration_id.cycle_id", store=True, index=True, precompute=True
    )
    year = fields.Integer(
        related="calibration_id.year", store=True, precompute=True, aggregator=None
    )
    sample = fields.Selection(
        [("first", "First Unit"), ("second", "Second Unit")],
        "Form",
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users", "Graded by", required=True, readonly=True, index=True, ondelete="restrict"
    )
    state = fields.Selection(
        [("draft", "Being Graded"), ("handed_in", "Handed In")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
    )
    is_open = fields.Boolean(compute="_compute_is_open", help="The round is being graded.")
    line_ids = fields.One2many("it.kpi.calibration.line", "form_id")

    _sheet_unique = models.Constraint(
        "UNIQUE(calibration_id, sample, user_id)", "A person has one sheet of each form."
    )

    @api.depends("year", "sample")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = self.env._(
                "Calibration %(year)s, %(unit)s",
                year=sheet.year or "",
                unit=sheet._get_sample_label(),
            )

    def _get_sample_label(self):
        """Return how the unit is called in the texts, in every language."""
        return OWN_UNITS.get(self.sample, "")

    @api.depends("calibration_id.state")
    def _compute_is_open(self):
        """With sudo: who grades does not read the round."""
        for sheet in self:
            sheet.is_open = sheet._origin.sudo().calibration_id.state == "open"

    def _get_roles(self):
        """A sheet is graded by its own person only."""
        roles = super()._get_roles()
        return roles if self._origin.sudo().user_id == self.env.user else roles - {*GRADERS}

    def _is_move_allowed(self, name):
        return super()._is_move_allowed(name) and self.is_open

    def _check_move(self, name):
        """Raise as every workflow does, and unless the round is open."""
        self.check_access("read")
        for sheet in self:
            if not sheet.is_open:
                raise UserError(sheet._get_closed_error())
        return super()._check_move(name)

    def _get_line_lock_reason(self, line):
        """Return why the current user cannot grade a line now, or False."""
        self.ensure_one()
        sheet = self._origin.sudo()
        if sheet.user_id != self.env.user:
            return self.env._("Only %s grades this sheet.", sheet.user_id.name)
        if self._get_roles().isdisjoint(GRADERS):
            return self.env._("You are no longer in the assessment group.")
        if sheet.state != "draft":
            return self.env._("This sheet is handed in, and does not change any more.")
        return False if self.is_open else self._get_closed_error()

    def _get_closed_error(self):
        return self.env._("%s has ended: nothing is graded any more.", self.display_name)

    def _get_editable_names(self):
        return super()._get_editable_names() if self.is_open else set()

    def _get_edit_error(self, names):
        closed = names == ["line_ids"] and not self.is_open
        return self._get_closed_error() if closed else super()._get_edit_error(names)

    def action_hand_in(self):
        """Hand in sheets on which every line is marked; they do not change any more.

        :raise UserError: a line has no mark, or the round is closed
        """
        self._check_move("hand_in")
        for sheet in self:
            unmarked = sheet.line_ids.filtered(lambda line: not line.is_marked)
            if unmarked:
                raise UserError(
                    self.env._(
                        "%(sheet)s: %(count)s lines have no mark. Grade them, or mark N/A.",
                        sheet=sheet.display_name,
                        count=len(unmarked),
                    )
                )
        self._move("hand_in")
