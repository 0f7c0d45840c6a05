"""Odoo's commands on one configuration: install, update, shell, serve."""

import os
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from tools.odoo_tree import OdooTree
from tools.paths import ADDONS, CACHE, ROOT
from tools.postgres import Connection, clean_environment
from tools.process import run
from tools.venv import PYTHON

START = ROOT / "tools" / "scripts" / "start_odoo.py"
CONFIGURATION = """\
[options]
addons_path = {addons_path}
data_dir = {folder}/data
screenshots = {folder}/screenshots
http_interface = 127.0.0.1
workers = 0
max_cron_threads = 1
# Chromium and big PDFs need more address space than Odoo grants by default.
limit_memory_soft = 0
limit_memory_hard = 0
"""


@dataclass(frozen=True)
class Odoo:
    """One tree, one database server, and the folder for the files of both."""

    tree: OdooTree
    connection: Connection
    folder: Path
    extra: dict
    more_addons: tuple = ()
    addons: Path = ADDONS

    def configure(self):
        """Write the configuration file; everything else is in the environment."""
        self.folder.mkdir(parents=True, exist_ok=True)
        folders = [*self.tree.addons_path(), self.addons, *self.more_addons]
        addons_path = ",".join(map(str, folders))
        self.configuration().write_text(
            CONFIGURATION.format(addons_path=addons_path, folder=self.folder)
        )

    def with_addons(self, addons):
        """The same Odoo with the addons of another checkout; to be configured before use."""
        return replace(self, addons=addons)

    def configuration(self):
        """The path of the configuration file."""
        return self.folder / "odoo.conf"

    def filestore(self, database):
        """Where Odoo keeps the attachments of ``database``."""
        return self.folder / "data" / "filestore" / database

    def variables(self):
        """The environment for Odoo and all that it starts; nothing lands in the user's home."""
        return {
            **clean_environment(),
            **self.extra,
            **self.connection.variables(),
            "ODOO_RC": str(self.configuration()),
            "PYTHONPATH": str(self.tree.folder),
            "PYTHONPYCACHEPREFIX": str(CACHE / "bytecode"),
            "IT_KPI_CACHE": str(CACHE),
            "HOME": str(self.folder / "home"),
            "LC_ALL": "C.UTF-8",
        }

    def command(self, *arguments):
        """The command line of Odoo with ``arguments``."""
        return [PYTHON, START, *arguments]

    def install(self, database, modules):
        """Install ``modules`` in Chinese and without Odoo's own demonstration data."""
        sentence = f"Odoo cannot install {modules}: mend its sources, then repeat"
        run(self.install_command(database, modules), sentence, log="odoo", env=self.variables())

    def install_command(self, database, modules):
        """The command line that installs ``modules``."""
        return self._change_command(
            database, "-i", modules, "--load-language=zh_CN", "--without-demo"
        )

    def update(self, database, modules):
        """Bring ``modules`` in ``database`` up to their sources, and install those it lacks.

        :return: Odoo's warnings
        """
        # Without overwriting, menus and buttons with new words keep their former Chinese.
        options = ("-u", modules, "-i", modules, "--i18n-overwrite")
        command = self._change_command(database, *options)
        sentence = f"Odoo cannot update {modules}: mend its sources, then repeat"
        return run(command, sentence, log="odoo", env=self.variables())

    def _change_command(self, database, *arguments):
        options = ("-d", database, "--no-http", "--stop-after-init", "--log-level=warn")
        return self.command(*options, *arguments)

    def shell_command(self, database):
        """The command line of Odoo's shell."""
        return self.command("shell", "-d", database, "--no-http", "--log-level=warn")

    def script(self, database, path, *arguments):
        """Run a script in Odoo's shell; it finds ``arguments`` in ``SCRIPT_ARGUMENTS``."""
        environment = {**self.variables(), "SCRIPT_ARGUMENTS": os.pathsep.join(map(str, arguments))}
        with path.open() as source:
            return run(
                self.shell_command(database),
                f"{path.relative_to(ROOT)} fails in Odoo's shell: see why, then repeat",
                log=path.stem,
                env=environment,
                stdin=source,
            )

    def shell(self, database):
        """Odoo's shell on the caller's terminal or input; returns its exit code."""
        return subprocess.run(self.shell_command(database), env=self.variables()).returncode
