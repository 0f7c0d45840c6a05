from . import it_kpi_assessment_signing
from . import it_kpi_survey_signing
from . import it_kpi_survey_findings
from . import it_kpi_survey_line_findings
from . import it_kpi_survey_signature
from . import it_kpi_kept_signature
