from . import evidence
from . import workbook
