"""The bars of the sheet 排名: one in the cell of every final, and a chart of the first rows."""

FINAL = 5  # index of the column 最终得分
CHART_UNITS = 25  # with more, the bars cannot be distinguished
DARK = "#1F4E79"
# White, striped and dark, so that the three can be distinguished in black and white as well.
CHART_SERIES = (
    (3, "自评", {"fill": {"color": "#FFFFFF"}}),
    (4, "实地考核", {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": DARK}}),
    (FINAL, "最终", {"fill": {"color": DARK}}),
)


def add_bars(sheet, unit_count, full_points):
    """Show the finals of all units as bars in their cells, and the first units in a chart.

    :param Sheet sheet: 排名, with its rows written
    :param full_points: of the rubric, the length of a whole bar
    """
    if not unit_count:
        return
    first, last = sheet.header_row + 1, sheet.header_row + unit_count
    sheet.page.conditional_format(
        *(first, FINAL, last, FINAL),
        {
            "type": "data_bar",
            "data_bar_2010": True,
            "bar_solid": True,
            "bar_color": "#BDD7EE",
            "min_type": "num",
            "min_value": 0,
            "max_type": "num",
            "max_value": full_points,
        },
    )
    _insert_chart(sheet, unit_count)


def _insert_chart(sheet, unit_count):
    """Show the first units as bars with their points, the best on top, beside the table."""
    shown = min(unit_count, CHART_UNITS)
    first, last = sheet.header_row + 1, sheet.header_row + shown
    chart = sheet.book.add_chart({"type": "bar"})
    for column, name, look in CHART_SERIES:
        chart.add_series(
            {
                "name": name,
                "categories": [sheet.name, first, 1, last, 1],
                "values": [sheet.name, first, column, last, column],
                "border": {"color": DARK, "width": 0.75},
                "data_labels": {"value": True, "num_format": "0.00", "font": {"size": 7}},
                "gap": 40,
                **look,
            }
        )
    chart.set_title({"name": "得分对照" if shown == unit_count else f"得分对照（前{shown}行）"})
    chart.set_x_axis({"min": 0, "num_format": "0", "major_gridlines": {"visible": True}})
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"position": "bottom"})
    # So that 25 units fit on a printed page beside the table, and labels on the bars.
    chart.set_size({"width": 560, "height": 140 + 30 * shown})
    # Filtering the table moves the chart but must not squeeze it.
    sheet.page.insert_chart(
        sheet.header_row, len(sheet.widths), chart, {"object_position": 2, "x_offset": 12}
    )
