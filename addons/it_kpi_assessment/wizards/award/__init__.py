from . import it_kpi_bases_wizard
