"""The rivals, in the order in which they are taken."""

from .calc import Calc
from .data_frame import DataFrame
from .odoo_survey import OdooSurvey
from .stored_computes import StoredComputes, StoredMark

RIVALS = (DataFrame, Calc, OdooSurvey, StoredComputes, StoredMark)
