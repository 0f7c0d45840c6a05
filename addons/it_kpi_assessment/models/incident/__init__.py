from . import it_kpi_fact
from . import it_kpi_incident
from . import it_kpi_inspection
