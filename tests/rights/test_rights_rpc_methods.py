"""Every public method of the addon is an interface: here stands who may call it, on what."""

import inspect

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from ..helpers.common import ROLES, SIGNATURE
from ..helpers.rights_calls import (
    Call,
    Calls,
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
from ..helpers.rights_rpc import RpcCase

STAFF = ("reporter", "leader")
READERS_OF_ALL = ("head", "division", "leadership")
ADDON = "odoo.addons.it_kpi_assessment"


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
        "try_ranking": Call(("division",), review),
        "explain_trial": Call(
            ("division",),
            review,
            {"unit": lambda cycle: cycle.unit_ids[:1].id, "number": "final"},
        ),
        "action_draw_up_orders": Call(("division",), lambda case: case.published),
        "action_archive_cycle": Call(("division",), lambda case: case.published),
        "action_workbook": Call(READERS_OF_ALL, lambda case: case.published),
        "action_remind": Call(("division",), lambda case: case.cycle),
        "action_open_notices": Call(("division",), lambda case: case.cycle),
        "action_print_all": Call(READERS_OF_ALL, lambda case: case.published, {"what": "result"}),
        "get_dashboard": Call(READERS_OF_ALL, lambda case: case.cycle),
        "action_open_stage": Call(
            READERS_OF_ALL, lambda case: case.cycle, {"kind": "assessment", "stage": "filling"}
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
        "explain_number": Call(READERS_OF_ALL, live_changes, {"number": "final"}),
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


def is_own_function(owner, name, member):
    return inspect.isfunction(member) and owner.__module__.startswith(ADDON) and name != "__init__"


@tagged("post_install", "-at_install")
class TestRightsRpcMethods(Calls, RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_calls()
        cls.env.flush_all()

    def get_own_functions(self, model):
        """Yield the names of what the addon itself defines on a model."""
        for owner in type(self.env[model]).__mro__:
            for name, member in vars(owner).items():
                if is_own_function(owner, name, member):
                    yield name

    def test_every_public_method_has_its_row(self):
        for model in self.get_own_models():
            public = {
                name
                for name in self.get_own_functions(model)
                if not name.startswith("_") and not hasattr(self.env["base"], name)
            }
            self.assertEqual(public, set(METHODS.get(model, ())), model)

    def test_private_methods_are_no_interface(self):
        for model in (*self.get_own_models(), "it.kpi.workflow"):
            for name in set(self.get_own_functions(model)):
                if name.startswith("_"):
                    with self.subTest(model=model, name=name), self.assertRaises(AccessError):
                        get_public_method(self.env[model], name)
        self.refuse("division", self.review, "_freeze_scores")
        self.refuse("division", self.review, "_move", name="publish")

    def test_methods_are_refused_to_everyone_else(self):
        for model, calls in METHODS.items():
            for name, call in calls.items():
                with self.subTest(model=model, method=name):
                    self.check_call(name, call)

    def check_call(self, name, call):
        """Refuse all others; then let those who may show that it was not for another reason."""
        with self.env.cr.savepoint() as savepoint:
            records = call.records(self)
            if call.state:
                records.write({"state": call.state})
            arguments = call.get_arguments(records)
            if name == "ask":
                arguments["res_ids"] = own_result(self).ids
            for role in (*ROLES, "nobody", "other", "admin"):
                # The administrator is a member of the division.
                if {"admin": "division"}.get(role, role) not in call.roles:
                    self.refuse(role, records, name, **arguments)
            self.env.invalidate_all()
            self.check_allowed(records, name, call.roles, arguments)
            savepoint.rollback()
        self.env.invalidate_all()

    def check_allowed(self, records, name, roles, arguments):
        for role in roles:
            with self.env.cr.savepoint() as savepoint:
                getattr(records.with_user(self.users[role]), name)(**arguments)
                self.env.flush_all()
                savepoint.rollback()
            self.env.invalidate_all()
