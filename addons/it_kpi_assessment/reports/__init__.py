from . import ir_actions_report
from . import publication_notice
from . import rectification_letter
from . import result_letter
from . import self_report
