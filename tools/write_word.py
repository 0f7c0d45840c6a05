"""Write official documents of the demonstration as Word files. Runs in Odoo's shell."""

import os
from pathlib import Path

folder = Path(os.environ["SCRIPT_ARGUMENTS"])
odoo_env = env(context={**env.context, "lang": "zh_CN", "tz": "Asia/Shanghai"})  # noqa: F821
cycle = odoo_env["it.kpi.cycle"].search([("state", "=", "published")], order="id desc", limit=1)
publication = cycle.publication_id
of_year = [("cycle_id", "=", cycle.id)]
for name, record in (
    ("publication_report", publication),
    ("rectification_report", odoo_env["it.kpi.rectification"].search(of_year, limit=1)),
    ("self_report", odoo_env["it.kpi.assessment"].search(of_year, limit=1)),
    ("result_report", publication.result_ids[:1]),
):
    content, _name = odoo_env.ref(f"it_kpi_assessment.{name}")._render_it_kpi_word(record.ids)
    (folder / f"{name}.docx").write_bytes(content)
