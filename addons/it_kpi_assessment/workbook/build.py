"""The ranking workbook: its sheets in their order, 修订说明 only for a revision."""

from io import BytesIO

from .changes import write_changes
from .chart import write_chart
from .data import write_data
from .formulas import MANY_UNITS
from .funds import write_funds
from .gaps import write_gaps
from .layout import Book
from .notes import write_notes
from .parameters import write_parameters
from .sheets import write_comparison, write_details, write_ranking

SHEETS = (
    write_ranking,
    write_chart,
    write_details,
    write_comparison,
    write_gaps,
    write_funds,
    write_changes,
    write_notes,
    write_data,
    write_parameters,
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def get_file_name(ranking):
    """Return the file name of the workbook of a ``Ranking``."""
    return f"{ranking.get_title('排名')}.xlsx"


def build_workbook(ranking):
    """Return the workbook of a ``Ranking`` as bytes of an xlsx file.

    The rows of many units go to a temporary file instead of the memory. Such a workbook has no copy
    of the chart's numbers, which the previews of mail programs need: smaller ones stay in memory.
    """
    stream = BytesIO()
    options = {"constant_memory": True} if len(ranking.scores) > MANY_UNITS else {"in_memory": True}
    with Book(stream, options) as book:
        book.set_properties(
            {"title": ranking.get_title("排名"), "author": ranking.words.bureau_name}
        )
        for write_sheet in SHEETS:
            write_sheet(book, ranking)
    return stream.getvalue()
