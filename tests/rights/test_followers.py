"""Who follows a record is as closed as the record; nobody follows by creating one."""

from odoo.tests import tagged

from ..helpers.rights.rpc import RpcCase


@tagged("post_install", "-at_install")
class TestFollowers(RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.threads = {
            name: cls.env[name].search([])
            for name, model in cls.env.registry.items()
            if name.startswith("it.kpi.")
            and not model._abstract
            and "message_follower_ids" in model._fields
        }
        for records in cls.threads.values():
            for record in records:
                record.message_subscribe(cls.users["head"].partner_id.ids)
        cls.all = cls.env["mail.followers"].search([("res_model", "=like", "it.kpi.%")])
        cls.env.flush_all()

    def test_everybody_sees_those_of_the_records_that_they_read(self):
        self.assertGreater(len(self.all), len(self.threads))
        for role, user in self.users.items():
            followers = self.all.with_user(user).browse()
            seen = followers.search([("res_model", "=like", "it.kpi.%")])
            expected = {
                (name, record.id)
                for name, records in self.threads.items()
                for record in records.with_user(user)._filtered_access("read")
            }
            with self.subTest(role=role):
                self.assertEqual({(row.res_model, row.res_id) for row in seen}, expected)
                hidden = (self.all - seen.sudo()).with_user(user)
                self.assertFalse(hidden._filtered_access("read"))

    def test_by_call(self):
        inspections = self.threads["it.kpi.inspection"].with_user(self.users["division"])
        readable = inspections._filtered_access("read").ids
        rows = self.all.filtered(
            lambda row: row.res_model == "it.kpi.inspection" and row.res_id in readable
        )
        self.assertTrue(rows)
        for role in ("nobody", "reporter", "other"):
            domain = [("res_model", "=", "it.kpi.inspection")]
            with self.subTest(role=role):
                if role != "other":
                    count = self.rpc(role, "mail.followers", "search_count", domain=domain)
                    self.assertEqual(count, (200, 0))
                self.refuse(role, rows, "read", fields=["partner_id", "name"])
        status, read = self.rpc("division", "mail.followers", "read", rows.ids, fields=["name"])
        self.assertEqual((status, len(read)), (200, len(rows)))

    def test_nobody_follows_what_they_create(self):
        unit = self.get_unit("昭化")
        vals = {"unit_id": unit.id, "finding": "查"}
        inspection = self.env["it.kpi.inspection"].with_user(self.users["division"]).create(vals)
        self.assertFalse(inspection.sudo().message_follower_ids)
