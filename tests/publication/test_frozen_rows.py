"""Nothing is added to a published result, and its rubric stays as used (R11): code included."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

import odoo.addons.it_kpi_assessment as addon

from ..helpers.common import EXAMPLE, BureauCase

FROZEN = ("it.kpi.publication", "it.kpi.result", "it.kpi.result.line")
# What a rubric consists of, and a value that changes each field behind numbers and papers.
PARTS = {
    "grade": {"ratio": 0.5, "code": "E"},
    "dimension": {"name": "改", "points": 1},
    "item": {"name": "改", "points": 1},
    "indicator": {"name": "改", "form_name": "改", "points": 1, "code": "改"},
    "criterion": {"text": "改"},
    "veto": {"kind": "leak", "effect": "final"},
    "check": {"effect": "off"},
    "band": {"name": "改", "threshold": 1},
}
RUBRIC = {
    **{"name": "改", "version": "改", "document": "改", "state": "archived"},
    **{"full_points": 1, "last_count": 1, "weak_percent": 1, "cycle_id": False},
    **{"quota": 1, "quota_kind": "number", "veto_bar": "best", "proposes_funds": True},
}


@tagged("post_install", "-at_install")
class TestFrozenRows(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        band = Command.create({"name": "合格", "threshold": 0})
        cls.rubric.sudo().band_ids = [band, Command.create({"name": "优秀", "threshold": 90})]
        cls.cycle = cls.example_year()
        cls.publication = cls.publish(cls.cycle)
        cls.copy = cls.cycle.rubric_id
        cls.env.invalidate_all()

    def get_row(self, model):
        return self.env[model].search([("cycle_id", "=", self.cycle.id)], limit=1)

    def test_postgres_knows_a_publication_as_soon_as_it_is_made(self):
        """Otherwise it plans the fingerprint for hardly a row of it."""
        self.env.cr.execute(
            "SELECT reltuples FROM pg_class"
            " WHERE relname IN ('it_kpi_result', 'it_kpi_result_line') ORDER BY relname"
        )
        (results,), (lines,) = self.env.cr.fetchall()
        self.assertGreaterEqual(results, len(EXAMPLE))
        self.assertGreaterEqual(lines, 32 * len(EXAMPLE) - 16)

    def test_nothing_is_added_to_a_published_result(self):
        for model in FROZEN:
            row = self.get_row(model)
            values = row.copy_data()[0]
            for method, argument in (
                (self.env[model].create, values),
                (self.env[model].create, [values, values]),
                (row.copy, {}),
                (row.copy, {"unit_id": self.get_unit("昭化").id}),
            ):
                self.assertRefused("Nothing is added", method, argument)
            imported = self.env[model].load(["cycle_id/.id"], [[str(self.cycle.id)]])
            self.assertFalse(imported["ids"])

    def test_every_published_row_is_frozen(self):
        """Models whose rows belong to a publication, but for what is done after it."""
        done_after = (
            *("it.kpi.rectification", "it.kpi.document", "it.kpi.objection"),
            *("it.kpi.allocation", "it.kpi.commendation", "it.kpi.calibration"),
        )
        for name, model in self.env.items():
            if model._auto and "publication_id" in model._fields and name.startswith("it.kpi."):
                if name not in ("it.kpi.cycle", *done_after):
                    self.assertIn(name, FROZEN)
        for name in FROZEN:
            self.assertIsInstance(self.env[name], self.registry["it.kpi.frozen"])

    def add_second_line(self):
        """Add a line for an indicator that has one, as only SQL can, and return its id."""
        self.env.cr.execute(
            """INSERT INTO it_kpi_result_line (publication_id, result_id, cycle_id, unit_id, kind,
                                               indicator_id, unit_order, score)
               SELECT publication_id, result_id, cycle_id, unit_id, kind, indicator_id, unit_order,
                      1 FROM it_kpi_result_line WHERE id = %s RETURNING id""",
            [self.get_row("it.kpi.result.line").id],
        )
        return self.env.cr.fetchone()[0]

    def test_a_result_has_one_line_for_an_indicator_of_a_form(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.add_second_line()

    def test_an_update_keeps_the_line_that_was_published(self):
        """The script for databases that could hold a second one."""
        first = self.get_row("it.kpi.result.line")
        constraint = "it_kpi_result_line_row_unique"
        self.env.cr.execute(f"ALTER TABLE it_kpi_result_line DROP CONSTRAINT {constraint}")
        second = self.add_second_line()
        count = self.env["it.kpi.result.line"].search_count([])
        file = Path(addon.__file__).parent / "migrations/19.0.1.1.1/pre-freeze_words.py"
        spec = spec_from_file_location("pre_freeze_words", file)
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        with mute_logger("pre_freeze_words"):
            script._remove_second_lines(self.env.cr)
        self.env.invalidate_all()
        lines = self.env["it.kpi.result.line"]
        self.assertEqual(lines.search_count([]), count - 1)
        self.assertTrue(lines.browse(first.id).exists())
        self.assertFalse(lines.browse(second).exists())

    def test_the_rubric_of_a_published_year_makes_no_moves(self):
        for name in self.copy._moves:
            method = {"archive": "action_archive_version"}.get(name, f"action_{name}")
            for rubric in (self.as_role("division", self.copy), self.copy.sudo()):
                self.assertRefused("stays as it is", getattr(rubric, method))

    def test_the_copy_of_an_open_year_makes_no_moves(self):
        cycle = self.open_cycle(year=2098)
        rubric = self.as_role("division", cycle.rubric_id)
        self.assertRefused("stays as it is", rubric.action_archive_version)

    def test_nothing_of_the_rubric_changes(self):
        """By code with the rights of the system: every field, and every part added or deleted."""
        for name, value in RUBRIC.items():
            with self.subTest(field=name):
                self.assertRefused("stays as it was used", self.copy.sudo().write, {name: value})
        self.assertRefused("stays as it was used", self.copy.sudo().unlink)
        for model, values in PARTS.items():
            model = self.env[f"it.kpi.{model}"].sudo()
            domain = [("rubric_id", "=", self.copy.id)]
            if "rubric_id" not in model._fields:
                domain = [("indicator_id.rubric_id", "=", self.copy.id)]
            part = model.search(domain, limit=1)
            for name, value in values.items():
                with self.subTest(model=model._name, field=name):
                    self.assertRefused("stays as it was used", part.write, {name: value})
            self.assertRefused("stays as it was used", part.unlink)
        grade = {"rubric_id": self.copy.id, "code": "Z", "ratio": 0.1}
        self.assertRefused("stays as it was used", self.env["it.kpi.grade"].sudo().create, grade)

    def test_every_part_of_a_rubric_is_tried(self):
        part = self.registry["it.kpi.rubric.part"]
        parts = {
            name for name, model in self.env.items() if isinstance(model, part) and model._auto
        }
        self.assertEqual(parts, {f"it.kpi.{name}" for name in PARTS})


@tagged("post_install", "-at_install")
class TestApproval(BureauCase):
    def test_an_exchange_of_names_voids_the_approval(self):
        """What units are called is a part of what is approved."""
        cycle = self.example_year()
        division = self.as_role("division", cycle)
        division.action_start_review("按期转入")
        unit = self.get_unit("昭化")
        for name, value in (("name", "临时"), ("short_name", "临"), ("kind", "direct")):
            self.approve(cycle)
            unit.write({name: value})
            with self.subTest(field=name), self.assertRaisesRegex(UserError, "approve it again"):
                division.action_publish()
        self.approve(cycle)
        division.action_publish()
        self.assertEqual(cycle.state, "published")
