"""Every screen that a role can reach from its menus opens, with all that it shows."""

from lxml import etree

from odoo.tests import Form, HttpCase
from odoo.tools.safe_eval import safe_eval

from ..helpers.common import ROLES, SIGNATURE
from ..helpers.screens import ScreensCase
from .web_client import specification

START = {
    "reporter": "it_kpi_assessment_action_own_unit",
    "leader": "it_kpi_assessment_action_own_unit",
    "assessor": "it_kpi_survey_action_assigned",
    "head": "it_kpi_cycle_action",
    "division": "it_kpi_cycle_action",
    "leadership": "it_kpi_cycle_action",
}


class TestScreens(ScreensCase):
    def test_every_menu_opens(self):
        for role in ROLES:
            for menu, action in self._get_menu_actions(role):
                with self.subTest(role=role, menu=menu):
                    self._open_action(role, action)

    def test_the_year_leads_to_its_lists(self):
        names = ("assessment", "survey", "ranking", "result", "rectification")
        for role in ("head", "division", "leadership"):
            for name in names:
                with self.subTest(role=role, action=name):
                    action = self.env.ref(f"it_kpi_assessment.it_kpi_{name}_action_cycle")
                    self._open_action(role, action)

    def test_the_app_opens_with_what_the_role_needs(self):
        for role, name in START.items():
            with self.subTest(role=role):
                action = self._get_menu_actions(role)[0][1]
                self.assertEqual(action, self.env.ref(f"it_kpi_assessment.{name}"))

    def test_no_menu_without_a_role(self):
        stranger = self.env["res.users"].create({"name": "路人", "login": "test_stranger"})
        menus = self.env["ir.ui.menu"].with_user(stranger).load_menus(False)
        root = self.env.ref("it_kpi_assessment.it_kpi_menu_root")
        self.assertNotIn(root.id, menus)

    def test_only_the_division_configures(self):
        for role in ROLES:
            menus = [menu for menu, _action in self._get_menu_actions(role)]
            self.assertEqual("it_kpi_assessment.it_kpi_rubric_menu" in menus, role == "division")

    def _get_menu_actions(self, role):
        """Return the menus of the app that the role sees and that open something, in order."""
        menus = self.env["ir.ui.menu"].with_user(self.users[role]).load_menus(False)
        pending = [self.env.ref("it_kpi_assessment.it_kpi_menu_root").id]
        found = []
        while pending:
            menu = menus[pending.pop(0)]
            pending = menu["children"] + pending
            if menu["action_id"]:
                action = self.env[menu["action_model"]].browse(menu["action_id"])
                found.append((menu["xmlid"], action))
        return found

    def _open_action(self, role, action):
        if action._name == "ir.actions.client":
            return  # its own tour opens it
        user = self.users[role]
        if action._name == "ir.actions.server":
            action = self.env["ir.actions.act_window"].new(action.with_user(user).run())
        model = self.env[action.res_model].with_user(user)
        names = {"uid": model.env.uid, "active_id": self.cycle.id}
        domain = safe_eval(action.domain or "[]", names)
        views = [(False, mode) for mode in action.view_mode.split(",")] + [(False, "search")]
        for kind, view in model.get_views(views)["views"].items():
            arch = etree.fromstring(view["arch"])
            if kind in ("list", "kanban", "form"):
                model.web_search_read(domain, specification(arch, model), limit=80)
            elif kind == "search":
                self._check_filters(model, arch)
            else:
                self._check_analysis(model, arch, domain)

    def _check_filters(self, model, arch):
        for node in arch.xpath("//filter[@domain]"):
            names = {"uid": model.env.uid}
            model.search_count(safe_eval(node.get("domain"), names))
        for node in arch.xpath("//filter[contains(@context, 'group_by')]"):
            field = safe_eval(node.get("context"))["group_by"]
            model.formatted_read_group([], [field], ["__count"])

    def _check_analysis(self, model, arch, domain):
        fields = [node.get("name") for node in arch.xpath("//field[not(@type='measure')]")]
        measures = [node.get("name") for node in arch.xpath("//field[@type='measure']")]
        aggregates = [f"{name}:{model._fields[name].aggregator}" for name in measures]
        model.formatted_read_group(domain, fields, aggregates)


class TestWizards(ScreensCase):
    def _wizard(self, role, name, record, **defaults):
        context = {f"default_{key}": value for key, value in defaults.items()}
        model = self.env[f"it.kpi.{name}.wizard"].with_user(self.users[role])
        return Form(model.with_context(active_id=record.id, **context))

    def test_sign_and_submit(self):
        self.fill(self.own_form, "A" * 16)
        self.own_form.state = "to_sign"
        wizard = self._wizard("leader", "sign", self.own_form)
        self.assertPoints(wizard.shown_total, 100)
        self.assertRefused("Draw your signature", wizard.save().action_confirm)
        wizard.signature = SIGNATURE
        saved = wizard.save()
        saved.action_confirm()
        self.assertEqual(self.own_form.state, "submitted")
        self.assertTrue(self.own_form.signature)
        self.assertFalse(saved.signature, "the signature stays on the form only")

    def test_return_lines(self):
        form = self.get_form(self.cycle, "昭化")
        wizard = self._wizard("division", "return", form)
        self.assertEqual(len(wizard.line_ids), 16)
        with wizard.line_ids.edit(3) as line:
            line.reason = "缺少计划文件"
            self.assertTrue(line.is_returned, "a reason flags its line")
        wizard.save().action_confirm()
        returned = form.line_ids.filtered("returned")
        self.assertEqual(returned, form.line_ids[3])
        self.assertEqual(returned.return_reason, "缺少计划文件")

    def test_extend(self):
        wizard = self._wizard("division", "extend", self.own_form)
        wizard.until = "2099-01-10 10:00:00"
        wizard.reason = "系统检修"
        wizard.save().action_confirm()
        self.assertEqual(str(self.own_form.deadline), "2099-01-10 10:00:00")

    def test_reasons(self):
        survey = self.get_form(self.cycle, "昭化", "survey")
        self.pass_deadline(self.cycle)
        acts = [
            ("division", "record_unfiled", self.own_form, "unfiled"),
            ("head", "reopen", survey, "draft"),
        ]
        for role, act, record, state in acts:
            with self.subTest(act=act):
                wizard = self._wizard(role, "reason", record, act=act)
                wizard.reason = "依据充分"
                wizard.save().action_confirm()
                self.assertEqual(record.state, state)
        self.as_role("division", self.cycle).action_start_review("按期转入")
        wizard = self._wizard("division", "reason", self.cycle, act="resume")
        wizard.reason = "尚有单位未报"
        wizard.save().action_confirm()
        self.assertEqual(self.cycle.state, "open")

    def test_an_incident_is_corrected_and_lifted(self):
        incident = self.record_incident("昭化", "leak", "2098-05-01")
        wizard = self._wizard("division", "incident", incident, act="correct")
        self.assertEqual((wizard.kind, wizard.established_by), ("leak", "通报〔2099〕1号"))
        wizard.date = "2097-05-02"
        self.assertTrue(wizard.is_other_year)
        wizard.unit_id = self.get_unit("朝天")
        wizard.decision, wizard.reason = "更正〔2099〕1号", "单位有误"
        wizard.save().action_confirm()
        self.assertEqual((incident.unit_id, incident.year), (self.get_unit("朝天"), 2097))
        self.assertEqual(incident.decision, "通报〔2099〕1号")
        wizard = self._wizard("division", "incident", incident, act="lift")
        wizard.decision, wizard.reason = "撤销〔2099〕2号", "经复核不成立"
        wizard.save().action_confirm()
        self.assertEqual((incident.state, incident.lift_decision), ("lifted", "撤销〔2099〕2号"))

    def test_the_deadline_moves_and_a_unit_joins(self):
        wizard = self._wizard("division", "cycle", self.cycle, act="move_deadline")
        self.assertEqual(wizard.until, self.cycle.deadline, "what is proposed")
        wizard.until = f"{self.cycle.year}-12-20 10:00:00"
        wizard.reason = "系统检修"
        wizard.save().action_confirm()
        self.assertEqual(str(self.cycle.deadline), f"{self.cycle.year}-12-20 10:00:00")
        unit = self.env["it.kpi.unit"].create({"name": "新设单位", "short_name": "新设"})
        wizard = self._wizard("division", "cycle", self.cycle, act="add_units")
        self.assertIn(unit, wizard.other_unit_ids[:])
        wizard.unit_ids.add(unit)
        wizard.reason = "新设机构"
        wizard.save().action_confirm()
        self.assertIn(unit, self.cycle.assessment_ids.unit_id)

    def test_the_assessors_change_after_they_have_begun(self):
        survey = self.get_form(self.cycle, "昭化", "survey")
        survey.state = "draft"
        wizard = self._wizard("head", "assign", survey)
        self.assertEqual(wizard.assessor_ids[:], survey.assessor_ids)
        wizard.assessor_ids.add(self.new_user("assessor", "test_successor"))
        wizard.reason = "原考核人员病假"
        wizard.save().action_confirm()
        self.assertIn("test_successor", survey.assessor_ids.mapped("login"))

    def test_the_wizard_does_not_widen_rights(self):
        form = self.get_form(self.cycle, "昭化")
        wizard = self._wizard("head", "reason", form, act="record_unfiled")
        wizard.reason = "越权"
        self.assertRefused("informatization division", wizard.save().action_confirm)


class TestTours(HttpCase, ScreensCase):
    def test_a_unit_fills_signs_and_submits(self):
        self.fill(self.own_form, "A" * 15)
        url = f"/odoo/it-kpi-my-assessments/{self.own_form.id}"
        self.start_tour(url, "it_kpi_fill_and_hand_over", login="test_reporter")
        self.assertEqual(self.own_form.state, "to_sign")
        self.assertPoints(self.own_form.graded_total, 99)
        self.start_tour(url, "it_kpi_sign_and_submit", login="test_leader")
        self.assertEqual(self.own_form.state, "submitted")
        self.assertEqual(self.own_form.signed_by_id, self.users["leader"])
