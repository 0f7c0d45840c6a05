"""Write the text of what published years print, as JSON. Runs in Odoo's shell.

White space is left out: what counts are the letters. The text is that of the HTML, which both PDF
engines print from.
"""

import json
import os
from pathlib import Path

import lxml.html

path = Path(os.environ["SCRIPT_ARGUMENTS"])
odoo_env = env(context={**env.context, "lang": "zh_CN", "tz": "Asia/Shanghai"})  # noqa: F821
cycles = odoo_env["it.kpi.cycle"].search([("state", "=", "published")])
of_cycles = [("cycle_id", "in", cycles.ids)]
publications = odoo_env["it.kpi.publication"].search(of_cycles)
assessments = odoo_env["it.kpi.assessment"].search(of_cycles)
PRINTS = {
    "rubric_report": cycles.rubric_id,
    "assessment_report": assessments,
    "survey_report": odoo_env["it.kpi.survey"].search(of_cycles),
    "publication_report": publications,
    "result_report": publications.result_ids,
    "rectification_report": odoo_env["it.kpi.rectification"].search(
        [("publication_id", "in", publications.ids)]
    ),
    "self_report": assessments,
}


def read(report, record):
    """Return the letters of one print."""
    page, _kind = odoo_env["ir.actions.report"]._render_qweb_html(
        f"it_kpi_assessment.{report}", record.ids
    )
    body = lxml.html.fromstring(page.decode()).find("body")
    return "".join(body.text_content().split())


texts = {
    f"{report} {record.id}": read(report, record)
    for report, records in PRINTS.items()
    for record in records
}
path.write_text(json.dumps(texts, ensure_ascii=False, indent=1))
