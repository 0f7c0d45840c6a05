{
    "name": "A plain form, to compare with",
    "summary": "The self-assessment as Odoo alone makes it, for make load",
    "version": "19.0.1.0.0",
    "author": "it_kpi_assessment contributors",
    "license": "LGPL-3",
    "depends": ["mail"],
    "data": ["security/ir.model.access.csv", "views/plain_form_views.xml"],
}
