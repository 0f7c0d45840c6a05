"""docs/reference/programs.md: what it promises to other systems is there, for whom it says."""

import re
from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.tests import BaseCase, HttpCase, tagged

from ..helpers.common import EXAMPLE, BureauCase
from ..helpers.rights.methods import METHODS

PAGE = Path(__file__).parent.parent.parent / "docs" / "reference" / "programs.md"
ROW = re.compile(r"^\| `(it\.kpi\.[\w.]+)` \| `(\w+)` \| (.*?) \| (.*?) \|", re.MULTILINE)
READ = re.compile(r"^\| ((?:`it\.kpi\.[\w.]+`(?:, )?)+) \| [^`|]+ \|$", re.MULTILINE)


@tagged("post_install", "-at_install")
class TestPage(BaseCase):
    def test_methods_are_those_of_the_table_of_rights(self):
        rows = ROW.findall(PAGE.read_text())
        self.assertGreater(len(rows), 8)
        for model, method, arguments, roles in rows:
            with self.subTest(model=model, method=method):
                call = METHODS[model][method]
                self.assertEqual(set(roles.split(", ")), set(call.roles))
                for name in call.arguments:
                    self.assertIn(f"`{name}`", arguments)


@tagged("post_install", "-at_install")
class TestPrograms(BureauCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.file_forms(cls.cycle, EXAMPLE)
        cls.publish(cls.cycle)

    def call(self, role, model, method, **arguments):
        """Call a method as a program does, with the key of a user; return status and answer."""
        user = self.users[role]
        until = fields.Datetime.now() + timedelta(days=1)
        keys = self.env["res.users.apikeys"].with_user(user)
        key = keys._generate("rpc", "program", until)
        headers = {"Authorization": f"bearer {key}", "X-Odoo-Database": self.env.cr.dbname}
        answer = self.url_open(f"/json/2/{model}/{method}", json=arguments, headers=headers)
        return answer.status_code, answer.json()

    def test_every_model_of_the_page_is_read(self):
        models = re.findall(r"`(it\.kpi\.[\w.]+)`", " ".join(READ.findall(PAGE.read_text())))
        self.assertGreater(len(models), 12)
        for model in models:
            with self.subTest(model=model):
                status, rows = self.call("division", model, "search_read", limit=1)
                self.assertEqual(status, 200, rows)

    def test_the_example_of_the_page_works(self):
        status, rows = self.call(
            "leadership", "it.kpi.result", "search_read",
            domain=[["publication_id.cycle_id.year", "=", self.cycle.year]],
            fields=["unit_name", "rank", "final"], order="rank",
        )  # fmt: skip
        self.assertEqual(status, 200, rows)
        self.assertEqual([row["rank"] for row in rows][:1], [1])
        self.assertEqual(len(rows), len(EXAMPLE))
        status, sentences = self.call(
            "leadership", "it.kpi.result", "explain_number", ids=[rows[0]["id"]], number="final"
        )
        self.assertEqual(status, 200)
        self.assertTrue(sentences)

    def test_a_program_has_the_rights_of_its_user(self):
        arguments = {"ids": self.cycle.ids, "until": "2099-12-30 00:00:00", "reason": "检修"}
        status, answer = self.call("reporter", "it.kpi.cycle", "action_move_deadline", **arguments)
        self.assertGreaterEqual(status, 400)
        self.assertLess(status, 500)
        self.assertTrue(answer["message"])
        _status, rows = self.call("reporter", "it.kpi.result", "search_read", fields=["unit_name"])
        self.assertEqual(len(rows), 1, "the own unit's")
