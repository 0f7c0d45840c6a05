from . import it_kpi_retention
from . import it_kpi_cycle_archive
from . import it_kpi_cycle_archive_forms
from . import it_kpi_cycle_archive_log
from . import it_kpi_cycle_archive_results
from . import it_kpi_job_archive
