from . import kpi_plain_cycle
from . import kpi_plain_unit
from . import kpi_plain_form
from . import kpi_plain_mean
from . import kpi_plain_line
