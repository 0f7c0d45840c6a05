from . import ir_actions_report
from . import offline_source
from . import publication_notice
from . import rectification_letter
from . import result_letter
from . import self_report
from . import signed_documents
from . import workbook_source
