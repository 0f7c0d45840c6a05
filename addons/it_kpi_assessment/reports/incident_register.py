"""年内事件登记表: the incidents of a year that the user may read."""

from odoo import models

from ..tools.official_words import name_incidents


class IncidentRegister(models.AbstractModel):
    """网络安全和失泄密事件登记表 of a year, by date."""

    _name = "report.it_kpi_assessment.report_incidents"
    _description = "Register of Incidents"

    def _get_report_values(self, docids, data=None):
        return {
            "docs": self.env["it.kpi.cycle"].browse(docids),
            "get_incidents": self._get_incidents,
            "name_incidents": name_incidents,
        }

    def _get_incidents(self, cycle):
        incidents = self.env["it.kpi.incident"]
        return incidents.search(cycle._get_incident_domain(), order="date, id")
