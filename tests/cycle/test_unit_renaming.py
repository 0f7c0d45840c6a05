"""更名: what a unit of a year is called changes with a reason, which stands in the log."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.it_kpi_assessment.models.cycle.it_kpi_unit_renaming import NAMING

from ..helpers.common import BureauCase

OTHER = {"name": "新名称", "short_name": "新", "kind": "direct", "sequence": 99}


@tagged("post_install", "-at_install")
class TestUnitRenaming(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.first = cls.get_unit("昭化").with_user(cls.users["division"])
        cls.second = cls.get_unit("朝天").with_user(cls.users["division"])

    def get_log(self, unit):
        """Return the entries of the log about names, oldest first."""
        messages = unit.sudo().message_ids.sorted("id")
        return [message for message in messages if "Reason:" in (message.body or "")]

    def test_a_unit_of_a_year_is_renamed_with_a_reason_only(self):
        for name in NAMING:
            with self.subTest(field=name):
                self.assertRefused("asks for a reason", self.first.write, {name: OTHER[name]})
        for reason in ("", "  ", "\u200b", False):
            self.assertRefused("Give a reason", self.first.action_rename, OTHER, reason)
        self.first.action_rename(OTHER, "机构改革")
        self.assertEqual({name: self.first[name] for name in NAMING}, OTHER)

    def test_the_log_tells_what_changed_and_why(self):
        self.first.action_rename(OTHER, "机构改革")
        [entry] = self.get_log(self.first)
        self.assertIn("机构改革", entry.body)
        self.assertEqual(entry.author_id, self.users["division"].partner_id)
        tracked = entry.tracking_value_ids
        self.assertEqual(set(tracked.field_id.mapped("name")), set(NAMING))
        self.assertIn("昭化区交通运输局", tracked.mapped("old_value_char"))

    def test_an_exchange_of_names_leaves_every_step_in_the_log(self):
        """Also in one transaction, and whatever the caller asks for."""
        names = {unit: unit.name for unit in (self.first, self.second)}
        silent = {"tracking_disable": True, "mail_notrack": True}
        for unit, name, reason in (
            (self.first, "临时", "换名一"),
            (self.second, names[self.first], "换名二"),
            (self.first, names[self.second], "换名三"),
        ):
            unit.with_context(**silent).action_rename({"name": name}, reason)
        entries = [entry.body for entry in self.get_log(self.first)]
        self.assertEqual(len(entries), 2)
        self.assertIn("换名一", entries[0])
        self.assertIn("换名三", entries[1])
        self.assertEqual(len(self.get_log(self.second)), 1)

    def test_every_field_of_a_unit_stands_in_its_log(self):
        unit = self.env["it.kpi.unit"].create({"name": "新局", "short_name": "新局"})
        written = set(unit._editable)
        self.assertLessEqual(written, unit._track_get_fields())

    def test_the_dialog_proposes_what_the_unit_is_called(self):
        wizard = self.env["it.kpi.rename.wizard"].with_user(self.users["division"])
        form = Form(wizard.with_context(active_id=self.first.id, active_model="it.kpi.unit"))
        self.assertEqual(form.name, self.first.name)
        form.name = "昭化区交通运输局（新）"
        form.reason = "更名批复"
        form.save().action_confirm()
        self.assertEqual(self.first.name, "昭化区交通运输局（新）")
        self.assertEqual(self.first.short_name, "昭化")

    def test_the_division_alone_renames(self):
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.get_unit("昭化").with_user(self.users[role]).action_rename(OTHER, "改")

    def test_nothing_else_comes_along_with_a_name(self):
        self.assertRefused("only", self.first.action_rename, {"active": False}, "改")
        self.assertRefused("already", self.first.action_rename, {"name": self.first.name}, "改")

    def test_a_unit_outside_of_the_years_is_renamed_freely(self):
        units = self.env["it.kpi.unit"].with_user(self.users["division"])
        unit = units.create({"name": "新局", "short_name": "新局"})
        unit.write(OTHER)
        imported = units.load(["name", "short_name", "kind"], [["导入局", "导入", "Direct Unit"]])
        self.assertTrue(imported["ids"], imported)
        draft = self.cycle.copy({"year": 2098})
        draft.unit_ids = [(4, unit.id)]
        unit.name = "草稿年度的单位"
        self.assertIn(",name,", unit.editable_fields)
        self.assertNotIn(",name,", self.first.editable_fields)
