"""Every page, button, print and download costs as many queries for 20 units as for six.

What is counted is taken from the addon itself: its actions, its reports, and the table of its
public methods (``METHODS``). What is new is counted without a row here, or fails for want of one.
"""

from unittest.mock import patch

from lxml import etree

from odoo.tests import TransactionCase, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.it_kpi_assessment.workbook.build import build_workbook

from ..helpers.common import ROLES
from ..helpers.queries import get_growth, recorded
from ..helpers.rights.calls import (
    get_allocation,
    get_commendation,
    get_objection,
    get_order,
    overdue_form,
    own_form,
    own_result,
    proposed,
    signed_survey,
    submitted_form,
    survey,
    to_sign,
)
from ..helpers.rights.methods import METHODS
from ..helpers.two_sizes import Few, Many
from .web_client import specification

ADDON = "it_kpi_assessment"
PAGE = 80  # rows of a list in the web client

# Who opens an action, if not the division: by how its name ends.
OPENED_BY = {"own_unit": "reporter", "assigned": "assessor"}
# On what an action is opened, by how its name ends.
OPENED_ON = {
    "ranking_action_cycle": lambda case: case.review,
    "ranking_change_action_cycle": lambda case: case.revised,
    "assessment_action_cycle": lambda case: case.cycle,
    "survey_action_cycle": lambda case: case.cycle,
    "action_cycle": lambda case: case.published,
    "result_change_action_publication": lambda case: case.revised.publication_id,
    "action_publication": lambda case: case.published.publication_id,
    "action_unit": lambda case: case.get_unit("昭化"),
    "inspection_action_survey": survey,
}
# Who opens a dialog, on what, and in which state it is then.
DIALOGS = {
    "it_kpi_assessment_action_hand_over": ("reporter", own_form, None),
    "it_kpi_assessment_action_sign": ("leader", own_form, "to_sign"),
    "it_kpi_assessment_action_take_back": ("leader", own_form, "to_sign"),
    "it_kpi_assessment_action_offline": ("reporter", own_form, None),
    "it_kpi_assessment_action_extend": ("division", own_form, None),
    "it_kpi_assessment_action_record_unfiled": ("division", overdue_form, None),
    "it_kpi_assessment_action_withdraw_unfiled": ("division", own_form, "unfiled"),
    "it_kpi_assessment_action_return": ("division", submitted_form, None),
    "it_kpi_assessment_action_withdraw": ("division", own_form, None),
    "it_kpi_assessment_action_rejoin": ("division", own_form, "withdrawn"),
    "it_kpi_unit_action_rename": ("division", lambda case: case.get_unit("利州"), None),
    "it_kpi_survey_action_assign": ("head", survey, None),
    "it_kpi_survey_action_sign": ("assessor", survey, None),
    "it_kpi_survey_action_confirm": ("head", signed_survey, None),
    "it_kpi_survey_action_reopen": ("head", survey, "confirmed"),
    "it_kpi_survey_action_reassign": ("head", survey, None),
    "it_kpi_cycle_action_move_deadline": ("division", lambda case: case.cycle, None),
    "it_kpi_cycle_action_add_units": ("division", lambda case: case.cycle, None),
    "it_kpi_cycle_action_ask_to_review": ("division", lambda case: case.cycle, None),
    "it_kpi_cycle_action_resume": ("division", lambda case: case.review, None),
    "it_kpi_cycle_action_revise": ("division", lambda case: case.published, None),
    "it_kpi_cycle_action_drop_revision": ("division", lambda case: case.revised, None),
    "it_kpi_cycle_action_move_notice_end": ("division", proposed, None),
    "it_kpi_cycle_action_withdraw_notice": ("division", proposed, None),
    "it_kpi_objection_action_sign": ("leader", to_sign, None),
    "it_kpi_objection_action_take_back": ("leader", to_sign, None),
    "it_kpi_objection_action_dismiss": ("division", get_objection("昭化"), "filed"),
    "it_kpi_allocation_action_bases": ("division", get_allocation, None),
    "it_kpi_allocation_action_send_back": ("leadership", get_allocation, None),
    "it_kpi_commendation_action_send_back": ("leadership", get_commendation, None),
    "it_kpi_commendation_line_action_strike": (
        "leadership",
        lambda case: get_commendation(case).line_ids[:1],
        None,
    ),
    "it_kpi_commendation_line_action_add": (
        "leadership",
        lambda case: get_commendation(case).line_ids[-1:],
        None,
    ),
    "it_kpi_rectification_action_sign": ("leader", get_order("利州"), "issued"),
    "it_kpi_rectification_action_reopen_plan": ("leader", get_order("利州"), None),
    "it_kpi_rectification_action_send_back": ("division", get_order("朝天"), None),
    "it_kpi_rectification_action_withdraw": ("division", lambda case: case.superseded_order, None),
    "it_kpi_rectification_talk_action_record": ("division", get_order("利州"), None),
    "it_kpi_incident_action_correct": ("division", lambda case: case.incident, None),
    "it_kpi_incident_action_lift": ("division", lambda case: case.incident, None),
    "it_kpi_cycle_action_ask_to_open": ("division", lambda case: case.draft_cycle, None),
    "it_kpi_roster_action": ("division", lambda case: case.own_unit, None),
    "it_kpi_account_action_new": ("division", lambda case: case.own_unit, None),
}
# What a page of JavaScript reads: a method of ``METHODS``, or a test of its own.
SCRIPTED = {
    "it_kpi_dashboard_action": "get_dashboard",
    "it_kpi_start_action": "get_start",
    "it_kpi_trial_action": "try_ranking",
    "it_kpi_robustness_action": "get_robustness",
    "it_kpi_picture_action": "test_pictures",
    "it_kpi_picture_action_cycle": "test_pictures",
    "it_kpi_picture_action_scores": "test_pictures",
    "it_kpi_picture_action_live_scores": "test_pictures",
}


def get_orders(case):
    return case.env["it.kpi.rectification"].search([("cycle_id", "=", case.published.id)])


def get_invited(case):
    """Return the accounts of a bureau, each with a link that is valid."""
    accounts = case.accounts.with_user(case.users["division"])
    accounts._prepare_links()
    return accounts.sudo(False)


# What is printed, by the model that a report is made for: all of it at once.
PRINTED = {
    "it.kpi.rubric": lambda case: case.cycle.rubric_id,
    "it.kpi.cycle": lambda case: case.published,
    "it.kpi.assessment": lambda case: case.published.assessment_ids,
    "it.kpi.survey": lambda case: case.published.survey_ids,
    "it.kpi.publication": lambda case: case.revised.publication_id,
    "it.kpi.result": lambda case: case.published.publication_id.result_ids,
    "it.kpi.rectification": get_orders,
    "it.kpi.objection": get_objection("昭化"),
    "it.kpi.allocation": get_allocation,
    "it.kpi.commendation": get_commendation,
    "it.kpi.account": get_invited,
}


# Who prints a report, if not the division.
PRINTED_BY = {"robustness_report": "leadership"}


def get_late(case):
    return case.cycle.assessment_ids.filtered(lambda form: form.state == "draft")


def get_drafts(case):
    return get_orders(case).filtered(lambda order: order.state == "draft")


# What is done to all units at once: by whom, on what, how.
MASS = {
    "remind the forms chosen": ("division", get_late, lambda forms: forms.action_remind()),
    "issue the orders chosen": ("division", get_drafts, lambda orders: orders.action_issue()),
    "workbook, live": (
        "leadership",
        lambda case: case.review,
        lambda cycle: build_workbook(cycle._get_workbook_ranking()),
    ),
    "workbook, published": (
        "leadership",
        lambda case: case.revised.publication_id,
        lambda publication: build_workbook(publication._get_workbook_ranking()),
    ),
    "verification of the fingerprint": (
        "leadership",
        lambda case: case.published.publication_id,
        lambda publication: publication.mapped("verification"),
    ),
    "package for audit": (
        "leadership",
        lambda case: case.published.publication_id,
        lambda publication: publication._get_proof_package(),
    ),
    "package of a unit": ("reporter", own_result, lambda result: result._get_proof_package()),
    "form for Excel": ("reporter", own_form, lambda form: form._offline_workbook()),
    "reminders of the morning": (
        None,
        lambda case: case.env["it.kpi.notice"],
        lambda notices: notices._remind(),
    ),
}


@tagged("post_install", "-at_install")
class TestQueryCounts(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        for bureau in (Few, Many):
            bureau.lay_out(cls.env)
        # The ORM reads so many records at once; another thousand may take another query.
        for module in ("fields", "models"):
            cls.startClassPatcher(patch(f"odoo.orm.{module}.PREFETCH_MAX", 10**6))
        # Odoo writes a mail for so many recipients at once.
        cls.env["ir.config_parameter"].set_param("mail.batch_size", 10**6)
        cls.startClassPatcher(patch.object(IrCron, "_commit_progress"))

    def test_pages(self):
        for action in self.get_own("ir.actions.act_window"):
            if action.target != "new":
                for kind in action.view_mode.split(","):
                    self.compare(
                        f"{action.name} ({action.xml_id}), {kind}",
                        lambda case, action=action, kind=kind: self.get_page(case, action, kind),
                    )

    def test_dialogs(self):
        for action in self.get_own("ir.actions.act_window"):
            if action.target == "new":
                self.compare(
                    f"{action.name} ({action.xml_id})",
                    lambda case, action=action: self.get_dialog(case, action),
                )

    def test_pages_of_javascript_are_named_with_what_they_ask_for(self):
        names = {self.get_name(action) for action in self.get_own("ir.actions.client")}
        self.assertEqual(names, set(SCRIPTED))

    def test_methods(self):
        for model, calls in METHODS.items():
            for name, call in calls.items():
                for role in filter(ROLES.__contains__, call.roles):
                    self.compare(
                        f"{model}.{name} as {role}",
                        lambda case, name=name, call=call, role=role: self.get_call(
                            case, name, call, role
                        ),
                    )

    def test_prints(self):
        for report in self.get_own("ir.actions.report"):
            self.compare(report.name, lambda case, report=report: self.get_print(case, report))

    def test_what_is_done_to_all_at_once(self):
        for name, (role, get_records, act) in MASS.items():
            self.compare(
                name,
                lambda case, role=role, get_records=get_records, act=act: (
                    lambda: act(self.become(case, role, get_records(case)))
                ),
            )

    def get_own(self, model):
        """Return the actions of the addon, of one kind."""
        data = self.env["ir.model.data"].search([("module", "=", ADDON), ("model", "=", model)])
        return self.env[model].browse(data.mapped("res_id"))

    def get_name(self, action):
        return action.xml_id.partition(".")[2]

    def become(self, case, role, records):
        return records.with_user(case.users[role]) if role else records.sudo()

    def compare(self, name, prepare):
        """Count what the act takes that ``prepare(bureau)`` returns, of both bureaus."""
        with self.subTest(name):
            self.get_statements(Few, prepare)  # fills the caches that all requests share
            few, many = (self.get_statements(case, prepare) for case in (Few, Many))
            if len(many) > len(few):  # or the caches of its people were empty
                many = self.get_statements(Many, prepare)
            self.assertLessEqual(len(many), len(few), f"{name}: {get_growth(few, many)}")

    def get_statements(self, case, prepare):
        with self.env.cr.savepoint() as savepoint:
            act = prepare(case)
            case.env.cr.flush()
            with recorded(case.env) as statements:
                act()
                case.env.cr.flush()
            savepoint.rollback()
        case.env.invalidate_all()
        return statements

    def get_page(self, case, action, kind):
        """Return what the web client asks for to show a view of the action."""
        name = self.get_name(action)
        subject = next((get for end, get in OPENED_ON.items() if name.endswith(end)), None)
        role = next((role for end, role in OPENED_BY.items() if name.endswith(end)), "division")
        model = self.become(case, role, case.env[action.res_model])
        names = {"uid": model.env.uid, "active_id": subject and subject(case).id}
        domain = safe_eval(action.domain or "[]", names)
        arch = etree.fromstring(model.get_views([(False, kind)])["views"][kind]["arch"])
        if kind in ("pivot", "graph"):
            return lambda: self.analyse(model, arch, domain)
        fields = specification(arch, model)
        if kind == "form":
            return lambda: model.web_search_read(domain, fields, limit=1)
        return lambda: self.list(model, domain, fields)

    def list(self, model, domain, fields):
        """Read the first page; Odoo counts the rows of a full one only, so count them all."""
        page = model.web_search_read(domain, fields, limit=PAGE)
        if len(page["records"]) < PAGE:
            model.search_count(domain)

    def analyse(self, model, arch, domain):
        fields = [node.get("name") for node in arch.xpath("//field[not(@type='measure')]")]
        measures = [node.get("name") for node in arch.xpath("//field[@type='measure']")]
        aggregates = [f"{name}:{model._fields[name].aggregator}" for name in measures]
        model.formatted_read_group(domain, fields, aggregates)

    def get_dialog(self, case, action):
        """Return what the web client asks for to show a dialog."""
        role, get_record, state = DIALOGS[self.get_name(action)]
        record = get_record(case)
        if state:
            record.write({"state": state})
        context = {**safe_eval(action.context or "{}"), "active_id": record.id}
        model = self.become(case, role, case.env[action.res_model]).with_context(**context)
        arch = etree.fromstring(model.get_views([(False, "form")])["views"]["form"]["arch"])
        return lambda: model.onchange({}, [], specification(arch, model))

    def get_call(self, case, name, call, role):
        """Return the call of a public method as the tests of rights make it."""
        records = call.records(case)
        if call.state:
            records.write({"state": call.state})
        arguments = call.get_arguments(records)
        if name == "ask":
            results = case.published.publication_id.result_ids
            readable = self.become(case, role, results)._filtered_access("read")
            arguments["res_ids"] = readable.ids
        target = call.get_target(records)
        return lambda: getattr(self.become(case, role, target), name)(**arguments)

    def get_print(self, case, report):
        """Return the printing of all that there is, as far as the engine's input."""
        records = PRINTED[report.model](case)
        role = PRINTED_BY.get(self.get_name(report), "division")
        reports = self.become(case, role, case.env["ir.actions.report"])
        return lambda: list(reports._render_it_kpi_documents(report, None, records.ids))
