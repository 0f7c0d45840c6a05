"""docker-compose.yml and docker/: no more rights than are used, and passwords that arrive whole."""

import io
import os
import re
import signal
import subprocess
import tempfile
from pathlib import Path
from unittest.mock import patch

import psycopg2
import yaml

from odoo.tests import BaseCase, tagged

from tools import postgres, steps

ROOT = Path(__file__).parent.parent.parent
SECRET = "p@ss$w0rd 'quoted'"


@tagged("post_install", "-at_install")
class TestRights(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.composition = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
        cls.example = (ROOT / ".env.example").read_text()

    def test_containers_keep_no_rights_that_they_do_not_use(self):
        for name, service in self.composition["services"].items():
            with self.subTest(name=name):
                self.assertEqual(service["cap_drop"], ["ALL"])
                self.assertEqual(service["security_opt"], ["no-new-privileges:true"])
                self.assertRegex(service["mem_limit"], r"^(\$\{\w+:-)?\d+[gm]\}?$")
                self.assertNotIn("privileged", service)
                if "build" in service:  # Odoo, which runs as its own user from the beginning
                    self.assertNotIn("cap_add", service)

    def test_a_password_in_the_example_is_taken_literally(self):
        """Between single quotes; else Docker Compose reads what follows a $ as a variable."""
        secrets = self.composition["secrets"].values()
        names = {secret["environment"] for secret in secrets}
        self.assertEqual(names, set(re.findall(r"^(\w*PASSWORD\w*)=", self.example, re.MULTILINE)))
        for name in names:
            self.assertIn(f"\n{name}=''\n", self.example)

    def test_every_setting_of_the_composition_is_in_the_example(self):
        text = (ROOT / "docker-compose.yml").read_text()
        for name in re.findall(r"\$\{(\w+)", text):
            self.assertRegex(self.example, rf"(?m)^{name}=")

    def test_the_superuser_is_let_in_from_inside_the_container_alone(self):
        inside = ("127.0.0.1/32", "::1/128")
        for line in (ROOT / "docker" / "pg_hba.conf").read_text().splitlines():
            kind, *fields = line.split() or ["#"]
            if kind == "host" and fields[2] not in inside:
                self.assertLessEqual(set(fields[1].split(",")), {"odoo", "replica"}, line)
                self.assertEqual(fields[-1], "scram-sha-256")


@tagged("post_install", "-at_install")
class TestDatabaseRole(BaseCase):
    """docker/odoo.sql on a server with docker/pg_hba.conf, as the image of PostgreSQL runs it."""

    def setUp(self):
        super().setUp()
        self.enterContext(patch.dict(os.environ))
        for name in ("PGHOST", "ODOO_RC"):
            os.environ.pop(name, None)
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.folder.chmod(0o755)
        password, script = self.folder / "password", self.folder / "odoo.sql"
        password.write_text(SECRET)
        text = (ROOT / "docker" / "odoo.sql").read_text()
        script.write_text(text.replace("/run/secrets/postgres_password", str(password)))
        rules = self.folder / "pg_hba.conf"
        rules.write_text((ROOT / "docker" / "pg_hba.conf").read_text())
        self.enterContext(patch.object(postgres, "ROLE", "postgres"))
        settings = {**postgres.FAST, "hba_file": rules}
        self.enterContext(patch.object(steps, "stream", io.StringIO()))
        self.server = self.enterContext(postgres.server(self.folder / "postgres", settings))
        self.run_program("psql", "-Xq", "-v", "ON_ERROR_STOP=1", "--file", script)

    def run_program(self, name, *arguments, user="postgres"):
        """Run a program of PostgreSQL as a role."""
        environment = {**os.environ, **self.server.variables(), "PGUSER": user}
        if user == "odoo":
            environment["PGPASSWORD"] = SECRET
        command = [postgres.binaries() / name, *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        self.assertFalse(done.returncode, done.stderr)
        return done.stdout

    def query(self, statement, user="odoo"):
        command = ("-XAtq", "-v", "ON_ERROR_STOP=1", "--dbname=assessment", "-c", statement)
        return self.run_program("psql", *command, user=user).strip()

    def test_odoo_is_no_superuser_and_can_do_what_it_does(self):
        rights = "SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        self.assertEqual(self.query(rights), "f|f")
        self.query("CREATE TABLE a_table (name text)")
        self.query("CREATE INDEX ON a_table USING gin (name gin_trgm_ops)")
        with self.assertRaisesRegex(AssertionError, "permission denied"):
            self.query("COPY a_table FROM PROGRAM 'id'")
        reads = "SELECT pg_has_role('odoo', 'pg_read_all_stats', 'usage')"  # for the health check
        self.assertEqual(self.query(reads), "t")

    def test_the_password_arrives_whole(self):
        rules = self.folder / "pg_hba.conf"
        rules.write_text("local all all trust\nhost all odoo all scram-sha-256\n")
        os.kill(postgres._process(self.folder / "postgres"), signal.SIGHUP)  # it reads them again

        def connect(password):
            return psycopg2.connect(
                host=self.server.host, port=self.server.port, user="odoo", password=password,
                dbname="assessment",
            )  # fmt: skip

        connect(SECRET).close()
        with self.assertRaisesRegex(psycopg2.OperationalError, "password authentication failed"):
            connect("p@ss")

    def test_the_replica_copies_as_that_role(self):
        script = (ROOT / "docker" / "replica.sh").read_text()
        self.query("SELECT pg_create_physical_replication_slot('replica')")
        (command,) = re.findall(r"^    pg_basebackup (.+) --pgdata=", script, re.MULTILINE)
        copy = self.folder / "copy"
        self.run_program("pg_basebackup", *command.split(), f"--pgdata={copy}", user="odoo")
        self.assertTrue((copy / "standby.signal").exists())
        self.assertIn("user=odoo", (copy / "postgresql.auto.conf").read_text())
