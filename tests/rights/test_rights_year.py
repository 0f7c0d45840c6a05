"""The year as a whole: no context opens a door, two people publish, the log is kept."""

from odoo import Command
from odoo.tests import tagged

from ..helpers.common import EXAMPLE, ROLES
from ..helpers.rights.rpc import CONTEXTS, RpcCase


@tagged("post_install", "-at_install")
class TestRightsYear(RpcCase):
    def test_no_context_opens_anything(self):
        own, foreign = self.forms["利州"], self.forms["昭化"]
        for context in [*CONTEXTS, {"allowed_company_ids": self.env.company.ids}]:
            with self.subTest(context=context):
                self.refuse("reporter", foreign, "read", fields=["state"], context=context)
                self.refuse("reporter", own, "write", vals={"state": "submitted"}, context=context)
                self.refuse("other", foreign, "read", fields=["state"], context=context)
                self.refuse(
                    "admin", self.published.publication_id, "unlink", context=context
                )  # fmt: skip
                self.refuse(
                    "head", self.surveys["昭化"].line_ids[0], "write",
                    vals={"remark": "改"}, context=context,
                )  # fmt: skip

    def test_the_other_company_is_not_entered_by_context(self):
        context = {"allowed_company_ids": self.other.ids}
        for role in (*ROLES, "nobody"):
            for record in (self.other_cycle, self.other_unit, self.other_cycle.assessment_ids):
                with self.subTest(role=role, record=record):
                    self.refuse(role, record, "read", fields=["display_name"], context=context)

    def test_defaults_of_the_context_set_no_state(self):
        """What values may not set, defaults of the context may not either."""
        context = {
            "default_state": "review",
            "default_approved_by_id": self.users["head"].id,
            "default_rubric_id": self.rubric.id,
            "default_cycle_id": self.cycle.id,
        }
        vals = {"year": 2090, "unit_ids": [Command.set(self.units.ids)]}
        [cycle_id] = self.allow("division", self.cycle.browse(), "create", vals_list=[vals],
                                context=context)  # fmt: skip
        cycle = self.cycle.browse(cycle_id)
        self.assertEqual(cycle.state, "draft")
        self.assertFalse(cycle.rubric_id or cycle.approved_by_id)
        vals = {"name": "新", "version": "新"}
        [rubric_id] = self.allow("division", self.rubric.browse(), "create", vals_list=[vals],
                                 context={**context, "default_state": "effective"})  # fmt: skip
        rubric = self.rubric.browse(rubric_id)
        self.assertEqual((rubric.state, rubric.cycle_id.id), ("draft", False))

    def test_defaults_of_the_context_add_nothing_to_a_publication(self):
        cycle = self.prepare_review()
        self.allow("head", cycle, "action_approve")
        stranger = self.env["it.kpi.unit"].create({"name": "陌生", "short_name": "陌生"})
        row = {"unit_id": stranger.id, "cycle_id": cycle.id, "final": 100, "rank": 1}
        context = {"default_result_ids": [[0, 0, row]], "default_reason": "无"}
        self.allow("division", cycle, "action_publish", context=context)
        self.assertEqual(len(cycle.publication_id.result_ids), len(EXAMPLE) - 1)
        self.assertFalse(cycle.publication_id.reason)

    def prepare_review(self):
        """Return a year without 青川, the head's own unit."""
        cycle = self.open_cycle(self.units - self.get_unit("青川"), year=2095)
        self.file_forms(
            cycle, {unit: EXAMPLE[unit] for unit in cycle.unit_ids.mapped("short_name")}
        )
        self.allow("division", cycle, "action_start_review")
        return cycle

    def test_approval_and_publication_need_two_people(self):
        cycle = self.prepare_review()
        self.refuse("division", cycle, "action_publish")
        self.refuse("division", cycle, "action_approve")
        self.users["head"].group_ids += self.env.ref("it_kpi_assessment.group_division")
        self.allow("head", cycle, "action_approve")
        message = self.refuse("head", cycle, "action_publish")
        self.assertIn("two different people", message)
        self.record_incident("利州", "network_security", "2095-03-01")
        self.assertIn("approve it again", self.refuse("division", cycle, "action_publish"))
        self.allow("head", cycle, "action_approve")
        self.allow("division", cycle, "action_publish")
        self.refuse("division", cycle, "action_publish")

    def test_an_administrators_server_action_changes_no_result(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "改",
                "model_id": self.env["ir.model"]._get_id("it.kpi.result"),
                "state": "code",
                "code": "env['it.kpi.result'].sudo().search([]).write({'final': 100})",
            }
        )
        self.refuse("admin", action, "run")
        action.code = "env['it.kpi.result'].sudo().search([]).unlink()"
        self.refuse("admin", action, "run")

    def test_a_new_deadline_is_logged_whatever_the_context_says(self):
        for day, context in (("16", {"tracking_disable": True}), ("17", {"mail_notrack": True})):
            before = self.env["mail.tracking.value"].search_count([])
            self.allow("division", self.cycle, "action_move_deadline", context=context,
                       until=f"2099-12-{day} 00:00:00", reason="检修")  # fmt: skip
            self.assertEqual(self.env["mail.tracking.value"].search_count([]), before + 1)
