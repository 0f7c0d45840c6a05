from . import editor
from . import evidence
from . import offline_form
from . import report
from . import workbook
