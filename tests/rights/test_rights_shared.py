"""What every employee may share with others in Odoo: not on the screens of the addon."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..helpers.rights.rpc import RpcCase

RANKING = "it.kpi.ranking"
# Records that employees may write and that name a model, and why they may.
SHARED = {"ir.filters", "ir.embedded.actions", "mail.template"}
ELSEWHERE = {
    "ir.attachment": "test_rights_evidence",
    "mail.activity": "the duties; others are planned for oneself, on what one may read",
    "mail.message": "test_rights_log",
    "mail.scheduled.message": "on what one may read",
    "res.users.settings.embedded.action": "one's own settings",
    "base_import.mapping": "columns proposed by the import dialog, which shows them first",
    "snailmail.letter": "rights on the record are checked; nothing is shown to others",
}
NAMING = ("model", "model_id", "res_model", "resource", "parent_res_model", "model_name")


@tagged("post_install", "-at_install")
class TestRightsShared(RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.screen = cls.env["ir.actions.act_window"].search([("res_model", "=", RANKING)], limit=1)
        cls.env.flush_all()

    def get_records(self, role, is_mine):
        """Return the values of one record of each kind, a user's own or shared with all."""
        user = self.users[role]
        mine = {"user_id": user.id if is_mine else False}
        return {
            "ir.filters": {
                "name": "前十名",
                "model_id": RANKING,
                "user_ids": [[6, 0, user.ids if is_mine else []]],
                "is_default": True,
            },
            "ir.embedded.actions": {
                "name": "排名",
                "parent_action_id": self.screen.id,
                "parent_res_model": RANKING,
                "action_id": self.screen.id,
                **mine,
            },
            "mail.template": {
                "name": "催报",
                "model_id": self.env["ir.model"]._get_id("it.kpi.assessment"),
                **mine,
            },
        }

    def create(self, role, model, vals):
        with self.env.cr.savepoint():
            record = self.env[model].with_user(self.users[role]).create(vals)
            record.env.flush_all()
        return record

    def test_employees_share_nothing(self):
        for role in ("nobody", "reporter", "head", "leadership"):
            for model, vals in self.get_records(role, is_mine=False).items():
                with self.subTest(role=role, model=model), self.assertRaises(AccessError):
                    self.create(role, model, vals)

    def test_everybody_keeps_their_own(self):
        for role in ("nobody", "head"):
            for model, vals in self.get_records(role, is_mine=True).items():
                if (role, model) == ("nobody", "mail.template"):
                    continue  # Odoo tries it on a record, and there is none that they read
                with self.subTest(role=role, model=model):
                    self.create(role, model, vals)

    def test_what_is_ones_own_does_not_become_shared(self):
        others = self.users["head"]
        for model, vals in self.get_records("nobody", is_mine=True).items():
            name = "user_ids" if "user_ids" in vals else "user_id"
            for user in (self.env["res.users"], others, others | self.users["nobody"]):
                if name == "user_id" and len(user) > 1:
                    continue
                with self.subTest(model=model, user=user), self.assertRaises(AccessError):
                    with self.env.cr.savepoint():
                        record = self.create("nobody", model, vals)
                        record.write({name: user.id if name == "user_id" else [[6, 0, user.ids]]})

    def test_what_is_shared_elsewhere_is_not_moved_here(self):
        vals = {"name": "全部", "model_id": "res.partner", "user_ids": []}
        record = self.create("nobody", "ir.filters", vals)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            record.write({"model_id": RANKING})

    def test_the_division_and_the_administrator_share_and_others_change_nothing_of_it(self):
        for role in ("division", "admin"):
            for model, vals in self.get_records(role, is_mine=False).items():
                if model == "mail.template" and role == "division":
                    continue  # Odoo leaves templates without an owner to administrators
                with self.subTest(role=role, model=model):
                    record = self.create(role, model, vals)
                    for act in (lambda each: each.write({"name": "x"}), lambda each: each.unlink()):
                        with self.assertRaises(AccessError), self.env.cr.savepoint():
                            act(record.with_user(self.users["nobody"]))
                    record.with_user(self.users[role]).write({"name": "前五名"})

    def test_lists_of_fields_to_export(self):
        export = self.env["ir.exports"].create({"name": "排名", "resource": RANKING})
        export_group = self.env.ref("base.group_allow_export")
        self.users["reporter"].write({"group_ids": [[4, export_group.id]]})
        for model, vals in (
            ("ir.exports", {"name": "x", "resource": RANKING}),
            ("ir.exports.line", {"name": "final_total", "export_id": export.id}),
        ):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.create("reporter", model, vals)
        self.create("reporter", "ir.exports", {"name": "x", "resource": "res.partner"})

    def test_default_values_are_for_oneself(self):
        for role in ("nobody", "division"):
            defaults = self.env["ir.default"].with_user(self.users[role])
            with self.subTest(role=role), self.assertRaises(AccessError):
                defaults.set("it.kpi.incident", "kind", "leak")

    def test_by_call(self):
        filters = self.env["ir.filters"]
        vals = self.get_records("nobody", is_mine=False)["ir.filters"]
        self.refuse("nobody", filters, "create", vals_list=[vals])
        self.refuse("nobody", filters, "create_filter", vals=vals)

    def test_no_other_kind_of_record_is_shared_unnoticed(self):
        """Every model that an employee may write and whose records name a model is looked at."""
        found = set()
        for name, model in self.env.registry.items():
            if model._abstract or model._transient or not model._auto:
                continue
            records = self.env[name].with_user(self.users["nobody"])
            naming = [field for field in NAMING if field in model._fields]
            if naming and (records.has_access("write") or records.has_access("create")):
                found.add(name)
        self.assertEqual(found, SHARED | ELSEWHERE.keys())

    def test_a_default_that_fails_does_not_keep_the_screen_from_opening(self):
        good = {"domain": "[('final', '>', 0)]", "context": "{}", "sort": "[]"}
        for broken in (
            {"domain": "[('nofield', '=', 1)]"},
            {"domain": "[('rank', '=', 'x')]"},
            {"domain": "[("},
            {"domain": "[('final', '>', nothing)]"},
            {"context": "{'group_by': ['nofield']}"},
            {"context": "["},
            {"sort": '["nofield desc"]'},
            {},
        ):
            vals = {"name": "默认", "model_id": RANKING, "is_default": True, "user_ids": []}
            favourite = self.env["ir.filters"].create({**vals, **good, **broken})
            shown = self.as_role("head", favourite).get_filters(RANKING)
            with self.subTest(broken=broken):
                self.assertEqual([each["is_default"] for each in shown], [not broken])
            favourite.unlink()

    def test_a_default_may_compute_with_the_clock_and_the_user(self):
        vals = {"name": "我的", "model_id": "it.kpi.assessment", "is_default": True}
        vals["domain"] = (
            "[('write_uid', '=', uid), ('write_date', '<', "
            "(context_today() + relativedelta(days=1)).strftime('%Y-%m-%d'))]"
        )
        favourite = self.create("head", "ir.filters", {**vals, "user_ids": self.users["head"].ids})
        (shown,) = favourite.get_filters("it.kpi.assessment")
        self.assertTrue(shown["is_default"])
