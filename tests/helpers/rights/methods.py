"""Every public method of the addon is an interface: who may call it, on what."""

from ..common import ROLES, SIGNATURE
from .calls import (
    Call,
    account_dialog,
    approved_with_notice,
    assignment_dialog,
    bases_dialog,
    corrected,
    get_allocation,
    get_calibration,
    get_commendation,
    get_draft_allocation,
    get_draft_calibration,
    get_new_unit,
    get_objection,
    get_order,
    live_changes,
    live_lines,
    live_scores,
    make_bases,
    objection_to_decide,
    opening_dialog,
    overdue_form,
    own_change,
    own_form,
    own_job,
    own_line,
    own_result,
    own_sheet,
    proposed,
    proposed_head,
    review,
    roster_dialog,
    signed_survey,
    start_of_unnamed,
    submitted_form,
    survey,
    to_approve_again,
    to_sign,
    without_rubric,
)

STAFF = ("reporter", "leader")
EVERYBODY = (*STAFF, "assessor", "head", "division", "leadership")
READERS_OF_ALL = ("head", "division", "leadership")

REASON = {"reason": "经核查"}
WITHDRAWAL = {**REASON, "decision": "广编办〔2099〕3号"}
DECISION = {"decision": "更正〔2099〕1号", **REASON}
POINTS = {"number": "score"}
METHODS = {
    "it.kpi.rubric": {
        "action_start_trial": Call(("division",), lambda case: case.draft_rubric),
        "action_make_effective": Call(("division",), lambda case: case.draft_rubric),
        "action_archive_version": Call(("division",), lambda case: case.rubric),
        "action_take_over": Call(("division", "other"), without_rubric),
        **dict.fromkeys(
            ("action_propose_good_from_80", "action_propose_good_from_70"),
            Call(("division",), lambda case: case.draft_rubric),
        ),
    },
    "it.kpi.cycle": {
        "action_open": Call(("division",), lambda case: case.draft_cycle, {"accepted": True}),
        "action_move_deadline": Call(
            ("division",), lambda case: case.cycle, {"until": "2099-12-20 00:00:00", **REASON}
        ),
        "action_add_units": Call(
            ("division",),
            lambda case: case.cycle,
            {"unit_ids": lambda cycle: get_new_unit(cycle).ids, **REASON},
        ),
        "action_start_review": Call(("division",), lambda case: case.cycle, REASON),
        "action_resume": Call(("division",), review, REASON),
        "action_revise": Call(("division",), lambda case: case.published, REASON),
        "action_drop_revision": Call(("division",), lambda case: case.published, REASON, "review"),
        "action_approve": Call(("head",), review),
        "action_publish": Call(("division",), review),
        "action_propose": Call(("division",), approved_with_notice),
        "action_move_notice_end": Call(
            ("division",), proposed, {"until": "2096-12-20 00:00:00", **REASON}
        ),
        "action_withdraw_notice": Call(("division",), proposed, REASON),
        "action_approve_again": Call(("head",), to_approve_again),
        "action_renew_notice": Call(("division",), corrected),
        "action_draw_up_orders": Call(("division",), lambda case: case.published),
        "action_archive_cycle": Call(("division",), lambda case: case.published),
        "action_build_archive": Call(("division",), lambda case: case.published),
        "action_workbook": Call(READERS_OF_ALL, lambda case: case.published),
        "action_remind": Call(("division",), lambda case: case.cycle),
        "action_show_unstaffed": Call(EVERYBODY, lambda case: case.draft_cycle),
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
    "it.kpi.robustness": {
        "get_robustness": Call(("head", "leadership"), review, service="it.kpi.robustness"),
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
    "it.kpi.start": {
        "get_start": Call(("division", "other"), lambda case: case.env["it.kpi.start"]),
        "name_bureau": Call(("division",), start_of_unnamed, {"name": "广元市交通运输局"}),
        "action_go": Call(
            ("division", "other"), lambda case: case.env["it.kpi.start"], {"where": "units"}
        ),
    },
    "it.kpi.retention": {
        "action_list": Call(("division", "other"), lambda case: case.env["it.kpi.retention"]),
    },
    "it.kpi.account": {
        "action_print_slips": Call(("division",), lambda case: case.account),
        "action_renew_links": Call(("division",), lambda case: case.account),
        "action_mail_links": Call(("division",), lambda case: case.account),
        "action_put_out_of_use": Call(("division",), lambda case: case.account),
        "action_make_head": Call(("admin",), proposed_head),
    },
    "it.kpi.account.wizard": {
        "action_confirm": Call(("division",), account_dialog),
    },
    "it.kpi.opening.wizard": {
        name: Call(("division",), opening_dialog)
        for name in ("action_confirm", "action_show_unstaffed")
    },
    "it.kpi.roster.wizard": {
        name: Call(("division",), roster_dialog) for name in ("action_check", "action_take_over")
    },
    "it.kpi.assessment": {
        "explain_number": Call((*STAFF, "division"), own_form, {"number": "total"}),
        "action_remind": Call(("division",), own_form),
        "action_hand_over": Call(STAFF, own_form),
        "action_recall": Call(("reporter",), own_form, state="to_sign"),
        "action_take_back": Call(("leader",), own_form, REASON, "to_sign"),
        "action_submit": Call(("leader",), own_form, {"signature": SIGNATURE}, "to_sign"),
        "action_return": Call(
            ("division",),
            submitted_form,
            {"reasons": lambda form: {str(form.line_ids[0].id): "补充"}},
        ),
        "action_record_unfiled": Call(("division",), overdue_form, REASON),
        "action_withdraw_unfiled": Call(("division",), own_form, REASON, "unfiled"),
        "action_withdraw": Call(("division",), own_form, WITHDRAWAL),
        "action_rejoin": Call(("division",), own_form, REASON, "withdrawn"),
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
        "action_reassign": Call(
            ("head",), survey, {"assessor_ids": lambda form: form.assessor_ids.ids, **REASON}
        ),
        "action_reopen": Call(("head",), survey, REASON, "confirmed"),
    },
    "it.kpi.unit": {
        "action_rename": Call(
            ("division",), lambda case: case.get_unit("利州"), {"values": {"name": "改"}, **REASON}
        ),
    },
    "it.kpi.incident": {
        "action_correct": Call(
            ("division",), lambda case: case.incident, {"values": {"kind": "leak"}, **DECISION}
        ),
        "action_lift": Call(("division",), lambda case: case.incident, DECISION),
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
        "action_open_document": Call((*STAFF, *READERS_OF_ALL), get_order("利州")),
    },
    "it.kpi.objection": {
        "action_hand_over": Call(STAFF, get_objection("利州")),
        "action_take_back": Call(("leader",), get_objection("利州"), REASON, "to_sign"),
        "action_submit": Call(
            ("leader",), get_objection("利州"), {"signature": SIGNATURE}, "to_sign"
        ),
        "action_receive": Call(("division",), get_objection("昭化"), state="filed"),
        "action_dismiss": Call(("division",), get_objection("昭化"), REASON, "filed"),
        "action_decide": Call(("head",), objection_to_decide),
        "action_open_result": Call((*STAFF, *READERS_OF_ALL), get_objection("利州"), state="filed"),
        "action_open_document": Call(("division",), get_objection("利州"), state="decided"),
    },
    "it.kpi.allocation": {
        "action_propose": Call(("division",), get_allocation, state="draft"),
        "action_import_bases": Call(("division",), get_draft_allocation, {"file": make_bases}),
        "action_approve": Call(("leadership",), get_allocation),
        "action_send_back": Call(("leadership",), get_allocation, REASON),
    },
    "it.kpi.bases.wizard": {"action_confirm": Call(("division",), bases_dialog)},
    "it.kpi.commendation": {
        "action_propose": Call(("division",), get_commendation, state="draft"),
        "action_approve": Call(("leadership",), get_commendation),
        "action_send_back": Call(("leadership",), get_commendation, REASON),
        "action_amend": Call(
            ("leadership",),
            get_commendation,
            {"line_id": lambda commendation: commendation.line_ids[:1].id, **REASON},
        ),
    },
    "it.kpi.calibration": {
        "action_open": Call(("division",), get_draft_calibration),
        "action_close": Call(("division",), get_calibration),
    },
    "it.kpi.calibration.sheet": {"action_hand_in": Call(("assessor",), own_sheet)},
    "it.kpi.commendation.line": {
        "action_amend": Call(
            ("leadership",), lambda case: get_commendation(case).line_ids[:1], REASON
        ),
    },
    "it.kpi.objection.sign.wizard": {
        "action_confirm": Call(
            ("leader",),
            lambda case: case.open_dialog("objection.sign", "leader", to_sign(case)),
        ),
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
                .create({"form_ids": survey(case).ids, "signature": SIGNATURE})
                .sudo()
            ),
        ),
    },
    "it.kpi.publication": {
        "action_draw_up_orders": Call(("division",), lambda case: case.published.publication_id),
        "action_propose_funds": Call(("division",), lambda case: case.published.publication_id),
        "action_propose_commendation": Call(
            ("division",), lambda case: case.published.publication_id
        ),
        "action_open_commendation": Call(
            READERS_OF_ALL, lambda case: case.published.publication_id
        ),
        "action_open_funds": Call(READERS_OF_ALL, lambda case: case.published.publication_id),
        "action_workbook": Call(READERS_OF_ALL, lambda case: case.published.publication_id),
        "action_open_document": Call(ROLES, lambda case: case.published.publication_id),
        "action_verify": Call(READERS_OF_ALL, lambda case: case.published.publication_id),
        "action_download_proof": Call(READERS_OF_ALL, lambda case: case.published.publication_id),
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
        "action_object": Call(STAFF, own_result),
        "action_open_objection": Call((*STAFF, *READERS_OF_ALL), own_result),
        "action_open_orders": Call((*STAFF, *READERS_OF_ALL), own_result),
        "action_open_document": Call((*STAFF, *READERS_OF_ALL), own_result),
        "get_dimension_shares": Call((*STAFF, *READERS_OF_ALL), own_result),
        "action_download_proof": Call((*STAFF, *READERS_OF_ALL), own_result),
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
            ("division",), lambda case: case.open_dialog("reason", "division", overdue_form(case))
        ),
    },
    "it.kpi.cycle.wizard": {
        "action_confirm": Call(
            ("division",), lambda case: case.open_dialog("cycle", "division", case.cycle)
        ),
    },
    "it.kpi.incident.wizard": {
        "action_confirm": Call(
            ("division",), lambda case: case.open_dialog("incident", "division", case.incident)
        ),
    },
    "it.kpi.assign.wizard": {
        "action_confirm": Call(
            ("head",), lambda case: case.open_dialog("assign", "head", survey(case))
        ),
    },
    "it.kpi.hand.over.wizard": {
        "action_confirm": Call(
            ("reporter",), lambda case: case.open_dialog("hand.over", "reporter", own_form(case))
        ),
    },
    "it.kpi.assignment.wizard": {
        "action_confirm": Call(("head",), assignment_dialog),
    },
    "it.kpi.offline.wizard": {
        name: Call(
            ("reporter",), lambda case: case.open_dialog("offline", "reporter", own_form(case))
        )
        for name in ("action_check", "action_take_over")
    },
    "it.kpi.rename.wizard": {
        "action_confirm": Call(
            ("division",),
            lambda case: case.open_dialog("rename", "division", case.get_unit("利州")),
        ),
    },
    "it.kpi.return.wizard": {
        "action_confirm": Call(
            ("division",),
            lambda case: case.open_dialog("return", "division", submitted_form(case)),
        ),
    },
    "it.kpi.withdraw.wizard": {
        "action_confirm": Call(
            ("division",), lambda case: case.open_dialog("withdraw", "division", own_form(case))
        ),
    },
    "it.kpi.sign.wizard": {
        "action_confirm": Call(
            ("leader",), lambda case: case.open_dialog("sign", "leader", own_form(case))
        ),
    },
}
