{
    "name": "Informatization Performance Assessment",
    "summary": "Yearly assessment of a transport bureau's units: self-assessment, survey, ranking",
    "version": "19.0.1.0.0",
    "category": "Services/Assessment",
    "author": "it_kpi_assessment contributors",
    "license": "LGPL-3",
    "application": True,
    "depends": ["mail"],
    "data": [
        "security/it_kpi_groups.xml",
        "security/ir.model.access.csv",
        "security/it_kpi_company_rules.xml",
        "security/it_kpi_form_rules.xml",
        "security/it_kpi_result_rules.xml",
        "data/it_kpi_rubric_data.xml",
        "data/it_kpi_unit_data.xml",
    ],
    "demo": [
        "data/it_kpi_unit_demo.xml",
        "data/it_kpi_user_demo.xml",
        "data/it_kpi_year_demo.xml",
    ],
}
