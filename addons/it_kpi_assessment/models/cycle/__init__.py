from . import it_kpi_unit
from . import it_kpi_cycle
from . import it_kpi_cycle_opening
from . import it_kpi_cycle_recusal
