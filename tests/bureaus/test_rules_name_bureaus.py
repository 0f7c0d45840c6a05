"""No record rule opens a role in bureaus where it is not held."""

import re

from odoo.tests import tagged

from ..helpers.common import BureauCase

NAMED = re.compile(r"company_ids_as\(([^)]*)\)")
# Groups whose rules are about none of the roles.
WITHOUT_ROLE = {"base.group_user", "base.group_system", "base.group_erp_manager"}
READS_ALL = {"head", "division", "leadership"}


@tagged("post_install", "-at_install")
class TestRulesNameBureaus(BureauCase):
    def get_rules(self):
        """Return the rules of our models, but for those of dialogs, which are their creator's."""
        rules = self.env["ir.rule"].search([("model_id.model", "=like", "it.kpi.%")])
        return rules.filtered(lambda rule: not self.env[rule.model_id.model]._transient)

    def get_roles(self, group):
        """Return the roles of a group; none for one that says nothing of roles."""
        name = group.get_external_id()[group.id]
        if name in (*WITHOUT_ROLE, "it_kpi_assessment.group_user"):
            return set()
        role = name.removeprefix("it_kpi_assessment.group_")
        return READS_ALL if role == "reads_all" else {role}

    def test_a_rule_of_a_role_is_bound_to_the_bureaus_of_that_role(self):
        rules = self.get_rules().filtered("groups")
        self.assertGreater(len(rules), 60)
        for rule in rules:
            roles = set().union(*map(self.get_roles, rule.groups))
            if not roles or rule.domain_force == "[(0, '=', 1)]":
                continue
            with self.subTest(rule=rule.name):
                [named] = NAMED.findall(rule.domain_force)
                self.assertEqual(set(re.findall(r"\w+", named)), roles)
                self.assertRegex(rule.domain_force, r"^\[\('[a-z_.]*company_id', 'in', company_")

    def test_every_model_is_bound_to_a_bureau_where_the_user_holds_a_role(self):
        """By a rule for everybody, whatever is read, written, created or deleted."""
        bound = self.get_rules().filtered(
            lambda rule: not rule.groups and "company_ids_as" in rule.domain_force
        )
        models = {
            model._name
            for model in self.env.registry.values()
            if model._name.startswith("it.kpi.") and not model._abstract and not model._transient
        }
        whole = bound.filtered(lambda rule: rule.perm_read and rule.perm_write and rule.perm_unlink)
        # Who holds which role is read for the rules themselves; a kept signature is of a person,
        # and is read by nobody; wrong codes are counted before a bureau is known.
        others = {"it.kpi.holding", "it.kpi.kept.signature", "it.kpi.guess"}
        self.assertEqual(set(whole.mapped("model_id.model")), models - others)

    def test_what_a_group_manages_it_manages_in_the_bureaus_of_its_role(self):
        """Access rights know groups only: where several roles read a model and one writes it, a
        rule says in which bureaus."""
        access = self.env["ir.model.access"].search(
            [("model_id.model", "=like", "it.kpi.%"), ("group_id", "!=", False)]
        )
        for row in access.filtered(lambda row: not self.env[row.model_id.model]._transient):
            for mode in ("write", "create", "unlink"):
                roles = self.get_roles(row.group_id)
                if not row[f"perm_{mode}"] or not roles:
                    continue
                rules = self.get_rules().filtered(
                    lambda rule, row=row, mode=mode: (
                        rule.model_id == row.model_id and rule[f"perm_{mode}"]
                    )
                )
                named = [set(re.findall(r"\w+", found)) for rule in rules
                         for found in NAMED.findall(rule.domain_force)]  # fmt: skip
                with self.subTest(model=row.model_id.model, mode=mode, roles=roles):
                    self.assertTrue(any(each and each <= roles for each in named), named)
