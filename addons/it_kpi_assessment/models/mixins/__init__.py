from . import it_kpi_primary
from . import it_kpi_editable
from . import it_kpi_evidenced
from . import it_kpi_duty_mixin
from . import it_kpi_workflow
from . import it_kpi_signed
from . import it_kpi_explained
from . import it_kpi_frozen
