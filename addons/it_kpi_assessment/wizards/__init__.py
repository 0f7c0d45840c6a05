from . import it_kpi_form_dialog
from . import it_kpi_sign_dialog
from . import it_kpi_extend_wizard
from . import it_kpi_reason_wizard
from . import it_kpi_rectification_sign_wizard
from . import it_kpi_return_wizard
from . import it_kpi_return_wizard_line
from . import it_kpi_sign_wizard
