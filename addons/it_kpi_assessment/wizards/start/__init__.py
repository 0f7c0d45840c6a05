from . import it_kpi_account_wizard
from . import it_kpi_opening_wizard
from . import it_kpi_roster_wizard
from . import it_kpi_roster_wizard_change
