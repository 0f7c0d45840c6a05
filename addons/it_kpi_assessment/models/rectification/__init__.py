from . import it_kpi_rectification
from . import it_kpi_rectification_basis
from . import it_kpi_rectification_revision
from . import it_kpi_rectification_weakness
from . import it_kpi_rectification_explained
from . import it_kpi_rectification_measure
from . import it_kpi_form_line_rectification
