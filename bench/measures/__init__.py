"""One measure a file, in the order in which they are taken."""

from .attachment_2 import Attachment2
from .attachment_2_job import Attachment2Job
from .bare_ranking import BareRanking
from .first_page import FirstPage
from .lay_out import LayOut
from .live_ranking import LiveRanking
from .mark import Mark
from .open_form import OpenForm
from .publish import Publish
from .robustness import Robustness
from .workbook import Workbook

# What only reads comes before what leaves dead rows behind.
MEASURES = (
    *(BareRanking, LiveRanking, FirstPage, Robustness, OpenForm, Workbook),
    *(Attachment2, Attachment2Job),
    *(Mark, LayOut, Publish),
)
# What is taken of a whole country: of a year that is filed, and with one being filled in beside it.
# A print is measured by the form. What takes longest comes last.
OF_A_FILED_COUNTRY = (BareRanking, LiveRanking, FirstPage)
OF_A_COUNTRY = (OpenForm, Mark, LayOut, Publish, Workbook)
