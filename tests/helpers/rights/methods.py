"""Every public method of the addon is an interface: who may call it, on what."""

from ..common import SIGNATURE
from .calls import (
    Call,
    get_order,
    live_changes,
    live_lines,
    live_scores,
    own_change,
    own_form,
    own_job,
    own_line,
    own_result,
    review,
    signed_survey,
    submitted_form,
    survey,
)

STAFF = ("reporter", "leader")
READERS_OF_ALL = ("head", "division", "leadership")

REASON = {"reason": "经核查"}
POINTS = {"number": "score"}
METHODS = {
    "it.kpi.rubric": {
        "action_start_trial": Call(("division",), lambda case: case.draft_rubric),
        "action_make_effective": Call(("division",), lambda case: case.draft_rubric),
        "action_archive_version": Call(("division",), lambda case: case.rubric),
    },
    "it.kpi.cycle": {
        "action_open": Call(("division",), lambda case: case.draft_cycle),
        "action_start_review": Call(("division",), lambda case: case.cycle),
        "action_resume": Call(("division",), review, REASON),
        "action_revise": Call(("division",), lambda case: case.published, REASON),
        "action_drop_revision": Call(("division",), lambda case: case.published, REASON, "review"),
        "action_approve": Call(("head",), review),
        "action_publish": Call(("division",), review),
        "action_draw_up_orders": Call(("division",), lambda case: case.published),
        "action_archive_cycle": Call(("division",), lambda case: case.published),
        "action_workbook": Call(READERS_OF_ALL, lambda case: case.published),
        "action_remind": Call(("division",), lambda case: case.cycle),
        "action_open_notices": Call(("division",), lambda case: case.cycle),
        "action_print_all": Call(READERS_OF_ALL, lambda case: case.published, {"what": "result"}),
    },
    "it.kpi.trial": {
        "try_ranking": Call(("division",), review, service="it.kpi.trial"),
        "explain_trial": Call(
            ("division",),
            review,
            {"unit": lambda cycle: cycle.unit_ids[:1].id, "number": "final"},
            service="it.kpi.trial",
        ),
    },
    "it.kpi.dashboard": {
        "get_dashboard": Call(READERS_OF_ALL, lambda case: case.cycle, service="it.kpi.dashboard"),
        "action_open_stage": Call(
            READERS_OF_ALL,
            lambda case: case.cycle,
            {"kind": "assessment", "stage": "filling"},
            service="it.kpi.dashboard",
        ),
    },
    "it.kpi.assessment": {
        "explain_number": Call((*STAFF, "division"), own_form, {"number": "total"}),
        "action_remind": Call(("division",), own_form),
        "action_hand_over": Call(STAFF, own_form),
        "action_take_back": Call(("leader",), own_form, REASON, "to_sign"),
        "action_submit": Call(("leader",), own_form, {"signature": SIGNATURE}, "to_sign"),
        "action_return": Call(
            ("division",),
            submitted_form,
            {"reasons": lambda form: {str(form.line_ids[0].id): "补充"}},
        ),
        "action_record_unfiled": Call(("division",), own_form, REASON),
        "action_withdraw_unfiled": Call(("division",), own_form, REASON, "unfiled"),
        "action_download_offline": Call(STAFF, own_form),
        "action_open_survey": Call(("assessor", *READERS_OF_ALL), submitted_form),
        "action_extend": Call(("division",), own_form, {"until": "2100-01-31 00:00:00", **REASON}),
    },
    "it.kpi.survey": {
        "explain_number": Call(("assessor", "head", "division"), survey, {"number": "total"}),
        "action_open_assessment": Call(("assessor", "head", "division"), survey),
        "action_sign": Call(("assessor",), survey, {"signature": SIGNATURE}),
        "action_withdraw_signature": Call(("assessor",), signed_survey),
        "action_confirm": Call(("head",), signed_survey, {"signature": SIGNATURE}),
        "action_reopen": Call(("head",), survey, REASON, "confirmed"),
    },
    "it.kpi.incident": {
        "action_lift": Call(("division",), lambda case: case.incident, REASON),
    },
    "it.kpi.rectification": {
        "explain_number": Call(
            (*STAFF, *READERS_OF_ALL), get_order("利州"), {"number": "final"}, "issued"
        ),
        "action_issue": Call(("division",), get_order("昭化")),
        "action_sign_plan": Call(
            ("leader",), get_order("利州"), {"signature": SIGNATURE}, "issued"
        ),
        "action_reopen_plan": Call(("leader", "division"), get_order("利州"), REASON),
        "action_sign_report": Call(("leader",), get_order("利州"), {"signature": SIGNATURE}),
        "action_verify": Call(("assessor",), get_order("朝天")),
        "action_send_back": Call(("assessor", "division"), get_order("朝天"), REASON),
        "action_close": Call(("division",), get_order("剑阁")),
        "action_withdraw": Call(("division",), lambda case: case.superseded_order, REASON),
        "action_open_result": Call((*STAFF, *READERS_OF_ALL), get_order("利州")),
    },
    "it.kpi.rectification.weakness": {
        "explain_number": Call(
            (*STAFF, *READERS_OF_ALL),
            lambda case: get_order("利州")(case).weakness_ids,
            {"number": "survey_score"},
        ),
    },
    "it.kpi.rectification.sign.wizard": {
        "action_confirm": Call(
            ("leader",),
            lambda case: (
                case.env["it.kpi.rectification.sign.wizard"]
                .with_user(case.users["leader"])
                .create({"order_id": get_order("利州")(case).id, "signature": SIGNATURE})
                .sudo()
            ),
        ),
    },
    "it.kpi.survey.sign.wizard": {
        "action_confirm": Call(
            ("assessor",),
            lambda case: (
                case.env["it.kpi.survey.sign.wizard"]
                .with_user(case.users["assessor"])
                .create({"form_id": survey(case).id, "signature": SIGNATURE})
                .sudo()
            ),
        ),
    },
    "it.kpi.publication": {
        "action_draw_up_orders": Call(("division",), lambda case: case.published.publication_id),
        "action_workbook": Call(READERS_OF_ALL, lambda case: case.published.publication_id),
    },
    "it.kpi.ranking": {
        "action_workbook": Call(READERS_OF_ALL, live_scores),
        "explain_number": Call(READERS_OF_ALL, live_scores, {"number": "final"}),
    },
    "it.kpi.ranking.change": {
        "explain_number": Call(("division", "leadership"), live_changes, {"number": "final"}),
    },
    "it.kpi.result.change": {
        "explain_number": Call((*STAFF, *READERS_OF_ALL), own_change, {"number": "old_final"}),
    },
    "it.kpi.ranking.line": {"explain_number": Call(READERS_OF_ALL, live_lines, POINTS)},
    "it.kpi.assessment.line": {
        "explain_number": Call((*STAFF, "division"), lambda case: own_form(case).line_ids, POINTS),
    },
    "it.kpi.survey.line": {
        "explain_number": Call(
            ("assessor", "head", "division"), lambda case: survey(case).line_ids, POINTS
        ),
    },
    "it.kpi.result.line": {
        "explain_number": Call((*STAFF, *READERS_OF_ALL), own_line, POINTS),
    },
    "it.kpi.result": {
        "action_workbook": Call(
            READERS_OF_ALL, lambda case: case.published.publication_id.result_ids
        ),
        "action_open_orders": Call((*STAFF, *READERS_OF_ALL), own_result),
        "get_dimension_shares": Call((*STAFF, *READERS_OF_ALL), own_result),
        "explain_number": Call((*STAFF, *READERS_OF_ALL), own_result, {"number": "final"}),
    },
    "it.kpi.job": {
        "ask": Call(
            (*STAFF, *READERS_OF_ALL),
            lambda case: case.env["it.kpi.job"],
            {"report_name": "it_kpi_assessment.report_result"},
        ),
        "action_cancel": Call(("division",), own_job, state="running"),
        "action_resume": Call(("division",), own_job, state="failed"),
    },
    "it.kpi.extend.wizard": {
        "action_confirm": Call(
            ("division",), lambda case: case.open_dialog("extend", "division", own_form(case))
        ),
    },
    "it.kpi.reason.wizard": {
        "action_confirm": Call(
            ("division",), lambda case: case.open_dialog("reason", "division", own_form(case))
        ),
    },
    "it.kpi.offline.wizard": {
        name: Call(
            ("reporter",), lambda case: case.open_dialog("offline", "reporter", own_form(case))
        )
        for name in ("action_check", "action_take_over")
    },
    "it.kpi.return.wizard": {
        "action_confirm": Call(
            ("division",),
            lambda case: case.open_dialog("return", "division", submitted_form(case)),
        ),
    },
    "it.kpi.sign.wizard": {
        "action_confirm": Call(
            ("leader",), lambda case: case.open_dialog("sign", "leader", own_form(case))
        ),
    },
}
