"""The groups that roles have in common. Without a role, which is held in a bureau, they open
nothing."""

from odoo.tests import new_test_user, tagged

from ..helpers.common import ROLES
from ..helpers.rights.years import RightsCase

READERS_OF_ALL = ("head", "division", "leadership")


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

    def test_what_roles_have_in_common_opens_nothing_without_one(self):
        for name in ("group_user", "group_reads_all"):
            user = new_test_user(
                self.env, f"test_{name}", groups=f"base.group_user,it_kpi_assessment.{name}"
            )
            with self.subTest(group=name):
                self.assertFalse(self.get_read(user))

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
