"""The sheet 资金分配建议 of the ranking workbook, once the leadership has approved the proposal."""

from ..award.award_words import describe_allocation, describe_award_state
from .sheets import BLANK, add_sheet, fit_unit_width

HEADS = ("名次", "单位", "最终\n得分", "等次", "基数（元）", "建议金额\n（元）", "计算说明")


def write_funds(book, ranking):
    """Add 资金分配建议, a row per unit and the sum; nothing without an approved proposal."""
    allocation = ranking.allocation
    if not allocation:
        return
    sheet = add_sheet(book, ranking, "资金分配建议", [6, fit_unit_width(ranking), 9, 8, 14, 14, 60])
    sheet.add_across(describe_allocation(allocation), "sign")
    sheet.add_across(f"状态：{describe_award_state(allocation)}", "sign")
    sheet.add(*((head, "head") for head in HEADS))
    sheet.close_header(2)
    is_entered = allocation.base_kind == "entered"
    for line in allocation.line_ids:
        sheet.add(
            (line.rank, "count"),
            (line.unit_name, "text"),
            (line.final, "number"),
            (line.band, "centre") if line.band else BLANK,
            (line.base, "count") if is_entered else ("相同", "centre"),
            (line.amount, "count"),
            (line.explanation, "text"),
        )
    sheet.close_rows()
    total = sum(allocation.line_ids.mapped("amount"))
    sheet.add(BLANK, ("合计", "text"), BLANK, BLANK, BLANK, (total, "count"), BLANK)
