"""The sheet 说明 of the ranking workbook: basic facts, the rules R1 to R13 in short, the signs."""

from ..award.band_words import describe_bands
from ..tools.decimals import plain_points
from ..tools.official_words import INCIDENTS
from ..tools.timezone import format_moment
from .sheets import add_sheet

WITHDRAWAL = (
    "R13 退出",
    "年内撤销、合并的单位凭决定文号退出本年度考核：两种考核表留存备查，不计分、不计入平均分、"
    "不参加排名，不列入须整改的单位。",
)
RUBRIC_STATES = {"draft": "草案", "trial": "试行", "effective": "正式", "archived": "已停用"}


def write_notes(book, ranking):
    """Add 说明: rubric, revision and times; the rules; the signs of the other sheets."""
    sheet = add_sheet(book, ranking, "说明", [16, 80])
    for heading, rows in (
        ("基本情况", _get_facts(ranking)),
        ("计分规则", [*_get_form_rules(ranking.rubric), *_get_result_rules(ranking)]),
    ):
        sheet.add((heading, "head"), ("内容", "head"))
        for label, text in rows:
            sheet.add((label, "centre"), (text, "text"))
    sheet.add(("标记", "head"), ("含义", "head"))
    for value, style, meaning in _get_signs():
        sheet.add((value, style), (meaning, "text"))


def _get_facts(ranking):
    cycle, publication, words = ranking.cycle, ranking.publication, ranking.words
    approval = publication or cycle
    return [
        ("考核机关", words.bureau_name),
        ("考核年度", str(cycle.year)),
        ("评价细则", words.rubric_name),
        ("细则版本", f"{words.rubric_version}（{RUBRIC_STATES[words.rubric_state]}）"),
        ("印发文件", words.rubric_document or "—"),
        ("满分", f"{plain_points(ranking.rubric.full_points)}分"),
        ("参评单位", f"{len(ranking.scores)}个"),
        *(("退出单位", text) for text in ranking.tell_withdrawals()),
        ("结果状态", "预览，未公布" if ranking.is_provisional else "已公布"),
        ("版次", _get_edition(ranking)),
        ("修订理由", (publication.reason if publication else cycle.revision_reason) or "—"),
        ("审定", _get_act(words.approved_by_name, approval.approved_at)),
        ("公布", _get_act(words.published_by_name, publication.published_at)),
        ("本表生成时间", f"{ranking.generated_at}（北京时间）"),
    ]


def _get_edition(ranking):
    if ranking.publication:
        return ranking.publication.edition or "第一版（首次公布）"
    if ranking.is_revision:
        return f"{ranking.cycle.publication_id.edition or '第一版'}修订中，未公布"
    return "—"


def _get_act(name, moment):
    return f"{name}，{format_moment(moment)}（北京时间）" if name else "—"


def _get_form_rules(rubric):
    """Return the rules of a line and of a form (R1 to R4)."""
    grades = "、".join(
        f"{grade.code} {plain_points(100 * grade.ratio)}%" for grade in rubric.grade_ids
    )
    return [
        ("取整", "所有分数四舍五入，保留两位小数。"),
        ("R1 等次得分", f"得分＝分值×等次比例（{grades}）。"),
        (
            "R2 无此项",
            "按同一年度、同一种考核表中所有有此项的单位该项得分的平均分计，平均分先取整再计入；"
            "只计已上报的自评表和已确认的实地调查考核评价表。",
        ),
        (
            "R3 全部无此项",
            "所有单位都没有的指标在该种考核表中不计，总分按“合计×满分÷其余指标分值之和”折算。",
        ),
        ("R4 单表得分", "一张考核表的得分为各项得分之和。"),
    ]


def _get_result_rules(ranking):
    """Return the rules of the final, of the ranking and of the publication (R5 to R13).

    That of withdrawn units is told where there are some.
    """
    rubric = ranking.rubric
    return [
        ("R5 最终得分", "最终得分＝（自评得分＋实地考核得分）÷2。"),
        ("R6 最终得分为0", _get_final_rule(rubric)),
        ("R7 单项得分为0", _get_indicator_rule(rubric)),
        (
            "R8 未报",
            "登记为未报的自评得分为0，不计入平均分；仍有考核表既未完成又未登记未报的，不得公布。",
        ),
        (
            "R9 排名",
            "按最终得分从高到低排名；得分相同的名次相同，其后的名次相应跳过（如1、2、2、4）。",
        ),
        ("R10 整改", _get_last_rule(rubric.last_count)),
        (
            "R11 公布",
            "公布后，得分、名次、平均分和所用细则不再变动；需要更正的，另行公布修订结果并说明理由，"
            "原结果仍可查阅。",
        ),
        ("R12 说明", "每一个分数都能说明来由：哪一等次、哪些单位的平均分、哪一事件、如何取整。"),
        *([WITHDRAWAL] if ranking.withdrawn else []),
        *([("单位等次", describe_bands(rubric))] if rubric.band_ids else []),
    ]


def _get_final_rule(rubric):
    vetoes = rubric.veto_ids.filtered(lambda veto: veto.effect == "final")
    if not vetoes:
        return "本版细则没有使最终得分为0的事件。"
    kinds = "、".join(INCIDENTS[veto.kind] for veto in vetoes)
    return f"年内有{kinds}的单位，最终得分为0；各项等次不变，仍计入平均分；否决前得分记录在案。"


def _get_indicator_rule(rubric):
    vetoes = rubric.veto_ids.filtered(lambda veto: veto.effect == "indicator")
    if not vetoes:
        return "本版细则没有使单项得分为0的事件。"
    return "".join(
        f"年内有{INCIDENTS[veto.kind]}的单位，“{veto.indicator_id.name}”在两种考核表中都得0分，"
        "不论所评等次，并以0分计入平均分。"
        for veto in vetoes
    )


def _get_last_rule(count):
    if not count:
        return "本版细则不要求末位单位整改。"
    return (
        f"最后{count}名须整改：最终得分低于本单位的单位不足{count}个的，即属最后{count}名；"
        "得分相同的一并列入。"
    )


def _get_signs():
    return [
        (3.4, "mean", "得分后带“均”、斜体、黄底：无此项，按平均分计（R2）。"),
        (0, "zeroed", "得分后带“零”、加粗、红底：因年内事件该项得0分（R7）。"),
        ("不计", "dropped", "斜体、灰底：所有单位都没有此项，不计分（R3）。"),
        ("未报", "centre", "自评登记为未报，得0分（R8）。"),
        (
            "公式",
            "centre",
            "合计、自评得分、实地考核得分和最终得分是公式，单元格中可见计算过程；各表锁定，没有密码。",
        ),
        ("—", "centre", "考核表尚未上报或者确认。"),
        ("回避", "centre", "本表的制作人属于该单位，不得查看其实地考核的评分。"),
        ("是", "last", "加粗、红底：须整改的单位（R10）。"),
        (1, "gap", "等次差：正数为自评高于实地考核（高估），负数为自评低于实地考核（低估）。"),
        (2, "wide_gap", "带“▲”、加粗、红底：自评高出两等以上。"),
        (-2, "wide_gap", "带“▼”、加粗、红底：自评低出两等以上。"),
        (0.8, "points_gap", "差距：自评得分减实地考核得分，正数橙色、负数蓝色，差得越多颜色越深。"),
        (
            0.6,
            "points_gap_mean",
            "差距后带“均”、斜体：两项得分中有平均分；带“零”、加粗：有一项因事件得0分。",
        ),
    ]
