"""Who may download the ranking workbook, and how: at once, or made by a long job."""

from odoo.exceptions import AccessError, UserError

from ..const import MOST_WORKBOOKS
from ..tools.records import take_each_once
from ..tools.roles import reads_all

# A workbook of more units takes longer than users like to wait.
MOST_UNITS_AT_ONCE = 2000


def check_reads_all(records):
    """Raise an AccessError unless the user may read all results of the records' bureaus: the
    workbook shows every unit."""
    bureaus = records.sudo().company_id or records.env.company
    if not reads_all(records.env, bureaus):
        raise AccessError(
            records.env._(
                "The ranking workbook shows the results of all units. It is for the head of the "
                "assessment group, the informatization division and the bureau leadership."
            )
        )


def download(records):
    """Return the action that downloads the workbook of each record, several in one archive.

    The workbook of very many units is made by a long job, and the action shows that job.

    :param records: cycles or publications
    :raise AccessError: the user may not read all results
    :raise UserError: there is no record, or these are too many
    """
    check_reads_all(records)
    records = take_each_once(records, MOST_WORKBOOKS)
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


def get_parents(scores, field):
    """Return the records of ``field`` of the selected scores, or of all scores, in one query."""
    domain = [("id", "in", scores.ids)] if scores else []
    groups = scores._read_group(domain, [field])
    return scores.env[scores._fields[field].comodel_name].union(*(parent for [parent] in groups))
