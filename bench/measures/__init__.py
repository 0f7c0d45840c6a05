"""One measure a file, in the order in which they are taken."""

from .attachment_2 import Attachment2
from .first_page import FirstPage
from .lay_out import LayOut
from .live_ranking import LiveRanking
from .mark import Mark
from .open_form import OpenForm
from .publish import Publish
from .workbook import Workbook

# What only reads comes before what leaves dead rows behind.
MEASURES = (LiveRanking, FirstPage, OpenForm, Workbook, Attachment2, Mark, LayOut, Publish)
