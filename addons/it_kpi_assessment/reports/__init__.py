from . import ir_actions_report
from . import publication_notice
from . import workbook_source
