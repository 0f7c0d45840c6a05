"""The groups that roles have in common, and what they open without a role: no form, no result."""

from odoo.tests import new_test_user, tagged

from ..helpers.common import ROLES
from ..helpers.rights.years import RightsCase

READERS_OF_ALL = ("head", "division", "leadership")
# What everybody with a role reads in full, so that the base group alone opens it, too.
FOR_EVERY_ROLE = {
    "it.kpi.rubric",
    "it.kpi.grade",
    "it.kpi.dimension",
    "it.kpi.item",
    "it.kpi.indicator",
    "it.kpi.criterion",
    "it.kpi.veto",
    "it.kpi.check",
    "it.kpi.unit",
    "it.kpi.cycle",
    "it.kpi.publication",
}
# What the head, the division and the leadership read in full: live and published results.
FOR_READERS_OF_ALL = {
    "it.kpi.incident",
    "it.kpi.ranking",
    "it.kpi.ranking.line",
    "it.kpi.ranking.change",
    "it.kpi.result",
    "it.kpi.result.line",
    "it.kpi.result.change",
    "it.kpi.rectification",
    "it.kpi.rectification.weakness",
    "it.kpi.rectification.measure",
}


@tagged("post_install", "-at_install")
class TestGroups(RightsCase):
    def test_each_role_implies_the_base_group_and_readers_of_all_their_own(self):
        for role in ROLES:
            shared = {"group_user"} | ({"group_reads_all"} if role in READERS_OF_ALL else set())
            group = self.group(f"group_{role}")
            implied = (group.all_implied_ids - group).get_external_id().values()
            ours = {name.split(".")[1] for name in implied if name.startswith("it_kpi_assess")}
            with self.subTest(role=role):
                self.assertEqual(ours, shared)
                self.assertIn(self.env.ref("base.group_user"), group.all_implied_ids)

    def test_the_administrator_chooses_among_the_six_roles_only(self):
        category = self.env.ref("it_kpi_assessment.module_category_it_kpi")
        roles = self.env["res.groups"].union(*(self.group(f"group_{role}") for role in ROLES))
        self.assertEqual(category.privilege_ids.group_ids, roles)
        for name in ("group_user", "group_reads_all"):
            self.assertFalse(self.group(name).privilege_id)

    def test_an_employee_without_a_role_reads_nothing(self):
        user = new_test_user(self.env, "test_employee", groups="base.group_user")
        for model in self.get_our_models():
            with self.subTest(model=model):
                self.assertFalse(self.env[model].with_user(user).has_access("read"))

    def test_the_base_group_without_a_role_opens_what_every_role_reads(self):
        user = new_test_user(
            self.env, "test_base", groups="base.group_user,it_kpi_assessment.group_user"
        )
        self.assertEqual(self.get_read(user), FOR_EVERY_ROLE)

    def test_reading_all_without_a_role_opens_what_all_three_roles_read(self):
        user = new_test_user(
            self.env, "test_all", groups="base.group_user,it_kpi_assessment.group_reads_all"
        )
        self.assertEqual(self.get_read(user), FOR_EVERY_ROLE | FOR_READERS_OF_ALL)

    def group(self, name):
        return self.env.ref(f"it_kpi_assessment.{name}")

    def get_our_models(self):
        """Return the names of our models that hold records."""
        names = (name for name in self.env.registry if name.startswith("it.kpi."))
        return [name for name in names if not self.env[name]._abstract]

    def get_read(self, user):
        """Return the models of which the user reads any record."""
        models = map(self.env(user=user.id).__getitem__, self.get_our_models())
        return {model._name for model in models if model.has_access("read") and model.search([])}
