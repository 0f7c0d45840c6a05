from collections import defaultdict

from odoo import api, fields, models

from .it_kpi_inspection import READERS


class ItKpiSurveyLine(models.Model):
    """The inspections and incidents that concern the line that an assessor grades.

    They are read with the rights of the user: empty for users who may not read them. All lines are
    read at once.
    """

    _inherit = "it.kpi.survey.line"

    inspection_ids = fields.Many2many(
        "it.kpi.inspection",
        string="Inspections of the Year",
        compute="_compute_inspection_ids",
        groups=READERS,
    )
    incident_ids = fields.Many2many(
        "it.kpi.incident", string="Incidents of the Year", compute="_compute_observations"
    )
    observations = fields.Char("On Record", compute="_compute_observations")

    @api.depends("form_id", "indicator_id")
    @api.depends_context("uid")
    def _compute_inspection_ids(self):
        inspections = self._origin._get_inspections()
        for line in self:
            line.inspection_ids = inspections.get(line._origin)

    @api.depends("form_id", "indicator_id")
    @api.depends_context("uid", "lang")
    def _compute_observations(self):
        """Count the incidents and inspections that concern each line."""
        incidents = self._origin._get_incidents()
        inspections = self._origin._get_inspections()
        for line in self:
            line.incident_ids = incidents.get(line._origin)
            texts = []
            if line.incident_ids:
                texts.append(self.env._("Incidents: %s", len(line.incident_ids)))
            if inspections.get(line._origin):
                texts.append(self.env._("Inspections: %s", len(inspections[line._origin])))
            line.observations = "\n".join(texts)

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
        if not incidents:
            return {}
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
