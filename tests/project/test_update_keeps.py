"""An update does not undo what a bureau has decided."""

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from ..helpers.own_database import OwnDatabase

ADDON = "it_kpi_assessment"
OPENED = {
    "auth_signup.invitation_scope": "b2c",
    "auth_signup.reset_password": "True",
    "mail.link_preview_throttle": "99",
}


@tagged("post_install", "-at_install")
class TestUpdateKeeps(OwnDatabase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["it.kpi.unit"].search([]).unlink()
        cls.env["it.kpi.rubric"].search([]).unlink()
        for key, value in OPENED.items():
            cls.env["ir.config_parameter"].set_param(key, value)
        cls.cr.commit()
        cls.registry = cls.load_registry(update=[ADDON])
        cls.env = api.Environment(cls.cr, SUPERUSER_ID, {})

    def test_deleted_units_and_rubrics_do_not_come_back(self):
        for model in ("it.kpi.unit", "it.kpi.rubric", "it.kpi.indicator", "it.kpi.grade"):
            records = self.env[model].with_context(active_test=False)
            with self.subTest(model=model):
                self.assertFalse(records.search_count([]))

    def test_what_an_administrator_opened_stays_open(self):
        for key, value in OPENED.items():
            with self.subTest(key=key):
                self.assertEqual(self.env["ir.config_parameter"].get_param(key), value)
