"""The ranking workbook: 排名, 得分明细, 对比, 差距, of a revision 修订说明, 说明."""

from io import BytesIO

from .changes import lay_out_changes
from .gaps import lay_out_gaps
from .layout import Book
from .notes import lay_out_notes
from .sheets import lay_out_comparison, lay_out_details, lay_out_ranking

SHEETS = (
    lay_out_ranking,
    lay_out_details,
    lay_out_comparison,
    lay_out_gaps,
    lay_out_changes,
    lay_out_notes,
)
# From so many units on, rows go to a temporary file instead of the memory. Not before: such
# files hold no copy of the chart's numbers, which previews of mail programs draw from.
MANY_UNITS = 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def get_file_name(ranking):
    """Return the name under which the workbook of a ``Ranking`` is filed."""
    return f"{ranking.get_title('排名')}.xlsx"


def build_workbook(ranking):
    """Return the workbook of a ``Ranking`` as bytes of an xlsx file."""
    stream = BytesIO()
    options = {"constant_memory": True} if len(ranking.scores) > MANY_UNITS else {"in_memory": True}
    with Book(stream, options) as book:
        book.set_properties(
            {"title": ranking.get_title("排名"), "author": ranking.cycle.company_id.name}
        )
        for lay_out in SHEETS:
            lay_out(book, ranking)
    return stream.getvalue()
