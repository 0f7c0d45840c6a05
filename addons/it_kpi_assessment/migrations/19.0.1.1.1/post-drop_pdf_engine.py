"""Delete the system parameter that chose between two PDF engines: WeasyPrint prints everything."""


def migrate(cr, version):
    cr.execute("DELETE FROM ir_config_parameter WHERE key = 'it_kpi_assessment.pdf_engine'")
