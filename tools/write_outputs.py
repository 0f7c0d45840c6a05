"""Write the printed forms and the workbook of the published year. Runs in Odoo's shell.

Nothing is written while the files there still show what the database holds: beside them lies
what they were made from.
"""

import hashlib
import os
from pathlib import Path

folder, sources = os.environ["SCRIPT_ARGUMENTS"].split(os.pathsep)
folder = Path(folder)
odoo_env = env(context={**env.context, "lang": "zh_CN", "tz": "Asia/Shanghai"})  # noqa: F821


def report(name, records):
    """The bytes of one report over ``records``."""
    return odoo_env["ir.actions.report"]._render_qweb_pdf(f"it_kpi_assessment.{name}", records.ids)[
        0
    ]


def fingerprint(*groups):
    """What the files depend on: the addon's sources and the newest change of every record."""
    digest = hashlib.sha256(sources.encode())
    for records in groups:
        digest.update(repr([(row.id, row.write_date) for row in records]).encode())
    return digest.hexdigest()


def write(name, content):
    """Write the file under another name and rename it, so that it is never half there."""
    unfinished = folder / f".{name}.new"
    unfinished.write_bytes(content)
    unfinished.rename(folder / name)


cycle = odoo_env["it.kpi.cycle"].search([("state", "=", "published")], order="id desc", limit=1)
publication = cycle.publication_id
rubric = cycle.rubric_id
assessments = odoo_env["it.kpi.assessment"].search([("cycle_id", "=", cycle.id)])
surveys = odoo_env["it.kpi.survey"].search([("cycle_id", "=", cycle.id)])

files = {
    "附件1.pdf": lambda: report("rubric_report", rubric),
    "附件2.pdf": lambda: report("assessment_report", assessments),
    "附件3.pdf": lambda: report("survey_report", surveys),
    "考核结果通报.pdf": lambda: report("publication_report", publication),
    "成绩单.pdf": lambda: report("result_report", publication.result_ids),
    "自评报告.pdf": lambda: report("self_report", assessments),
    "考核结果.xlsx": lambda: publication._workbook(),
}
made_from = folder / ".made-from"
state = fingerprint(cycle, publication, rubric, assessments, surveys)
complete = all((folder / name).is_file() for name in files)
if not (complete and made_from.is_file() and made_from.read_text() == state):
    folder.mkdir(exist_ok=True)
    made_from.unlink(missing_ok=True)
    for name, make in files.items():
        write(name, make())
    made_from.write_text(state)
