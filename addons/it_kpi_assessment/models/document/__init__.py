from . import it_kpi_document
from . import it_kpi_objection_document
from . import it_kpi_publication_document
from . import it_kpi_rectification_document
from . import it_kpi_result_document
