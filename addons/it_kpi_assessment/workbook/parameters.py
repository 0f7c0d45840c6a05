"""The plain sheet 参数: the edition, the settings behind the scores, and the incidents."""

from ..tools.official_words import INCIDENTS
from ..tools.timezone import format_moment
from .notes import RUBRIC_STATES
from .plain import add_plain_sheet

COLUMNS = {
    **{"类别": 12, "编号": 12, "名称": 40, "值": 24},
    **{"日期": 12, "文号": 30, "状态": 10, "撤销文号": 30},
}
EFFECTS = {"final": "最终得分为0", "indicator": "单项得分为0"}


def write_parameters(book, ranking):
    """Add 参数: a row per setting, grade, indicator and incident."""
    parts = (_get_edition, _get_settings, _get_rubric, _get_incidents)
    rows = [(*row, *[None] * (len(COLUMNS) - len(row))) for part in parts for row in part(ranking)]
    add_plain_sheet(book, ranking, "参数", COLUMNS, rows, len(rows))


def _get_edition(ranking):
    """Yield which publication this is, of which bureau, by which rubric."""
    publication, words = ranking.publication, ranking.words
    yield "版本", None, "考核机关", words.bureau_name
    yield "版本", None, "考核年度", ranking.cycle.year
    yield "版本", None, "公布编号", publication.id or None
    yield "版本", None, "版次", publication.revision or None
    yield "版本", None, "结果状态", ranking.status.strip("（）") if ranking.is_open else "已公布"
    yield (
        *("版本", None, "公布时间"),
        format_moment(publication.published_at) if publication else None,
    )
    yield "版本", None, "评价细则", words.rubric_name
    yield "版本", None, "细则版本", words.rubric_version
    yield "版本", None, "细则状态", RUBRIC_STATES[words.rubric_state]
    yield "版本", None, "印发文件", words.rubric_document or None


def _get_settings(ranking):
    yield "设置", None, "满分", ranking.rubric.full_points
    yield "设置", None, "最后名数", ranking.rubric.last_count
    yield from _get_quota(ranking.rubric)


def _get_quota(rubric):
    """Yield the quota of the best grade, if there is one."""
    if rubric.band_ids and rubric.quota_kind:
        unit = {"number": "个", "percent": "%"}[rubric.quota_kind]
        scope = "每类" if rubric.quota_by_kind else "全部"
        yield "设置", None, f"{rubric.band_ids[0].name}名额（{scope}，{unit}）", rubric.quota
        edge = {"nobody": "都不列入", "everybody": "都列入"}[rubric.quota_edge]
        yield "设置", None, "名额边缘得分相同", edge


def _get_rubric(ranking):
    """Yield the ratios of the grades, the points of the indicators, what each incident zeroes."""
    rubric = ranking.rubric
    for grade in rubric.grade_ids:
        yield "等次比例", grade.code, None, grade.ratio
    for indicator in ranking.indicators:
        yield "指标分值", indicator.code, indicator.name, indicator.points
    for band in rubric.band_ids:
        yield "单位等次", None, band.name, band.threshold
    for veto in rubric.veto_ids:
        yield "事件后果", veto.indicator_id.code or None, INCIDENTS[veto.kind], EFFECTS[veto.effect]


def _get_incidents(ranking):
    """Yield the incidents of the units that take part: 编号 is that of the unit in 数据."""
    for incident in ranking.incidents:
        yield (
            "事件",
            incident["unit_id"],
            incident["unit_name"],
            INCIDENTS[incident["kind"]],
            incident["date"],
            incident["decision"],
            "已撤销" if incident["is_lifted"] else "有效",
            incident["lift_decision"] or None,
        )
