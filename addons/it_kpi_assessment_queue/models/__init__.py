from . import it_kpi_job
