"""The pictures of the manual, in the order in which they are taken.

A step may change what the demonstration holds, so whatever moves a year stands at the end of its
login, or of the list.
"""

from dataclasses import dataclass

WIDTH = 1366


@dataclass(frozen=True)
class Picture:
    """A screen: its login, action and record, the steps before the picture, and the crop."""

    name: str  # below docs/, without .png
    login: str
    action: str
    record: tuple = ()  # model and domain; without it the action's list
    steps: tuple = ()  # (verb, arguments...): the verbs are those of tools/take_pictures.py
    crop: str = ""  # selector of the element to show, in place of the window
    height: int = 768
    width: int = WIDTH


@dataclass(frozen=True)
class Print:
    """A page of a print, made with that login."""

    name: str
    login: str
    report: str
    record: tuple
    page: int = 1


def form(kind, unit, state="open"):
    """The form of a unit, named by its short name, in the year that is in this state."""
    domain = [["unit_id.short_name", "=", unit], ["cycle_id.state", "=", state]]
    return (f"it.kpi.{kind}", domain)


def of_unit(model, unit):
    """The newest record of a unit."""
    return (model, [["unit_id.short_name", "=", unit]])


def year(state):
    """The year in a state."""
    return ("it.kpi.cycle", [["state", "=", state]])


DIALOG = ".modal-content"
BUTTON = ".o_form_statusbar button"
NOTEBOOK = ".o_notebook .nav-link"
LINES = ("scroll", ".o_field_widget[name=line_ids]")
PAPER = ("scroll", ".o_paper_table")
REVISED = ("it.kpi.publication", [["revision", "=", 2]])

PICTURES = [
    # README.md
    Picture(
        "images/self-assessment",
        "reporter",
        "it_kpi_assessment_action_own_unit",
        form("assessment", "利州"),
        height=800,
    ),
    # 填报员
    Picture("manual/images/own-unit", "reporter", "it_kpi_assessment_action_own_unit", height=320),
    Picture(
        "manual/images/checks",
        "reporter",
        "it_kpi_assessment_action_own_unit",
        form("assessment", "利州"),
        steps=(("scroll", ".o_field_widget[name=findings]"),),
        height=600,
    ),
    Picture(
        "manual/images/fill-form",
        "reporter",
        "it_kpi_assessment_action_own_unit",
        form("assessment", "利州"),
        steps=(PAPER, ("click", ".o_paper_indicator", "目标绩效")),
        height=860,
    ),
    Picture(
        "manual/images/fill-form-phone",
        "reporter",
        "it_kpi_assessment_action_own_unit",
        form("assessment", "利州"),
        steps=(("scroll", ".o_paper_form"),),
        width=390,
        height=844,
    ),
    Picture(
        "manual/images/offline-upload",
        "reporter",
        "it_kpi_assessment_action_own_unit",
        form("assessment", "利州"),
        steps=(("click", BUTTON, "从Excel导入"),),
        crop=DIALOG,
    ),
    Picture(
        "manual/images/result",
        "reporter",
        "it_kpi_result_action_own_unit",
        form("result", "利州", "published"),
    ),
    # 单位领导
    Picture(
        "manual/images/leader-sign",
        "leader",
        "it_kpi_assessment_action_own_unit",
        form("assessment", "信息中心"),
        steps=(
            ("click", BUTTON, "签字上报"),
            ("click", ".modal .o_signature"),
            ("sign", ".modal canvas"),
            ("click", ".modal:last-of-type footer .btn-primary", "同意"),
        ),
        crop=DIALOG,
    ),
    # 考核小组成员
    Picture("manual/images/my-surveys", "assessor", "it_kpi_survey_action_assigned", height=400),
    Picture(
        "manual/images/survey",
        "assessor",
        "it_kpi_survey_action_assigned",
        form("survey", "朝天"),
        steps=(PAPER, ("click", ".o_paper_indicator", "信息化系统运维")),
        height=860,
    ),
    Picture(
        "manual/images/inspection",
        "assessor",
        "it_kpi_inspection_action",
        of_unit("it.kpi.inspection", "执法支队"),
    ),
    Picture(
        "manual/images/verification",
        "assessor",
        "it_kpi_rectification_action",
        of_unit("it.kpi.rectification", "青川"),
        steps=(("click", NOTEBOOK, "整改报告与核查"),),
    ),
    # 考核小组组长
    Picture("manual/images/assign", "head", "it_kpi_survey_action", form("survey", "设计院")),
    Picture(
        "manual/images/survey-confirm",
        "head",
        "it_kpi_survey_action",
        form("survey", "道运中心"),
        steps=(("click", BUTTON, "确认"),),
        crop=DIALOG,
    ),
    # 局领导
    Picture("manual/images/progress", "leadership", "it_kpi_dashboard_action", height=670),
    Picture("manual/images/ranking", "leadership", "it_kpi_ranking_action"),
    Picture("manual/images/publication", "leadership", "it_kpi_publication_action", REVISED),
    Picture("manual/images/pictures-ranking", "leadership", "it_kpi_picture_action"),
    Picture(
        "manual/images/pictures-gaps",
        "leadership",
        "it_kpi_picture_action",
        steps=(("click", "button", "得分热力图"), ("choose", ".o_it_kpi_form", "gap")),
    ),
    Picture(
        "manual/images/pictures-unit",
        "leadership",
        "it_kpi_result_action",
        form("result", "昭化", "published"),
        steps=(("click", NOTEBOOK, "图表分析"), ("scroll", ".o_it_kpi_result_pictures")),
        height=800,
    ),
    Print("manual/images/notice-chart", "leadership", "publication_report", REVISED, page=4),
    # 科技信息化科
    Picture("images/cycles", "division", "it_kpi_cycle_action", height=420),
    Print(
        "images/form-2", "division", "assessment_report", form("assessment", "旺苍", "published")
    ),
    Picture("manual/images/units", "division", "it_kpi_unit_action", height=600),
    Picture(
        "manual/images/unit",
        "division",
        "it_kpi_unit_action",
        ("it.kpi.unit", [["short_name", "=", "道运中心"]]),
        height=355,
    ),
    Picture(
        "manual/images/rubric",
        "division",
        "it_kpi_rubric_action",
        ("it.kpi.rubric", [["state", "=", "draft"]]),
        steps=(("click", NOTEBOOK, "考核指标"),),
    ),
    Picture(
        "manual/images/incident",
        "division",
        "it_kpi_incident_action",
        of_unit("it.kpi.incident", "应急中心"),
        height=430,
    ),
    Picture("manual/images/dashboard", "division", "it_kpi_dashboard_action", height=670),
    Picture("manual/images/year", "division", "it_kpi_cycle_action", year("open")),
    Picture(
        "manual/images/return-lines",
        "division",
        "it_kpi_assessment_action",
        form("assessment", "旺苍"),
        steps=(("click", BUTTON, "退回"),),
    ),
    Picture(
        "manual/images/extend",
        "division",
        "it_kpi_assessment_action",
        form("assessment", "剑阁"),
        steps=(
            ("click", BUTTON, "延期"),
            ("click", ".modal-title"),  # closes the calendar
            ("fill", ".modal textarea", "机房搬迁，佐证材料需补充。"),
        ),
        crop=DIALOG,
    ),
    Picture(
        "manual/images/rectification",
        "division",
        "it_kpi_rectification_action",
        of_unit("it.kpi.rectification", "旺苍"),
    ),
    Picture(
        "manual/images/explained",
        "division",
        "it_kpi_result_action",
        form("result", "昭化", "published"),
        steps=(
            LINES,
            ("click", ".o_field_widget[name=line_ids] .o_data_row button", "3.29"),
        ),
        height=600,
    ),
    Print(
        "manual/images/letter",
        "division",
        "result_report",
        form("result", "昭化", "published"),
    ),
    Picture(
        "manual/images/trial",
        "division",
        "it_kpi_trial_action",
        steps=(("choose", "select[name=without]", "航务中心"),),
        height=620,
    ),
    Picture(
        "manual/images/robustness",
        "head",
        "it_kpi_robustness_action",
        steps=(("scroll", ".o_it_kpi_gaps"),),
        height=860,
    ),
    Picture(
        "manual/images/calibration",
        "head",
        "it_kpi_calibration_action",
        ("it.kpi.calibration", [["state", "=", "closed"]]),
        height=900,
    ),
    # The year under way goes on to the review, for good: last.
    Picture(
        "manual/images/review",
        "division",
        "it_kpi_cycle_action",
        year("open"),
        steps=(("click", BUTTON, "转入综合考评"), ("click", ".modal .btn-primary")),
    ),
]
