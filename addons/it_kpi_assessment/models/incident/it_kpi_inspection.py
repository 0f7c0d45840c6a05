from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.roles import may_be_named
from ..mixins.it_kpi_editable import Editable

# The roles that read inspections; the record rules say which of them.
READERS = "it_kpi_assessment.group_assessor,it_kpi_assessment.group_reads_all"


class ItKpiInspection(models.Model):
    """日常检查, 重点抽查: what an inspection found in a unit, before or beside the survey.

    It names indicators of the version that the bureau works with, not of the frozen copy of a
    cycle: most inspections are made before the year is opened and copies its rubric. A line of
    the survey finds them by the mapping of its indicator, which leads from version to version.
    """

    _name = "it.kpi.inspection"
    _inherit = ["it.kpi.people", "it.kpi.observation"]
    _description = "Inspection"

    _editable = dict.fromkeys(
        (
            *("unit_id", "date", "kind", "place", "finding"),
            *("inspector_ids", "indicator_ids", "attachment_ids"),
        ),
        Editable(None, ("assessor", "division")),
    )
    _people = {"inspector_ids": ("assessor", "division")}
    _derived_fields = {"company_id", "year", "survey_id"}

    kind = fields.Selection(
        [("routine", "Routine Check"), ("focused", "Focused Inspection")],
        required=True,
        default="routine",
        tracking=True,
    )
    place = fields.Char(tracking=True, help="Office, room or site that was looked at.")
    inspector_ids = fields.Many2many(
        "res.users",
        "it_kpi_inspection_inspector_rel",
        "inspection_id",
        "user_id",
        string="Inspectors",
        ondelete="restrict",
        tracking=True,
        default=lambda self: self._get_default_inspector(),
    )
    finding = fields.Text(required=True, tracking=True)
    rubric_id = fields.Many2one("it.kpi.rubric", compute="_compute_rubric_id")
    indicator_ids = fields.Many2many(
        "it.kpi.indicator",
        tracking=True,
        help="The finding is shown beside these when the unit is graded on site.",
    )
    photo_id = fields.Many2one("ir.attachment", compute="_compute_photo_id")
    survey_id = fields.Many2one(
        "it.kpi.survey",
        "Survey of the Year",
        compute="_compute_survey_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        ondelete="set null",
    )
    lock_reason = fields.Char(compute="_compute_lock_reason")

    @api.model
    def _get_default_inspector(self):
        """Return the current user, if inspections may name them."""
        user, roles = self.env.user, self._people["inspector_ids"]
        return user if may_be_named(user, self.env.company, roles) else user.browse()

    @api.depends("unit_id", "date")
    def _compute_survey_id(self):
        """Find the survey that the unit gets in that year.

        A year that is opened later links its surveys itself: see ``create_forms_queries.py``.
        """
        surveys = self.env["it.kpi.survey"].search(
            [("unit_id", "in", self.unit_id.ids), ("cycle_id.year", "in", self.mapped("year"))]
        )
        by_key = {(survey.unit_id, survey.cycle_id.year): survey for survey in surveys}
        for inspection in self:
            inspection.survey_id = by_key.get((inspection.unit_id, inspection.year))

    @api.depends("unit_id", "date")
    def _compute_rubric_id(self):
        """The version whose indicators are offered: the one of the year, or else in force."""
        for inspection in self:
            company = inspection.unit_id.company_id or self.env.company
            cycle = self.env["it.kpi.cycle"].search(
                [("company_id", "=", company.id), ("year", "=", inspection.year)]
            )
            in_force = self.env["it.kpi.rubric"]._get_in_force(company)
            inspection.rubric_id = cycle.source_rubric_id or in_force

    @api.depends("attachment_ids.mimetype")
    def _compute_photo_id(self):
        for inspection in self:
            inspection.photo_id = inspection.attachment_ids.filtered(
                lambda file: (file.mimetype or "").startswith("image/")
            )[:1]

    @api.depends("unit_id", "date")
    @api.depends_context("uid", "lang")
    def _compute_lock_reason(self):
        for inspection in self:
            stored = inspection._origin
            inspection.lock_reason = stored._get_lock_reason() if stored else False

    def _get_lock_reason(self):
        reason = super()._get_lock_reason()
        if not reason and not self.has_access("write"):
            reason = self.env._(
                "Only the inspector and the informatization division can change an inspection."
            )
        return reason

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        """The marks of a survey rest on it: what is wrong in it is corrected, and logged."""
        raise UserError(
            self.env._(
                "An inspection stays on record. If something in it is wrong, correct it: the log "
                "keeps what it said."
            )
        )

    @api.constrains("indicator_ids", "unit_id")
    def _check_indicators(self):
        for inspection in self:
            for rubric in inspection.indicator_ids.rubric_id:
                if rubric.cycle_id or rubric.company_id != inspection.company_id:
                    raise ValidationError(
                        self.env._(
                            "Choose indicators of a rubric that the bureau itself works with, "
                            "not of the copy that belongs to a year."
                        )
                    )

    @api.constrains("inspector_ids", "unit_id")
    def _check_avoidance(self):
        """回避: users do not inspect units that they belong to."""
        for inspection in self.sudo():
            own = inspection.inspector_ids & inspection.unit_id.member_ids
            if own:
                raise ValidationError(
                    self.env._(
                        "%(people)s belongs to %(unit)s and cannot inspect it.",
                        people=own.mapped("name"),
                        unit=inspection.unit_id.name,
                    )
                )
