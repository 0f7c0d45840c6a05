from . import it_kpi_unit_duties
from . import it_kpi_cycle_duties
from . import it_kpi_assessment_duties
from . import it_kpi_survey_duties
from . import it_kpi_rectification_duties
from . import it_kpi_notice
from . import it_kpi_assessment_reminder
from . import it_kpi_cycle_reminder
