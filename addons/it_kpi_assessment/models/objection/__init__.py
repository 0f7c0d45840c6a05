from . import it_kpi_objection
from . import it_kpi_objection_line
from . import it_kpi_objection_decision
from . import it_kpi_result_objections
from . import it_kpi_cycle_objections
from . import it_kpi_assessment_objections
from . import it_kpi_survey_objections
