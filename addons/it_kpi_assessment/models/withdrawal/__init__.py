from . import it_kpi_form_withdrawal
from . import it_kpi_survey_withdrawal
from . import it_kpi_assessment_withdrawal
from . import it_kpi_cycle_withdrawal
