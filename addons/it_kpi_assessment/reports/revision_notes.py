"""修订说明: what a revision changed, in the words of official papers."""

from ..tools.official_words import FORM_NAMES, name_incidents


def name_causes(causes):
    """Return the reasons why the score of a unit changed, as one text without marks.

    All units read the notice, and only the unit itself may read its marks.

    :param causes: one value of ``_get_causes`` of ``it.kpi.change``
    """
    if causes.withdrawn:
        return "退出本年度考核"
    if causes.rejoined:
        return "重新参加本年度考核"
    if causes.is_new:
        return "新增参评单位"
    reasons = [
        causes.old_name and f"单位更名（原为{causes.old_name}）",
        causes.unfiled and "自评登记为未报",
        causes.filed and "自评表已补报",
        causes.recorded and f"认定{name_incidents(','.join(causes.recorded))}",
        causes.lifted and f"撤销{name_incidents(','.join(causes.lifted))}的认定",
        *_count_corrections(causes.lines),
        causes.band and f"等次由{causes.band.old}变为{causes.band.new}",
        any(line.cause == "mean" for line in causes.lines) and "无此项的平均分变动",
    ]
    return "；".join(filter(None, reasons)) or "得分不变，名次随其他单位变动"


def _count_corrections(lines):
    """Yield the number of corrected marks of each form that has some."""
    for kind, name in FORM_NAMES.items():
        count = sum(line.kind == kind and line.cause == "mark" for line in lines)
        if count:
            yield f"{name}更正{count}项"
