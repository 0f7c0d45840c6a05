"""Proposals on a published result in the words of official papers: Chinese in every language."""

from ..tools.chinese import date
from ..tools.decimals import exact, plain_number, plain_points

METHODS = {
    "grade": "按等次系数：基数乘以等次系数",
    "final": "按最终得分：基数乘以最终得分",
    "gate": "按超出基准分：基数乘以最终得分超出{gate}分的部分",
}
LEFT_OUT = {
    "without_vetoed": "因年内事件最终得分为0的单位",
    "without_unfiled": "未报自评表的单位",
    "without_unfinished": "以前年度整改尚未完成的单位",
}
UNIT_KINDS = {"county": "区县局", "direct": "直属单位"}
STATES = {"draft": "拟定中", "proposed": "待局领导审定", "void": "考核结果已修订，本建议作废"}


def describe_award_state(award):
    """Return the state of a proposal, of an approved one with name and day."""
    if award.state == "approved":
        return f"已审定（{award.approved_by_name}，{date(award.approved_at)}）"
    return STATES[award.state]


def name_award(commendation):
    """Return what the units are proposed for: a bureau may not found a 表彰 of its own."""
    return "表彰" if commendation.approval_document else "通报表扬"


def tell_commendation(commendation):
    """Return the paragraph of the notice on an approved commendation; else an empty text."""
    lines = commendation.line_ids.filtered("is_listed")
    if commendation.state != "approved" or not lines:
        return ""
    if commendation.publication_id.rubric_id.commended_by_kind:
        names = "；".join(
            f"{UNIT_KINDS[kind]}{'、'.join(part.mapped('unit_name'))}"
            for kind, part in sorted(lines.grouped("unit_kind").items())
        )
    else:
        names = "、".join(lines.mapped("unit_name"))
    grounds = f"根据{commendation.approval_document}，" if commendation.approval_document else ""
    return f"{grounds}经局领导审定，对以下单位予以{name_award(commendation)}：{names}。"


def describe_allocation(allocation):
    """Return by which rules a pool is shared."""
    method = METHODS[allocation.method].format(gate=plain_points(allocation.gate))
    if allocation.method == "grade":
        coefficients = "、".join(
            f"{row.name}{plain_number(exact(row.coefficient))}"
            for row in allocation.coefficient_ids
        )
        method += f"（{coefficients}）"
    bases = {"equal": "各单位基数相同", "entered": "基数按各单位核定"}[allocation.base_kind]
    rules = [
        f"资金总额{allocation.total}元，{method}，按所得权重的比例分配；{bases}",
        *_describe_bounds(allocation),
        "以元为单位，按最大余额法取整，合计与总额相等",
    ]
    left_out = "、".join(who for name, who in LEFT_OUT.items() if allocation[name])
    if left_out:
        rules.append(f"{left_out}不参与分配")
    return "".join(f"{rule}。" for rule in rules)


def _describe_bounds(allocation):
    """Yield the floor and the ceiling, if there are some."""
    for name, word in (("floor_percent", "不低于"), ("ceiling_percent", "不高于")):
        if allocation[name]:
            yield f"各单位所得{word}基数的{plain_points(allocation[name])}%"
