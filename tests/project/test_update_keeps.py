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
# What the program needs: archived it stays archived, changed it stays changed, and only what was
# deleted comes back.
NEEDED = {
    "mail.activity.type": {"delay_count": 99},
    "mail.template": {"subject": "本局通知"},
    "ir.cron": {"interval_number": 99},
}


@tagged("post_install", "-at_install")
class TestUpdateKeeps(OwnDatabase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        archived, *deleted = cls.env["it.kpi.unit"].search([])
        archived.active = False
        cls.env["it.kpi.unit"].union(*deleted).unlink()
        cls.env["it.kpi.rubric"].search([]).unlink()
        for key, value in OPENED.items():
            cls.env["ir.config_parameter"].set_param(key, value)
        cls.deleted = [cls.change(model, values) for model, values in NEEDED.items()]
        cls.cr.commit()
        cls.registry = cls.load_registry(update=[ADDON])
        cls.env = api.Environment(cls.cr, SUPERUSER_ID, {})

    @classmethod
    def get_shipped(cls, model):
        """Return what the addon ships of a model, in the order of their external ids."""
        own = [("module", "=", ADDON), ("model", "=", model)]
        ids = cls.env["ir.model.data"].search(own, order="name").mapped("res_id")
        return cls.env[model].browse(ids)

    @classmethod
    def change(cls, model, values):
        """Archive and change what is shipped of a model, delete one; return its external id."""
        deleted, *kept = cls.get_shipped(model)
        cls.env[model].union(*kept).write({"active": False, **values})
        [xmlid] = deleted.get_external_id().values()
        deleted.unlink()
        return xmlid

    def test_deleted_units_and_rubrics_do_not_come_back(self):
        for model in ("it.kpi.rubric", "it.kpi.indicator", "it.kpi.grade"):
            with self.subTest(model=model):
                self.assertFalse(self.env[model].search_count([]))
        units = self.env["it.kpi.unit"].with_context(active_test=False)
        self.assertEqual(units.search([]).mapped("active"), [False])

    def test_what_is_needed_comes_back_only_where_it_was_deleted(self):
        for (model, values), xmlid in zip(NEEDED.items(), self.deleted, strict=True):
            again = self.env.ref(xmlid)
            with self.subTest(model=model):
                self.assertTrue(again.active)
                for record in self.get_shipped(model) - again:
                    expected = {"active": False, **values}
                    self.assertEqual({name: record[name] for name in expected}, expected)

    def test_what_an_administrator_opened_stays_open(self):
        for key, value in OPENED.items():
            with self.subTest(key=key):
                self.assertEqual(self.env["ir.config_parameter"].get_param(key), value)
