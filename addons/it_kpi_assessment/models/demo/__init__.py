from . import it_kpi_demo
from . import it_kpi_demo_rectification
from . import it_kpi_demo_revision
from . import it_kpi_demo_inspection
from . import it_kpi_demo_mapping
from . import it_kpi_demo_checks
