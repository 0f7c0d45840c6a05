"""Write the printed forms and the workbook of the published year. Runs in Odoo's shell.

Nothing is written while the files there still show what the database holds: beside them lies
what they were made from. Each file is made in a thread with a transaction of its own, and its pages
are laid out in a process of its own, so all cores work.
"""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from odoo.addons.it_kpi_assessment.printing.pool import MOST_AT_ONCE, Limits
from odoo.addons.it_kpi_assessment.printing.printers import count_cores

folder, sources = os.environ["SCRIPT_ARGUMENTS"].split(os.pathsep)
folder = Path(folder)
# Nobody waits at a screen, and the machine may be a slow one.
limits = Limits(seconds=1200, patience=1200, of_one_person=None)
odoo_env = env(  # noqa: F821
    context={
        **env.context,  # noqa: F821
        "lang": "zh_CN",
        "tz": "Asia/Shanghai",
        "it_kpi_limits": limits,
    }
)


def report(name, records):
    """The function that returns the bytes of one report over ``records``."""
    action = f"it_kpi_assessment.{name}"
    return lambda env: env["ir.actions.report"]._render_qweb_pdf(action, records.ids)[0]


def fingerprint(*groups):
    """What the files depend on: the addon's sources and the newest change of every record."""
    digest = hashlib.sha256(sources.encode())
    for records in groups:
        digest.update(repr([(row.id, row.write_date) for row in records]).encode())
    return digest.hexdigest()


def write(name, make):
    """Make the file under another name and rename it, so that it is never half there."""
    with odoo_env.registry.cursor() as cr:
        content = make(odoo_env(cr=cr))
    unfinished = folder / f".{name}.new"
    unfinished.write_bytes(content)
    unfinished.rename(folder / name)


cycle = odoo_env["it.kpi.cycle"].search([("state", "=", "published")], order="id desc", limit=1)
publication = cycle.publication_id
rubric = cycle.rubric_id
assessments = odoo_env["it.kpi.assessment"].search([("cycle_id", "=", cycle.id)])
surveys = odoo_env["it.kpi.survey"].search([("cycle_id", "=", cycle.id)])

# Those that take longest begin.
files = {
    "成绩单.pdf": report("result_report", publication.result_ids),
    "自评报告.pdf": report("self_report", assessments),
    "附件2.pdf": report("assessment_report", assessments),
    "附件3.pdf": report("survey_report", surveys),
    "考核结果通报.pdf": report("publication_report", publication),
    "附件1.pdf": report("rubric_report", rubric),
    "考核结果.xlsx": lambda env: publication.with_env(env)._workbook(),
}
made_from = folder / ".made-from"
state = fingerprint(cycle, publication, rubric, assessments, surveys)
complete = all((folder / name).is_file() for name in files)
if not (complete and made_from.is_file() and made_from.read_text() == state):
    folder.mkdir(exist_ok=True)
    made_from.unlink(missing_ok=True)
    with ThreadPoolExecutor(min(count_cores(), MOST_AT_ONCE)) as threads:
        list(threads.map(write, files, files.values()))
    made_from.write_text(state)
