"""The ranking workbook: 排名, 得分明细, 对比, 差距, for a revision 修订说明, 说明."""

from io import BytesIO

from .changes import write_changes
from .gaps import write_gaps
from .layout import Book
from .notes import write_notes
from .sheets import write_comparison, write_details, write_ranking

SHEETS = (
    write_ranking,
    write_details,
    write_comparison,
    write_gaps,
    write_changes,
    write_notes,
)
# With more units, rows go to a temporary file instead of the memory. Such a workbook has no copy
# of the chart's numbers, which the previews of mail programs need: smaller ones stay in memory.
MANY_UNITS = 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def get_file_name(ranking):
    """Return the file name of the workbook of a ``Ranking``."""
    return f"{ranking.get_title('排名')}.xlsx"


def build_workbook(ranking):
    """Return the workbook of a ``Ranking`` as bytes of an xlsx file."""
    stream = BytesIO()
    options = {"constant_memory": True} if len(ranking.scores) > MANY_UNITS else {"in_memory": True}
    with Book(stream, options) as book:
        book.set_properties(
            {"title": ranking.get_title("排名"), "author": ranking.cycle.company_id.name}
        )
        for write_sheet in SHEETS:
            write_sheet(book, ranking)
    return stream.getvalue()
