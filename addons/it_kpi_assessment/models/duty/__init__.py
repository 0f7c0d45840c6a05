from . import duty_tables
from . import it_kpi_notice
from . import it_kpi_assessment_reminder
