from . import it_kpi_account
from . import it_kpi_account_access
from . import it_kpi_start
