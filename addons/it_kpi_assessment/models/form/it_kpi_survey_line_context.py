from collections import defaultdict

from odoo import api, fields, models

from ...tools.fields import Percent
from ..incident.it_kpi_inspection import READERS

# From this many grades on, a gap to the unit's own grade demands a reason.
WIDE_GAP = 2


class ItKpiSurveyLine(models.Model):
    """What stands beside the line that an assessor grades.

    The unit's own mark and its inspections and incidents are read with the rights of the user:
    who may not read them finds nothing here. Everything is read for all lines at once.
    """

    _inherit = "it.kpi.survey.line"

    own_grade_id = fields.Many2one("it.kpi.grade", compute="_compute_own")
    own_mark = fields.Char(compute="_compute_own", help="As the unit marked itself.")
    own_measured_value = Percent("Measured by the Unit (%)", compute="_compute_own")
    own_explanation = fields.Text(compute="_compute_own")
    own_remark = fields.Char(compute="_compute_own")
    own_attachment_ids = fields.Many2many(
        "ir.attachment", string="Own Evidence", compute="_compute_own"
    )
    grade_gap = fields.Integer(
        "Gap",
        compute="_compute_grade_gap",
        help="By how many grades this one is lower than the unit's own; negative if higher.",
    )
    is_far_off = fields.Boolean(compute="_compute_grade_gap", help="A gap of two or more grades.")
    lacks_reason = fields.Boolean(
        compute="_compute_lacks_reason", help="The grade is far off, and no remark says why."
    )
    inspection_ids = fields.Many2many(
        "it.kpi.inspection",
        string="Inspections of the Year",
        compute="_compute_inspection_ids",
        groups=READERS,
    )
    incident_ids = fields.Many2many(
        "it.kpi.incident", string="Incidents of the Year", compute="_compute_facts"
    )
    facts = fields.Char("On Record", compute="_compute_facts")

    @api.depends("form_id", "indicator_id")
    @api.depends_context("uid", "lang")
    def _compute_own(self):
        own_lines = self._origin._get_own_lines()
        for line in self:
            own = own_lines.get(line._origin) or self.env["it.kpi.assessment.line"]
            line.own_grade_id = own.grade_id
            line.own_mark = self._get_mark(own)
            line.own_measured_value = own.measured_value
            line.own_explanation = own.explanation
            line.own_remark = own.remark
            line.own_attachment_ids = own.attachment_ids

    def _get_own_lines(self):
        """Return ``{line: the unit's line of the same indicator}``, as far as submitted."""
        own_lines = self.env["it.kpi.assessment.line"].search(
            [
                ("form_id", "in", self.form_id.assessment_id.ids),
                ("form_id.state", "=", "submitted"),
                ("indicator_id", "in", self.indicator_id.ids),
            ]
        )
        by_key = {(own.form_id.id, own.indicator_id.id): own for own in own_lines}
        return {
            line: by_key.get((line.form_id.assessment_id.id, line.indicator_id.id)) for line in self
        }

    @api.depends("grade_id", "own_grade_id")
    @api.depends_context("uid")
    def _compute_grade_gap(self):
        for line in self:
            order = line.rubric_id.grade_ids.ids
            grades = (line.own_grade_id.id, line.grade_id.id)
            known = all(grade in order for grade in grades)
            line.grade_gap = order.index(grades[1]) - order.index(grades[0]) if known else 0
            line.is_far_off = abs(line.grade_gap) >= WIDE_GAP

    @api.depends("is_far_off", "remark")
    @api.depends_context("uid")
    def _compute_lacks_reason(self):
        for line in self:
            line.lacks_reason = line.is_far_off and not (line.remark or "").strip()

    @api.depends("form_id", "indicator_id")
    @api.depends_context("uid")
    def _compute_inspection_ids(self):
        inspections = self._origin._get_inspections()
        for line in self:
            line.inspection_ids = inspections.get(line._origin)

    @api.depends("form_id", "indicator_id")
    @api.depends_context("uid", "lang")
    def _compute_facts(self):
        """Tell at a glance how many incidents and inspections concern each line."""
        incidents = self._origin._get_incidents()
        inspections = self._origin._get_inspections()
        for line in self:
            line.incident_ids = incidents.get(line._origin)
            texts = []
            if line.incident_ids:
                texts.append(self.env._("Incidents: %s", len(line.incident_ids)))
            if inspections.get(line._origin):
                texts.append(self.env._("Inspections: %s", len(inspections[line._origin])))
            line.facts = "\n".join(texts)

    def _get_inspections(self):
        """Return ``{line: inspections of the unit and year that name its indicator}``."""
        found = self.env["it.kpi.inspection"]
        if found.has_access("read"):
            found = found.search([("survey_id", "in", self.form_id.ids)])
        named = self.indicator_id._get_counterparts(found.indicator_ids)
        return {
            line: found.filtered(
                lambda inspection, line=line: (
                    inspection.survey_id == line.form_id
                    and inspection.indicator_ids & named[line.indicator_id]
                )
            )
            for line in self
        }

    def _get_incidents(self):
        """Return ``{line: incidents that zero its indicator or the final}`` (R6, R7)."""
        incidents = self.env["it.kpi.incident"].search(
            [
                ("unit_id", "in", self.form_id.unit_id.ids),
                ("year", "in", self.cycle_id.mapped("year")),
                ("state", "=", "recorded"),
            ]
        )
        found = defaultdict(incidents.browse)
        for incident in incidents:
            found[incident.unit_id, incident.year, incident.kind] |= incident
        return {
            line: incidents.browse().union(
                *(
                    found[line.form_id.unit_id, line.cycle_id.year, kind]
                    for kind in line._get_veto_kinds()
                )
            )
            for line in self
        }

    def _get_veto_kinds(self):
        """Return the kinds of incident that zero this indicator, or the final."""
        return {
            veto.kind
            for veto in self.rubric_id.veto_ids
            if veto.effect == "final" or veto.indicator_id == self.indicator_id
        }
