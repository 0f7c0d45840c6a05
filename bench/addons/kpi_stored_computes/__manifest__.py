{
    "name": "Assessment by Stored Computes",
    "summary": "What the assessment would be if every mean, total and rank were a stored field",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "it_kpi_assessment contributors",
    "license": "LGPL-3",
    "depends": ["base", "web"],
    "data": ["security/ir.model.access.csv"],
}
