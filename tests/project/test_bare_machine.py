"""What a newcomer is told while `make run` brings things up, and how it is stopped."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import psycopg2

from odoo.tests import BaseCase, tagged

from tools import (
    bring_up,
    database,
    debian,
    odoo_tree,
    postgres,
    run,
    steps,
    venv,
)
from tools.errors import SetupError

ROOT = Path(__file__).parent.parent.parent
GIGABYTE = 1024**3
READY = "print('ready', flush=True)"  # of a command that a test is going to stop

# What apt and pip wrote on machines where they failed.
EXPIRED = """\
Get:1 http://mirror/debian bookworm InRelease [151 kB]
E: Release file for http://mirror/debian/dists/sid/InRelease is expired (invalid since 22d 17h). \
Updates for this repository will not be applied.
E: Some index files failed to download. They have been ignored, or old ones used instead.
"""
NO_CANDIDATE = "Reading package lists...\nE: Package 'wkhtmltopdf' has no installation candidate\n"
NO_COMPILER = """\
  Building wheel for libsass (pyproject.toml): finished with status 'error'
      error: [Errno 2] No such file or directory: 'aarch64-linux-gnu-gcc'
  ERROR: Failed building wheel for libsass
ERROR: Failed to build one or more wheels
"""
NO_INDEX = """\
WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError'
ERROR: Could not find a version that satisfies the requirement asn1crypto==1.5.1
ERROR: No matching distribution found for asn1crypto==1.5.1
"""


@tagged("post_install", "-at_install")
class TestSentences(BaseCase):
    def test_what_apt_gives_as_its_cause_is_shown(self):
        self.assertIn("is expired (invalid since 22d 17h)", debian.explain(EXPIRED))
        self.assertIn("'wkhtmltopdf' has no installation candidate", debian.explain(NO_CANDIDATE))
        self.assertIn("check the network", debian.explain("killed\n"))

    def test_what_pip_gives_as_its_cause_is_shown_with_its_remedy(self):
        built = venv.explain(NO_COMPILER)
        self.assertIn("aarch64-linux-gnu-gcc", built)
        self.assertIn("g++", built)
        self.assertNotIn("network", built)
        fetched = venv.explain(NO_INDEX)
        self.assertIn("No matching distribution found for asn1crypto==1.5.1", fetched)
        self.assertIn("network", fetched)

    def test_a_disk_that_would_be_full_is_told_before_anything_is_fetched(self):
        with tempfile.TemporaryDirectory() as folder:
            places = {"CACHE": Path(folder, "cache"), "RUN": Path(folder, "run")}
            with patch.multiple(bring_up, **places):
                said = self.check_space(3.5)
                self.assertIn("3 GB of disk", said)
                with self.assertRaisesRegex(SetupError, "Only 2.9 GB are free .* 3 are needed"):
                    self.check_space(2.9)
                with self.assertRaisesRegex(SetupError, "4 are needed"):
                    self.check_space(3.5, bring_up.TESTING)
                for made in ("cache/venv/.made-for", "run/odoo.conf"):
                    Path(folder, made).parent.mkdir(parents=True, exist_ok=True)
                    Path(folder, made).touch()
                self.assertEqual(self.check_space(0.3), "")

    def check_space(self, free, needs=bring_up.NOTHING):
        """Return what is said with so many gigabytes free."""
        usage = SimpleNamespace(free=free * GIGABYTE)
        with (
            patch("shutil.disk_usage", return_value=usage),
            patch.object(steps, "stream", io.StringIO()) as said,
        ):
            bring_up._check_space(needs)
        return said.getvalue()


@tagged("post_install", "-at_install")
class TestSecondSource(BaseCase):
    """Odoo, when Debian has no odoo-19 any more or the machine knows no mirror of Debian."""

    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(patch.object(odoo_tree, "CACHE", self.folder))
        self.enterContext(patch.object(steps, "stream", io.StringIO()))
        release = self.folder / "package" / odoo_tree.INSIDE_PACKAGE / "odoo" / "release.py"
        release.parent.mkdir(parents=True)
        release.write_text("version_info = (19, 0, 0, FINAL, 0, '')\n")
        control = self.folder / "package" / "DEBIAN" / "control"
        control.parent.mkdir()
        control.write_text(
            "Package: odoo\nVersion: 19.0\nArchitecture: all\nMaintainer: a <a@b.c>\n"
            "Description: Odoo\n"
        )
        self.package = self.folder / "odoo_19.0_all.deb"
        build = ["dpkg-deb", "--build", "--root-owner-group", self.folder / "package", self.package]
        subprocess.run(build, check=True, capture_output=True)

    def fetch(self, package=None, address=""):
        """Return the tree that is fetched, and whether Debian was asked."""
        environment = {"ODOO_PACKAGE": str(package)} if package else {}
        with (
            patch.dict(os.environ, environment),
            patch.object(odoo_tree, "PACKAGE", address),
            patch.object(odoo_tree, "sid", side_effect=SetupError("No odoo-19.")) as sid,
        ):
            os.environ.pop("ODOO_TREE", None)
            return odoo_tree.odoo_tree(), sid.called

    def test_odoos_own_package_is_taken_when_debian_has_none(self):
        tree, asked = self.fetch(address=self.package.as_uri())
        self.assertTrue(asked)
        self.assertTrue((tree.folder / "odoo" / "release.py").is_file())

    def test_a_package_that_is_named_comes_first(self):
        tree, asked = self.fetch(self.package)
        self.assertFalse(asked)
        self.assertTrue((tree.folder / "odoo" / "release.py").is_file())

    def test_when_there_is_none_the_sentence_says_where_to_get_one(self):
        with self.assertRaisesRegex(SetupError, "git clone --depth 1 --branch 19.0"):
            self.fetch(address=(self.folder / "nothing.deb").as_uri())


@tagged("post_install", "-at_install")
class TestBegun(BaseCase):
    """Odoo is installed in the new database while programs and fonts are fetched."""

    def setUp(self):
        super().setUp()
        self.enterContext(patch.object(steps, "stream", io.StringIO()))
        self.done, self.mark, self.code = [], None, 0
        self.odoo = SimpleNamespace(
            tree=None,
            variables=dict,
            install_command=lambda _database, modules: modules,
            install=lambda _database, modules: self.done.append(f"install {modules}"),
        )
        for name, replacement in {
            "_comment": lambda _odoo, _name: self.mark,
            "_mark": lambda _odoo, _name, mark: setattr(self, "mark", mark),
            "_create": lambda *_arguments: setattr(self, "mark", database.UNFINISHED),
            "_check_installed": lambda *_arguments: None,
            "drop": lambda *_arguments: self.done.append("drop"),
            "sources": lambda _tree: "sources",
            "service": self.serve,
        }.items():
            self.enterContext(patch.object(database, name, replacement))

    @contextlib.contextmanager
    def serve(self, modules, _log, env):
        self.done.append(f"begin {modules}")
        yield SimpleNamespace(wait=lambda: self.code)

    def begin(self):
        with database.begin_demonstration(self.odoo, "a"):
            self.done.append("fetch")

    def test_a_new_database_is_begun_while_things_are_fetched(self):
        self.begin()
        self.assertEqual(self.done, ["drop", "begin mail", "fetch"])
        database.demonstration(self.odoo, "a")
        self.assertEqual(
            self.done[3:], ["install it_kpi_assessment_demo"], "not from the beginning"
        )
        self.assertEqual(self.mark, database.MARK + "sources")

    def test_one_that_is_there_is_left_alone(self):
        for self.mark in (database.MARK + "sources", database.BEGUN, "", "somebody's"):
            self.begin()
        self.assertEqual(self.done, ["fetch"] * 4)

    def test_what_fails_is_begun_again(self):
        self.code = 1
        with self.assertRaisesRegex(SetupError, "begin.log"):
            self.begin()
        self.assertEqual(self.mark, database.UNFINISHED)
        with self.assertRaises(KeyboardInterrupt), database.begin_demonstration(self.odoo, "a"):
            raise KeyboardInterrupt
        self.assertEqual(self.mark, database.UNFINISHED)


@tagged("post_install", "-at_install")
class TestStopping(BaseCase):
    def get_exit_code(self, number, body, ignored=""):
        """Return how a command ends that is sent a signal when its ``body`` says it is ready."""
        script = (
            f"import pathlib, signal, sys, time\n{ignored}\nimport tools.__main__ as main\n"
            f"def command(arguments):\n    {body}\n    return 0\n"
            "main.COMMANDS['run'] = command\nsys.exit(main.main('run'))\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as child:  # fmt: skip
            child.stdout.readline()
            child.send_signal(number)
            return child.wait(30)

    def test_an_interruption_is_no_success(self):
        pause = f"{READY}; time.sleep(20)"
        self.assertEqual(self.get_exit_code(signal.SIGINT, pause), 130)
        self.assertEqual(self.get_exit_code(signal.SIGTERM, pause), 143)

    def test_a_closed_terminal_ends_things_in_order(self):
        with tempfile.TemporaryDirectory() as folder:
            mark = Path(folder, "stopped")
            body = f"try: {READY}; time.sleep(20)\n    finally: pathlib.Path({str(mark)!r}).touch()"
            self.assertEqual(self.get_exit_code(signal.SIGHUP, body), 129)
            self.assertTrue(mark.exists())

    def test_nohup_goes_on(self):
        ignored = "signal.signal(signal.SIGHUP, signal.SIG_IGN)"
        body = f"{READY}; time.sleep(1)"
        self.assertEqual(self.get_exit_code(signal.SIGHUP, body, ignored), 0)


@tagged("post_install", "-at_install")
class TestServing(BaseCase):
    """`make run` serves as soon as the database is there, and writes its files meanwhile."""

    def setUp(self):
        super().setUp()
        self.done = []
        self.enterContext(patch.object(steps, "stream", io.StringIO()))

        @contextlib.contextmanager
        def serve(*_arguments):
            self.done.append("serve")
            yield SimpleNamespace(wait=self.wait)
            self.done.append("stopped")

        self.enterContext(patch.object(run, "serving", serve))

    def wait(self):
        self.done.append("wait")
        raise KeyboardInterrupt

    def serve(self, **write):
        with patch.object(run, "_write_outputs", **write):
            return run._serve(None, "database", 8069)

    def test_the_server_answers_before_the_files_are_written(self):
        code = self.serve(side_effect=lambda *_arguments: self.done.append("write"))
        self.assertEqual((self.done, code), (["serve", "write", "wait", "stopped"], 0))

    def test_files_that_fail_do_not_end_the_server_but_count(self):
        code = self.serve(side_effect=SetupError("No paper."))
        self.assertEqual((self.done, code), (["serve", "wait", "stopped"], 1))
        self.assertIn("No paper.", steps.stream.getvalue())

    def test_an_interruption_before_the_files_are_there_is_no_success(self):
        with self.assertRaises(KeyboardInterrupt):
            self.serve(side_effect=KeyboardInterrupt)


@tagged("post_install", "-at_install")
class TestLastServer(BaseCase):
    def test_a_server_that_shuts_down_is_waited_for(self):
        """As after a terminal was closed: it refuses everybody until its last session has ended."""
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        for name in ("PGHOST", "ODOO_RC"):
            self.enterContext(patch.dict(os.environ))
            os.environ.pop(name, None)
        self.enterContext(patch.object(steps, "stream", io.StringIO()))
        place = folder / "postgres"
        with postgres.server(place, postgres.FAST) as last:
            session = psycopg2.connect(
                host=last.host, port=last.port, user=last.user, password=last.password,
                dbname="postgres",
            )  # fmt: skip
            os.kill(postgres._process(place), signal.SIGTERM)
            with self.assertRaisesRegex(psycopg2.OperationalError, "shutting down"):
                while True:
                    psycopg2.connect(
                        host=last.host, port=last.port, user=last.user, password=last.password,
                        dbname="postgres",
                    ).close()  # fmt: skip
            timer = threading.Timer(1, session.close)
            timer.start()
            with postgres.server(place, postgres.FAST) as next_one:
                self.assertEqual(next_one.sql("SELECT 1"), "1")
            timer.join()
        self.assertIn("Waiting for the PostgreSQL server", steps.stream.getvalue())
