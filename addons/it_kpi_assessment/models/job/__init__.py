from . import it_kpi_job
from . import it_kpi_job_run
from . import it_kpi_job_paper
from . import it_kpi_cycle_print
