"""From where the ranking workbook can be downloaded, and by whom."""

from odoo import models
from odoo.exceptions import AccessError, UserError

from ...tools.roles import reads_all
from ...workbook.build import build_workbook
from ...workbook.ranking import Ranking

# A workbook of more units takes longer than somebody likes to wait for.
MOST_UNITS_AT_ONCE = 2000


def _check_reads_all(env):
    """The workbook shows every unit, so whoever may read only the own unit's result is refused."""
    if not reads_all(env):
        raise AccessError(
            env._(
                "The ranking workbook shows the results of all units. It is for the head of the "
                "assessment group, the informatization division and the bureau leadership."
            )
        )


def _download(records):
    """Return the action that downloads the workbook of each record, several in one archive.

    Of many units it is made in the background, and the action shows that.
    """
    _check_reads_all(records.env)
    records.check_access("read")
    if not records:
        raise UserError(records.env._("There is no ranking to export yet."))
    cycles = records.cycle_id if "cycle_id" in records._fields else records
    if len(cycles.unit_ids) > MOST_UNITS_AT_ONCE:
        return records.env["it.kpi.job"]._ask("workbook", records)._get_records_action()
    ids = ",".join(map(str, records.ids))
    return {
        "type": "ir.actions.act_url",
        "url": f"/it_kpi_assessment/workbook/{records._name}/{ids}",
        "target": "download",
    }


def _get_parents(scores, field):
    """Return what the selected scores, or all of them, belong to; one query for any number."""
    domain = [("id", "in", scores.ids)] if scores else []
    groups = scores._read_group(domain, [field])
    return scores.env[scores._fields[field].comodel_name].union(*(parent for [parent] in groups))


class ItKpiCycle(models.Model):
    _inherit = "it.kpi.cycle"

    def action_workbook(self):
        """Download the ranking workbook: the live ranking, or what is published.

        :raise AccessError: the user may not read all results
        :raise UserError: a cycle is not open yet
        """
        self._check_has_ranking()
        return _download(self)

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
        if self.state not in ("open", "review"):
            return self.publication_id._get_workbook_ranking()
        _check_reads_all(self.env)
        self.check_access("read")
        return Ranking(
            self,
            self.env["it.kpi.ranking"],
            self.env["it.kpi.ranking.line"],
            [("cycle_id", "=", self.id)],
            self.env["it.kpi.publication"],
            self.env["it.kpi.ranking.change"],
        )


class ItKpiPublication(models.Model):
    _inherit = "it.kpi.publication"

    def action_workbook(self):
        """Download the workbook of the published result.

        :raise AccessError: the user may not read all results
        """
        return _download(self)

    def _workbook(self):
        """Return the workbook of the published result as bytes."""
        return build_workbook(self._get_workbook_ranking())

    def _get_workbook_ranking(self):
        self.ensure_one()
        _check_reads_all(self.env)
        self.check_access("read")
        return Ranking(
            self.cycle_id,
            self.env["it.kpi.result"],
            self.env["it.kpi.result.line"],
            [("publication_id", "=", self.id)],
            self,
            self.env["it.kpi.result.change"],
        )


class ItKpiRanking(models.Model):
    _inherit = "it.kpi.ranking"

    def action_workbook(self):
        """Download the workbooks of the cycles of these rows, or of all cycles under way.

        :raise AccessError: the user may not read all results
        """
        return _download(_get_parents(self, "cycle_id"))


class ItKpiResult(models.Model):
    _inherit = "it.kpi.result"

    def action_workbook(self):
        """Download the workbooks of the publications of these rows, or of all publications.

        :raise AccessError: the user may not read all results
        """
        return _download(_get_parents(self, "publication_id"))
