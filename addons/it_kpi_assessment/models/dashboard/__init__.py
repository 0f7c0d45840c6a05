from . import it_kpi_dashboard_stages
from . import it_kpi_dashboard
