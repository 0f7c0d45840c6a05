"""Section 9: the fingerprint of a publication, and 核验, which finds every change of its rows."""

import json
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.it_kpi_assessment.models.proof.it_kpi_publication_proof import get_names
from odoo.addons.it_kpi_assessment.models.proof.proof_queries import units_query
from odoo.addons.it_kpi_assessment.proof import fingerprint

from ..helpers.common import EXAMPLE
from .published import Published

# Columns that say nothing of the result: who wrote the row when, and where the rubric comes from.
KEEPING = {"id", "create_uid", "create_date", "write_uid", "write_date"}
UNCOUNTED = {
    "it_kpi_publication": set(),
    "it_kpi_result": set(),
    "it_kpi_result_line": set(),
    # Pages of a publication name the rubric by columns of the publication.
    "it_kpi_rubric": {
        *("name", "version", "document", "state", "company_id"),
        *("cycle_id", "origin_id", "former_id"),
        *("hint_same_text", "hint_same_file", "hint_unchanged"),  # they change no number
    },
    "it_kpi_band": set(),
    "it_kpi_grade": set(),
    "it_kpi_dimension": set(),
    "it_kpi_item": set(),
    "it_kpi_indicator": set(),
    "it_kpi_criterion": set(),
    "it_kpi_veto": set(),
}
# What the fingerprint is computed from, and the fingerprint.
RECORD = {"sha256", "sm3", "sealed_head"}
OF_UNITS = ("it_kpi_result", "it_kpi_result_line")
# Another indicator's line is one that lacks, and one too many.
MOVED_LINE = ("it_kpi_result_line", "indicator_id")
OTHER_VALUES = {
    "boolean": "NOT COALESCE(%(column)s, FALSE)",
    "integer": "COALESCE(%(column)s, 0) + 7",
    "numeric": "COALESCE(%(column)s, 0) + 0.01",
    "character varying": "COALESCE(%(column)s, '') || '改'",
    "text": "COALESCE(%(column)s, '') || '改'",
    "timestamp without time zone": "COALESCE(%(column)s, '2099-01-01') + interval '1 second'",
    "jsonb": """jsonb_set(%(column)s, '{0,decision}', '"改"')""",
}


@tagged("post_install", "-at_install")
class TestFingerprint(Published):
    def test_a_publication_is_intact(self):
        self.assertEqual(self.verify(), [])
        self.assertEqual(self.verify(self.other), [])
        for name in fingerprint.ALGORITHMS:
            self.assertRegex(self.publication[name], "^[0-9a-f]{64}$")

    def test_the_text_is_canonical(self):
        """Keys sorted, no blanks, amounts as texts; whatever stands in a name."""
        name = 'a"b\\c/\t\x7f\u2028é😀'
        self.execute("UPDATE it_kpi_result SET unit_name = %s", name)
        texts = [self.publication.sudo().sealed_head, *self.publication._read_contents()]
        for unit in self.publication.sudo()._read_units(SQL("TRUE")):
            self.assertEqual(unit["name"], name)
        units = units_query(self.publication.id, get_names(self.publication.sudo()._read_head()))
        texts += [row[-1] for row in self.env.execute_query(units)]
        self.assertIn(json.dumps(name, ensure_ascii=False), texts[-1])
        for text in texts:
            self.assertEqual(text, fingerprint.canonical(json.loads(text)))

    def test_it_says_what_section_9_lists(self):
        head = json.loads(self.publication.sudo().sealed_head)
        self.assertEqual(head["cycle"]["year"], 2099)
        self.assertEqual(head["former"]["sha256"], self.other.sha256)
        self.assertEqual([grade["ratio"] for grade in head["rubric"]["grades"]],
                         ["1.00", "0.80", "0.60", "0.40"])  # fmt: skip
        [mean] = [
            mean for mean in head["means"] if (mean["form"], mean["code"]) == ("assessment", "04")
        ]
        self.assertEqual((mean["sum"], mean["count"], mean["mean"]), ("13.60", 4, "3.40"))
        told = self.publication.sudo()._read_units(SQL("TRUE"))
        units = {unit["short_name"]: unit for unit in told}
        self.assertEqual(len(units), len(EXAMPLE))
        veto = units["旺苍"]
        before = f"{self.get_result('旺苍').before_veto:.2f}"
        self.assertEqual((veto["final"], veto["before_veto"]), ("0.00", before))
        self.assertTrue(veto["vetoed"])
        self.assertEqual(veto["incidents"][0]["kind"], "network_security")
        marks = [line["mark"] for line in units["利州"]["assessment"]["lines"]]
        self.assertEqual("".join(marks), EXAMPLE["利州"][0])
        self.assertTrue(units["剑阁"]["withdrawal_reason"])
        self.assertIsNone(units["剑阁"]["survey"]["lines"])

    def test_every_change_is_found_and_nothing_else(self):
        tried = 0
        for table, uncounted in UNCOUNTED.items():
            for column, kind in self.get_columns(table).items():
                if column not in uncounted | KEEPING | RECORD:
                    with self.subTest(f"{table}.{column}"):
                        self.try_change(table, column, kind)
                    tried += 1
        self.assertGreater(tried, 90)
        self.assertEqual(self.verify(), [])

    def get_columns(self, table):
        self.execute(
            """SELECT column_name, data_type FROM information_schema.columns
                WHERE table_name = %s AND table_schema = current_schema()""",
            table,
        )
        return dict(self.env.cr.fetchall())

    def try_change(self, table, column, kind):
        """Change the column in one row, and find exactly that named."""
        savepoint = self.env.cr.savepoint()
        with savepoint:
            unit = self.change(table, column, kind)
            sentences = self.verify()
            self.assertEqual(len(sentences), 2 if (table, column) == MOVED_LINE else 1, sentences)
            for sentence in sentences:
                self.assertTrue(sentence.startswith(f"{unit}: "), sentence)
            if column not in ("publication_id", "result_id"):
                self.assertEqual(self.verify(self.other), [])
            savepoint.rollback()
        self.env.invalidate_all()

    def change(self, table, column, kind):
        """Change the first row that the constraints let, and return what it is called."""
        for row, unit in self.get_rows(table, column):
            values = {"column": SQL.identifier(column)}
            value = SQL(OTHER_VALUES[kind], **values)
            if kind == "integer" and (target := self.get_target(table, column)):
                value = self.get_other_key(table, column, row, target)
            try:
                with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    self.execute(
                        "UPDATE %s SET %s = %s WHERE id = %s RETURNING id",
                        SQL.identifier(table), SQL.identifier(column), value, row,
                    )  # fmt: skip
                return unit
            except IntegrityError:
                continue
        self.fail(f"No row of {table} lets {column} change.")

    def get_rows(self, table, column):
        if table == "it_kpi_publication":
            of_unit = column == "incidents"  # the first one is of this unit
            told = self.get_result("旺苍").unit_name if of_unit else "The publication"
            return [(self.publication.id, told)]
        if table == "it_kpi_result":
            return [(row.id, row.unit_name) for row in self.publication.result_ids]
        if table == "it_kpi_result_line":
            lines = self.publication.result_ids.line_ids
            return [(line.id, line.result_id.unit_name) for line in lines[:40]]
        rubric = self.cycle.rubric_id
        if table == "it_kpi_rubric":
            return [(rubric.id, "The publication")]
        owner = "indicator_id.rubric_id" if table == "it_kpi_criterion" else "rubric_id"
        rows = self.env[table.replace("_", ".")].search([(owner, "=", rubric.id)])
        return [(row.id, "The publication") for row in rows]

    def get_target(self, table, column):
        """Return the table that a column refers to."""
        model = self.env[next(name for name, each in self.env.items() if each._table == table)]
        field = model._fields[column]
        return field.type == "many2one" and self.env[field.comodel_name]._table

    def get_other_key(self, table, column, row, target):
        """Return a row that the column may refer to instead: one of another year or bureau."""
        if (table, column) == ("it_kpi_result_line", "result_id"):
            line = self.env["it.kpi.result.line"].browse(row)
            return SQL("(SELECT id FROM it_kpi_result WHERE unit_id = %s AND id <> %s LIMIT 1)",
                       line.unit_id.id, line.result_id.id)  # fmt: skip
        if (table, column) == ("it_kpi_result", "unit_id"):
            taken = self.cycle.unit_ids.ids
            return SQL("(SELECT id FROM it_kpi_unit WHERE id <> ALL(%s) LIMIT 1)", taken)
        if (table, column) == ("it_kpi_result_line", "unit_id"):
            return SQL("(SELECT min(id) FROM it_kpi_unit WHERE id <> %s)",
                       self.env["it.kpi.result.line"].browse(row).unit_id.id)  # fmt: skip
        if target == "it_kpi_rubric":
            return SQL("%s", self.empty_rubric.id)
        if target == "it_kpi_cycle":
            return SQL("%s", self.draft_cycle.id)
        return SQL(
            "(SELECT id FROM %s other WHERE id IS DISTINCT FROM %s ORDER BY id LIMIT 1)",
            SQL.identifier(target),
            SQL.identifier(table, column),
        )

    def test_a_changed_record_is_found(self):
        """Also the fingerprint itself, and the texts that it was computed from."""
        for table, column in (
            *(("it_kpi_publication", name) for name in sorted(RECORD)),
            *(("it_kpi_result_proof", name) for name in ("salt", "content")),
        ):
            with self.subTest(column), self.env.cr.savepoint() as savepoint:
                key = "id" if table == "it_kpi_publication" else "edition_id"
                self.execute(
                    "UPDATE %s SET %s = %s || 'x' WHERE %s = %s",
                    *map(SQL.identifier, (table, column, column, key)),
                    self.publication.id,
                )
                sentences = self.verify()
                self.assertTrue(sentences)
                if column != "salt":
                    self.assertIn("record of the fingerprint", sentences[-1])
                savepoint.rollback()

    def test_rows_that_lack_or_are_too_many_are_found(self):
        result = self.get_result("青川")
        with self.env.cr.savepoint() as savepoint:
            self.execute("DELETE FROM it_kpi_result_line WHERE id = %s", result.line_ids[3].id)
            [sentence] = self.verify()
            self.assertIn(result.unit_name, sentence)
            savepoint.rollback()
        with self.env.cr.savepoint() as savepoint:
            self.execute(
                """INSERT INTO it_kpi_result (publication_id, cycle_id, company_id, unit_id,
                          unit_name, unit_short_name, unit_kind, unit_order)
                   SELECT publication_id, cycle_id, company_id,
                          (SELECT max(id) FROM it_kpi_unit WHERE id <> ALL(%s)),
                          '另一', '另', unit_kind, 99 FROM it_kpi_result WHERE id = %s""",
                self.cycle.unit_ids.ids,
                result.id,
            )
            self.assertEqual(self.verify(), ["另一: its row was added."])
            savepoint.rollback()
        with self.env.cr.savepoint() as savepoint:
            for table in ("it_kpi_result_proof", "it_kpi_code", "it_kpi_result_line"):
                name = SQL.identifier(table)
                self.execute("DELETE FROM %s WHERE result_id = %s", name, result.id)
            self.execute("DELETE FROM it_kpi_result WHERE id = %s", result.id)
            self.assertIn("record of the fingerprint", "".join(self.verify()))
            savepoint.rollback()

    def test_what_happens_after_the_publication_changes_nothing(self):
        division = self.cycle.with_user(self.users["division"])
        self.get_unit("青川").name = "青川县局"
        self.cycle.company_id.name = "新局"
        division.action_revise("申诉成立")
        division.action_resume("退回更正")
        line = self.get_form(self.cycle, "利州").line_ids[3]
        line.grade_id = line.rubric_id.grade_ids[1]
        first, second = self.publication, self.publish(self.cycle)
        self.assertEqual(second.former_id, first)
        self.assertEqual(self.verify(first), [])
        self.assertEqual(self.verify(second), [])
        self.assertNotEqual(first.sha256, second.sha256)

    def test_the_chain_covers_the_publication_before(self):
        self.execute("UPDATE it_kpi_publication SET sha256 = 'x' WHERE id = %s", self.other.id)
        [sentence] = self.verify()
        self.assertIn("Publication Before", sentence)

    def test_a_server_without_sm3(self):
        """SHA-256 alone is computed, and another server verifies it."""
        new = fingerprint.hashlib.new

        def lacking(name, *arguments):
            if name == "sm3":
                raise ValueError("unsupported hash type sm3")
            return new(name, *arguments)

        with patch.object(fingerprint.hashlib, "new", lacking):
            publication = self.publish(self.file_all(2098))
            self.assertFalse(publication.sm3)
            self.assertEqual(self.verify(publication), [])
            self.assertEqual(self.verify(), [])
        self.assertEqual(self.verify(publication), [])

    def test_a_publication_of_before_has_none(self):
        self.execute(
            """UPDATE it_kpi_publication SET sha256 = NULL, sm3 = NULL, sealed_head = NULL
                WHERE id = %s""",
            self.publication.id,
        )
        self.env.invalidate_all()
        self.assertIn("before there were fingerprints", self.verify()[0])
        self.assertNotIn("数据指纹", self.read_notice())
        leader = self.as_role("leadership", self.publication)
        self.assertRefused("before there were fingerprints", leader.action_download_proof)

    def read_notice(self):
        report = self.env["ir.actions.report"]
        name = "it_kpi_assessment.publication_report"
        html, _kind = report._render_qweb_html(name, self.publication.ids)
        return html.decode()

    def test_papers_print_it(self):
        self.assertIn(self.publication.sha256, self.read_notice())
        self.assertIn(self.publication.sm3, self.read_notice())
        report = self.env["ir.actions.report"]
        results = self.get_result("利州") + self.get_result("剑阁")
        html, _kind = report._render_qweb_html("it_kpi_assessment.result_report", results.ids)
        self.assertEqual(html.decode().count(self.publication.sha256), 2)

    def test_who_reads_all_marks_verifies(self):
        """What differs names marks: so only head, division and leadership see it."""
        for role in ("head", "division", "leadership"):
            publication = self.as_role(role, self.publication)
            self.assertEqual(publication.action_verify()["res_id"], publication.id)
            self.assertEqual(publication.verification, "Intact: all rows are as on publication.")
            self.assertTrue(publication.is_intact)
        for role in ("reporter", "leader", "assessor"):
            publication = self.as_role(role, self.publication)
            self.assertRaises(AccessError, publication.action_verify)
            self.assertRaises(AccessError, publication.read, ["verification"])
            self.assertRaises(AccessError, publication.read, ["sealed_head"])
            proofs = self.env["it.kpi.result.proof"].with_user(self.users[role])
            self.assertRaises(AccessError, proofs.search, [])

    def test_nobody_adds_or_changes_a_text(self):
        proof = self.env["it.kpi.result.proof"].search([], limit=1)
        self.assertRaises(UserError, proof.write, {"content": "x"})
        self.assertRaises(UserError, proof.unlink)
        self.assertRaises(UserError, proof.create, {"content": "x"})
        self.assertRaises(UserError, self.publication.sudo().write, {"sha256": "x"})
