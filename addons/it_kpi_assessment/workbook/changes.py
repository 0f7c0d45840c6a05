"""The sheet 修订说明 of the ranking workbook: what the revision changes, unit by unit."""

from .sheets import BLANK, UNIT_KINDS, add_sheet, fit_unit_width

HEADS = (
    *("单位", "类别", "原最终\n得分", "最终\n得分", "原名次", "名次"),
    *("原是否\n整改", "是否\n整改", "变动原因"),
)


def write_changes(book, ranking):
    """Add 修订说明, a row for every unit whose score or rank changed; only to a revision."""
    if not ranking.is_revision:
        return
    widths = [fit_unit_width(ranking), 10, 10, 10, 8, 8, 8, 8, 80]
    sheet = add_sheet(book, ranking, "修订说明", widths)
    sheet.add(*((head, "head") for head in HEADS))
    sheet.close_header(1)
    for change in ranking.changes:
        unit = ranking.units[change.unit_id.id]
        sheet.add(
            (unit.name, "text"),
            (UNIT_KINDS[unit.kind], "centre"),
            *_get_old_and_new(change),
            (change.why, "text"),
        )
    sheet.close_rows()


def _get_old_and_new(change):
    """Yield the cells of final, rank and duty to rectify, each before and after the revision."""
    known, complete = bool(change.old_rank), bool(change.rank)
    pairs = (("final", "number"), ("rank", "count"), ("is_last", "centre"))
    for name, style in pairs:
        for field, is_known in ((f"old_{name}", known), (name, complete)):
            if field == "is_last" and change.provisional:
                yield ("待定", "centre")
            else:
                yield (_get_value(change[field]), style) if is_known else BLANK


def _get_value(value):
    return ("否", "是")[value] if isinstance(value, bool) else value
