"""The sheet 对照图 of the ranking workbook: the first units of the ranking as bars, on a page."""

from .formulas import FINAL, RANKING, RANKING_FIRST, TOTALS
from .sheets import add_sheet

CHART_UNITS = 20  # with more, the bars cannot be distinguished on a page
UNIT_HEIGHT = 42  # pixels of a unit with its three bars and their points
DARK = "#1F4E79"
# White, striped and dark, so that the three can be distinguished in black and white as well.
CHART_SERIES = (
    (TOTALS["assessment"], "自评", {"fill": {"color": "#FFFFFF"}}),
    (
        TOTALS["survey"],
        "实地考核",
        {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": DARK}},
    ),
    (FINAL, "最终", {"fill": {"color": DARK}}),
)


def write_chart(book, ranking):
    """Add 对照图: the first units as bars with their points, the best on top."""
    if not ranking.scores:
        return
    sheet = add_sheet(book, ranking, "对照图", [96])
    shown = min(len(ranking.scores), CHART_UNITS)
    first, last = RANKING_FIRST, RANKING_FIRST + shown - 1
    chart = book.add_chart({"type": "bar"})
    for column, name, look in CHART_SERIES:
        chart.add_series(
            {
                "name": name,
                "categories": [RANKING, first, 1, last, 1],
                "values": [RANKING, first, column, last, column],
                "border": {"color": DARK, "width": 0.75},
                "data_labels": {"value": True, "num_format": "0.00", "font": {"size": 9}},
                "gap": 40,
                **look,
            }
        )
    part = "" if shown == len(ranking.scores) else f"（前{shown}行）"
    chart.set_title({"name": f"得分对照{part}", "name_font": {"size": 14}})
    chart.set_x_axis({"min": 0, "num_format": "0", "major_gridlines": {"visible": True}})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 10}})
    chart.set_legend({"position": "bottom", "font": {"size": 10}})
    chart.set_size({"width": 660, "height": 120 + UNIT_HEIGHT * shown})
    sheet.page.insert_chart(sheet.row, 0, chart, {"x_offset": 8, "y_offset": 8})
    sheet.page.fit_to_pages(1, 1)
