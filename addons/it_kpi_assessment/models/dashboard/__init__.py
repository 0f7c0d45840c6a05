from . import it_kpi_dashboard
from . import it_kpi_dashboard_stages
