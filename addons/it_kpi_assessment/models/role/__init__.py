from . import it_kpi_holding
from . import ir_rule
from . import res_company
from . import res_groups
from . import res_users_holdings
