"""回避 against arithmetic: who belongs to a unit that takes part infers no mark of its survey.

Numbers can be inferred from other numbers, so it is not enough to hide the marks themselves. All
that a person can read by any method is read twice, with other marks on the survey of the person's
unit. As long as the year is not published, both readings have to be the same: then nothing that
is read depends on what is hidden, and no arithmetic finds it.
"""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..helpers.common import EXAMPLE, BureauCase

OWN = "青川"
# Roles that read more than their own unit's forms; each is tried as a member of a unit.
ROLES = ("assessor", "head", "division", "leadership")
REPORTS = ("assessment_report", "self_report", "survey_report")


@tagged("post_install", "-at_install")
class TestRecusal(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.file_forms(cls.cycle, EXAMPLE)
        cls.survey = cls.get_form(cls.cycle, OWN, "survey")
        others = cls.cycle.survey_ids - cls.survey
        others.assessor_ids = cls.users["assessor"]
        cls.record_incident("旺苍", "network_security")

    def let_belong(self, role):
        self.get_unit(OWN).member_ids += self.users[role]

    def change_marks(self):
        """Give the hidden survey other marks, as its assessors would."""
        grades = self.cycle.rubric_id.grade_ids
        for line in self.survey.line_ids:
            line.grade_id = grades[-1] if line.grade_id != grades[-1] else grades[0]
        self.survey.line_ids[0].remark = "另有说明"
        self.env.flush_all()

    def read_all(self, role):
        """Return all that a person reads of the year: records, explanations, sheets and prints."""
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        env = self.env(user=self.users[role], su=False)
        return {
            **self.read_records(env),
            **self.read_methods(env),
            **self.read_prints(env),
        }

    def read_records(self, env):
        found = {}
        for name, model in env.items():
            if not name.startswith("it.kpi.") or model._abstract or model._transient:
                continue
            if model.has_access("read"):
                records = model.search([])
                # Dates of changes say that something changed, and not what.
                names = [
                    field
                    for field in model.fields_get()
                    if field not in ("write_date", "write_uid", "__last_update")
                    and not field.startswith(("message_", "activity_"))
                ]
                found[name] = [self.read_record(record, names) for record in records]
        return found

    def read_record(self, record, names):
        try:
            return record.read(names, load=None)
        except AccessError:
            return {field: self.try_call(record.read, [field]) for field in names}

    def read_methods(self, env):
        cycle = self.cycle.with_env(env)
        calls = {
            "workbook": lambda: len(cycle._workbook()),
            "dashboard": lambda: env["it.kpi.dashboard"].get_dashboard(cycle.id),
            "trial": lambda: env["it.kpi.trial"].try_ranking(cycle.id),
            "robustness": lambda: env["it.kpi.robustness"].get_robustness(cycle.id),
        }
        for name, model in env.items():
            numbers = () if model._abstract else getattr(model, "_explained", ())
            for number in numbers if model.has_access("read") else ():
                records = model.search([])
                calls[f"{name}.{number}"] = lambda r=records, n=number: r.explain_number(n)
        for model, measures in (
            ("it.kpi.ranking", ["final:avg", "survey_total:avg", "__count"]),
            ("it.kpi.ranking.line", ["score:sum", "mean:avg", "__count"]),
            ("it.kpi.survey.line", ["score:sum", "__count"]),
        ):
            calls[f"grouped {model}"] = lambda m=model, a=measures: env[m]._read_group(
                [], ["cycle_id"], a
            )
        return {name: self.try_call(call) for name, call in calls.items()}

    def read_prints(self, env):
        found = {}
        for report in REPORTS:
            action = env.ref(f"it_kpi_assessment.{report}")
            records = env[action.model].search([("cycle_id", "=", self.cycle.id)])
            found[report] = [
                self.try_call(
                    env["ir.actions.report"]._render_qweb_html, action.report_name, record.ids
                )
                for record in records
            ]
        return found

    def try_call(self, method, *args):
        try:
            return str(method(*args))
        except UserError as error:
            return type(error).__name__

    def differences(self, role):
        """Return what a person reads otherwise after the hidden marks changed."""
        before = self.read_all(role)
        self.change_marks()
        after = self.read_all(role)
        self.assertEqual(before.keys(), after.keys())
        return sorted(name for name in before if before[name] != after[name])

    def test_nothing_that_a_member_reads_depends_on_the_hidden_marks(self):
        for role in ROLES:
            for state in ("open", "review"):
                with self.subTest(role=role, state=state):
                    self.let_belong(role)
                    self.cycle.state = state
                    self.assertFalse(self.differences(role))

    def test_others_read_it_so_the_comparison_can_fail(self):
        for role in ("head", "division", "leadership"):
            with self.subTest(role=role):
                found = self.differences(role)
                self.assertIn("it.kpi.ranking", found)
                self.assertIn("it.kpi.ranking.line", found)
                self.assertIn("it.kpi.survey.line", found)

    def test_it_ends_with_the_publication(self):
        publication = self.publish(self.cycle)
        self.let_belong("head")
        self.assertTrue(self.as_role("head", publication).result_ids.has_access("read"))
        self.assertTrue(self.as_role("head", self.survey).has_access("read"))
        self.assertFalse(self.as_role("head", self.cycle).is_recused)

    def test_a_second_head_approves(self):
        self.let_belong("head")
        self.as_role("division", self.cycle).action_start_review("按期转入")
        self.assertTrue(self.as_role("head", self.cycle).is_recused)
        self.assertNotIn("approve", self.as_role("head", self.cycle).allowed_moves or "")
        self.assertRefused("You belong to a unit", self.as_role("head", self.cycle).action_approve)
        self.approve(self.cycle)
        self.assertEqual(self.cycle.approved_by_id, self.get_second_head())

    def test_an_archived_unit_still_takes_part(self):
        self.let_belong("head")
        self.get_unit(OWN).active = False
        self.assertTrue(self.as_role("head", self.cycle).is_recused)
        self.assertFalse(self.as_role("head", self.env["it.kpi.ranking"].browse()).search([]))

    def test_the_trial_and_the_workbook_say_why(self):
        self.let_belong("division")
        trial = self.env["it.kpi.trial"].with_user(self.users["division"])
        self.assertRefused("after publication", trial.try_ranking, self.cycle.id)
        self.assertRefused(
            "after publication", self.as_role("division", self.cycle).action_workbook
        )
