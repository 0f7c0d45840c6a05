from odoo import models
from odoo.exceptions import UserError

from ...const import CYCLE_UNDER_WAY
from ...workbook.build import build_workbook
from ...workbook.download import check_reads_all, download
from ...workbook.ranking import Ranking
from .freezing_queries import incidents_query


class ItKpiCycle(models.Model):
    """The ranking workbook of a year: of the live ranking, or of the current publication."""

    _inherit = "it.kpi.cycle"

    def action_workbook(self):
        """Download the ranking workbook: the live ranking, or what is published.

        :raise AccessError: the user may not read all results, or belongs to a unit that takes part
        :raise UserError: a cycle is not open yet
        """
        self._check_has_ranking()
        self._check_not_recused()
        return download(self)

    def _check_has_ranking(self):
        for cycle in self:
            if cycle.state == "draft":
                raise UserError(
                    self.env._("%s has no ranking yet. Open the cycle first.", cycle.display_name)
                )

    def _workbook(self):
        """Return the workbook as bytes: of the live ranking while the cycle is under way,
        marked as not published, and of the current publication afterwards."""
        return build_workbook(self._get_workbook_ranking())

    def _get_workbook_ranking(self):
        self.ensure_one()
        self._check_has_ranking()
        if self.state not in CYCLE_UNDER_WAY:
            return self.publication_id._get_workbook_ranking()
        check_reads_all(self)
        self.check_access("read")
        self._check_not_recused()
        return Ranking(
            self,
            self.env["it.kpi.ranking"],
            self.env["it.kpi.ranking.line"],
            [("cycle_id", "=", self.id)],
            self.env["it.kpi.publication"],
            self.env["it.kpi.ranking.change"],
        )

    def _get_year_incidents(self):
        """Return the incidents of the year as a publication freezes them: a list of dicts."""
        self.env.flush_all()
        [[incidents]] = self.env.execute_query(incidents_query(self.id))
        return incidents
