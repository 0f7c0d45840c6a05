{
    "name": "Informatization Performance Assessment: Demonstration",
    "summary": "An invented bureau with a published year and the year under way",
    "version": "19.0.1.0.0",
    "category": "Services/Assessment",
    "author": "it_kpi_assessment contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["it_kpi_assessment", "mail_bot"],
    "data": [
        "data/it_kpi_unit_demo.xml",
        "data/it_kpi_user_demo.xml",
        "data/it_kpi_year_demo.xml",
    ],
    "pre_init_hook": "take_over_old_demonstration",
}
