{
    "name": "Informatization Performance Assessment: Job Queue",
    "summary": "Long jobs of the assessment on OCA's job queue, by whichever server is free",
    "version": "19.0.1.1.0",
    "category": "Services/Assessment",
    "author": "it_kpi_assessment contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["it_kpi_assessment", "queue_job"],
    "data": ["data/it_kpi_queue_data.xml"],
    "auto_install": True,
}
