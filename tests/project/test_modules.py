"""What is installed along with the addon, and what is deleted when it goes."""

from xml.etree import ElementTree

from odoo.exceptions import UserError
from odoo.modules.module_graph import ModuleGraph
from odoo.tests import TransactionCase, tagged

from tools.paths import ROOT

from ..helpers.common import BureauCase

# What Odoo installs along, because each of them asks to be (auto_install).
INSTALLED = {
    *("base", "web", "mail", "it_kpi_assessment"),
    *("api_doc", "auth_passkey", "auth_signup", "auth_totp", "auth_totp_mail", "base_import"),
    *("base_import_module", "base_install_request", "base_setup", "bus", "google_gmail"),
    *("html_editor", "iap", "iap_mail", "mail_bot", "microsoft_outlook", "partner_autocomplete"),
    *("phone_validation", "privacy_lookup", "rpc", "sms", "snailmail", "web_tour", "web_unsplash"),
}
# Those that speak to addresses outside.
OUTSIDE = {
    *("base_import_module", "google_gmail", "iap", "iap_mail", "microsoft_outlook"),
    *("partner_autocomplete", "sms", "snailmail", "web_unsplash"),
}
# What is shipped beside the program (views, menus, prints, rules, groups), by what becomes of it
# when somebody has deleted it. The bureau's own data stay deleted.
OWN_DATA = {
    *("it.kpi.unit", "it.kpi.rubric", "it.kpi.dimension", "it.kpi.item", "it.kpi.indicator"),
    *("it.kpi.criterion", "it.kpi.grade", "it.kpi.veto"),
}
# The program needs these, so an update brings them back; see test_update_keeps.
NEEDED = {"ir.cron", "mail.activity.type", "mail.template"}
PROGRAM = ("ir.", "res.groups", "report.paperformat")


@tagged("post_install", "-at_install")
class TestModules(TransactionCase):
    def test_nothing_is_installed_along_that_nobody_knows_of(self):
        found = self.env["ir.module.module"].search([("state", "=", "installed")])
        self.assertEqual(set(found.mapped("name")), INSTALLED)

    def test_the_settings_name_those_that_speak_to_addresses_outside(self):
        self.assertLess(OUTSIDE, INSTALLED)
        text = (ROOT / "docs" / "reference" / "settings.md").read_text()
        for name in OUTSIDE:
            self.assertIn(f"`{name}`", text)

    def test_those_can_be_removed(self):
        """Without the addon, and without what it depends on."""
        modules = self.env["ir.module.module"].search([("name", "in", list(OUTSIDE))])
        gone = modules | modules.downstream_dependencies()
        self.assertFalse(set(gone.mapped("name")) - OUTSIDE)

    def test_the_addon_closes_what_was_opened_before_it(self):
        """Odoo's module for accounts opens them to everybody when it is installed."""
        graph = ModuleGraph(self.env.cr)
        graph.extend(sorted(INSTALLED))
        names = [module.name for module in graph]
        for name in ("auth_signup", "mail"):
            self.assertLess(names.index(name), names.index("it_kpi_assessment"))

    def test_of_everything_shipped_it_is_known_what_becomes_of_it_once_deleted(self):
        own = [("module", "=", "it_kpi_assessment")]
        models = {model for [model] in self.env["ir.model.data"]._read_group(own, ["model"])}
        data = {model for model in models if not model.startswith(PROGRAM)}
        self.assertEqual(data | (models & NEEDED), OWN_DATA | NEEDED)

    def test_the_own_data_of_a_bureau_is_not_created_by_an_update(self):
        found = set()
        for path in (ROOT / "addons" / "it_kpi_assessment").rglob("*.xml"):
            tree = ElementTree.parse(path).getroot()
            for record in tree.iter("record"):
                if record.get("model") in OWN_DATA:
                    found.add(record.get("model"))
                    self.assertEqual(tree.get("noupdate"), "1", path.name)
                    self.assertEqual(record.get("forcecreate"), "0", record.get("id"))
        self.assertEqual(found, OWN_DATA)


@tagged("post_install", "-at_install")
class TestUninstall(BureauCase):
    def get_modules(self):
        """Return the addon, and one that it does not go without."""
        modules = self.env["ir.module.module"].search([])
        modules = modules.with_user(self.env.ref("base.user_admin"))
        return [modules.filtered(lambda each, name=name: each.name == name) for name in
                ("it_kpi_assessment", "mail")]  # fmt: skip

    def test_a_published_year_is_not_deleted_by_mistake(self):
        self.publish(self.example_year())
        for module in self.get_modules():
            with self.subTest(module=module.name):
                self.assertRefused("2099", module.button_uninstall)
                self.assertEqual(module.state, "installed")

    def test_the_administrator_may_allow_it(self):
        self.publish(self.example_year())
        setting = "it_kpi_assessment.allow_uninstall"
        for value in ("False", "0", "nonsense"):
            self.env["ir.config_parameter"].set_param(setting, value)
            with self.subTest(value=value), self.assertRaises(UserError):
                self.get_modules()[0].button_uninstall()
        self.env["ir.config_parameter"].set_param(setting, "True")
        module = self.get_modules()[0]
        module.button_uninstall()
        self.assertEqual(module.state, "to remove")

    def test_without_a_published_year_nothing_is_in_the_way(self):
        self.example_year()
        module = self.get_modules()[0]
        module.button_uninstall()
        self.assertEqual(module.state, "to remove")
