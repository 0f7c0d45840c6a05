from . import it_kpi_robustness
from . import it_kpi_robustness_units
from . import it_kpi_robustness_patterns
from . import it_kpi_robustness_hints
