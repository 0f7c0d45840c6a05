"""A database of the version before updates, and its published year prints the kept pages.

What is kept in ``before`` was made by ``make old-database``: the demonstration of version
19.0.1.0.0 without its files, and the text of its prints. That text was read again after what later
versions change on purpose: see decision 0068.
"""

import json
import lzma
import os
import shutil
import tempfile
from pathlib import Path
from unittest import TestCase

import odoo.release
from odoo.modules import Manifest
from odoo.tests.common import get_db_name, tagged

from tools import updating
from tools.odoo import Odoo
from tools.odoo_tree import OdooTree
from tools.paths import ADDON
from tools.postgres import Connection

NAMES = {
    "assessment_report": "附件2",
    "survey_report": "附件3",
    "publication_report": "通报",
    "result_report": "成绩单",
    "rectification_report": "整改通知书",
}

# As bureaus had it that printed by wkhtmltopdf.
PARAMETER = """
INSERT INTO ir_config_parameter (key, value)
VALUES ('it_kpi_assessment.pdf_engine', 'wkhtmltopdf')
"""


@tagged("post_install", "-at_install")
class TestUpdate(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = Path(tempfile.mkdtemp(prefix="update-"))
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        tree = OdooTree(Path(odoo.release.__file__).parent.parent)
        names = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")
        server = Connection(*(os.environ.get(name, "") for name in names))
        cls.odoo = Odoo(tree, server, folder, {})
        cls.odoo.configure()
        cls.name = f"{get_db_name()}_before"
        cls.addClassCleanup(updating.drop, cls.odoo, cls.name)
        kept = json.loads(lzma.decompress(updating.PRINTS.read_bytes()))
        cls.prints_before = kept["prints"]
        updating.restore(cls.odoo, updating.DUMP, cls.name)
        cls.odoo.connection.sql(PARAMETER, cls.name)
        cls.counts_before = updating.count_rows(cls.odoo, cls.name)
        # On another Odoo than the one that the database was made with, Odoo's modules come first.
        modules = ADDON if kept["odoo"] == tree.build() else "base"
        cls.log = cls.odoo.update(cls.name, modules)

    def test_odoo_warns_of_nothing(self):
        self.assertFalse(updating.warnings(self.log))

    def test_the_version_is_the_sources(self):
        statement = f"SELECT state, latest_version FROM ir_module_module WHERE name = '{ADDON}'"
        found = self.odoo.connection.sql(statement, self.name)
        self.assertEqual(found, f"installed|{Manifest.for_addon(ADDON)['version']}")

    def test_what_odoo_left_open_is_closed(self):
        """Once, by the migration: see test_update_keeps for later updates."""
        statement = """
            SELECT string_agg(value, ' ' ORDER BY key) FROM ir_config_parameter
            WHERE key IN ('auth_signup.invitation_scope', 'auth_signup.reset_password')
        """
        self.assertEqual(self.odoo.connection.sql(statement, self.name), "b2b False")

    def test_no_parameter_is_left_that_nothing_reads(self):
        statement = "SELECT count(*) FROM ir_config_parameter WHERE key LIKE '%.pdf_engine'"
        self.assertEqual(self.odoo.connection.sql(statement, self.name), "0")

    def test_everybody_holds_the_roles_of_before_in_all_their_companies(self):
        statement = """
            SELECT count(*), count(held.id) FROM res_groups_users_rel member
              JOIN ir_model_data named ON named.model = 'res.groups' AND named.res_id = member.gid
               AND named.module = 'it_kpi_assessment'
               AND named.name NOT IN ('group_user', 'group_reads_all')
              JOIN res_company_users_rel works ON works.user_id = member.uid
              LEFT JOIN it_kpi_holding held ON held.user_id = member.uid
               AND held.company_id = works.cid AND named.name = 'group_' || held.role
        """
        members, held = self.odoo.connection.sql(statement, self.name).split("|")
        self.assertGreater(int(members), 10)
        self.assertEqual(held, members)

    def test_every_row_is_there(self):
        self.assertGreater(self.counts_before["it_kpi_result_line"], 100)
        counts = updating.count_rows(self.odoo, self.name)
        now = {table: counts.get(table) for table in self.counts_before}
        self.assertFalse(updating.differences(self.counts_before, now))

    def test_the_published_year_prints_the_kept_pages_letter_by_letter(self):
        for report, name in NAMES.items():
            self.assertTrue([key for key in self.prints_before if key.startswith(report)], name)
        prints = updating.read_prints(self.odoo, self.name)
        self.assertFalse(updating.differences(self.prints_before, prints))

    def test_it_is_built_as_a_new_database_is(self):
        """Nothing of the version before is left over, and nothing is missing."""
        updated = updating.structure(self.odoo, self.name)
        new = updating.structure(self.odoo, get_db_name())
        self.assertFalse(sorted(updated - new), "Left over of the version before.")
        self.assertFalse(sorted(new - updated), "Missing after the update.")
