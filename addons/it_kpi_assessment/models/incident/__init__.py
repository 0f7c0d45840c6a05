from . import it_kpi_observation
from . import it_kpi_incident
from . import it_kpi_inspection
from . import it_kpi_unit_inspections
from . import it_kpi_survey_inspections
from . import it_kpi_survey_line_observations
