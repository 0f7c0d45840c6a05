"""Write official documents of the demonstration as Word files. Runs in Odoo's shell."""

import os
from pathlib import Path

folder = Path(os.environ["SCRIPT_ARGUMENTS"])
odoo_env = env(context={**env.context, "lang": "zh_CN", "tz": "Asia/Shanghai"})  # noqa: F821
cycle = odoo_env["it.kpi.cycle"].search([("state", "=", "published")], order="id desc", limit=1)
publication = cycle.publication_id
of_year = [("cycle_id", "=", cycle.id)]
of_kind = {
    "publication_report": cycle.publication_ids,
    "rectification_report": odoo_env["it.kpi.rectification"].search(of_year),
    "self_report": odoo_env["it.kpi.assessment"].search(of_year, limit=2),
    "result_report": publication.result_ids,
    "objection_report": odoo_env["it.kpi.objection"].search(of_year),
}
for name, records in of_kind.items():
    report = odoo_env.ref(f"it_kpi_assessment.{name}")
    for number, record in enumerate(records, 1):
        content, _name = report._render_it_kpi_word(record.ids)
        (folder / f"{name}_{number}.docx").write_bytes(content)
