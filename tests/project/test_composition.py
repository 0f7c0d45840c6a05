"""docker-compose.yml and docker/nginx.conf: what has to agree between them and with Odoo."""

import configparser
import re
from pathlib import Path

from odoo.http import DEFAULT_MAX_CONTENT_LENGTH
from odoo.tests import BaseCase, tagged

ROOT = Path(__file__).parent.parent.parent


@tagged("post_install", "-at_install")
class TestComposition(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.composition = (ROOT / "docker-compose.yml").read_text()
        cls.image = (ROOT / "docker" / "Dockerfile").read_text()
        cls.nginx = (ROOT / "docker" / "nginx.conf").read_text()

    def test_nginx_knows_every_server_and_no_other(self):
        servers = re.findall(r"^  ([\w-]+): \*odoo-web$", self.composition, re.MULTILINE)
        self.assertGreater(len(servers), 1)
        for port in ("8069", "8072"):
            asked = re.findall(rf"^ +server ([\w-]+):{port}\b", self.nginx, re.MULTILINE)
            self.assertEqual(asked, servers, port)

    def test_odoo_gives_up_before_nginx_does(self):
        """Else the user is told that the server is gone while it goes on working."""
        (limit,) = re.findall(r"--limit-time-real=(\d+)", self.composition)
        (patience,) = re.findall(r"^    proxy_read_timeout (\d+)s;", self.nginx, re.MULTILINE)
        self.assertGreater(int(patience), int(limit))

    def test_nginx_lets_through_what_odoo_does(self):
        """What is too large is refused by Odoo and the addon, which say why."""
        (size,) = re.findall(r"client_max_body_size (\d+)m;", self.nginx)
        self.assertGreaterEqual(int(size) * 1024**2, DEFAULT_MAX_CONTENT_LENGTH)

    def test_a_request_that_may_have_been_carried_out_is_not_sent_again(self):
        (cases,) = re.findall(r"proxy_next_upstream ([^;]+);", self.nginx)
        self.assertNotIn("non_idempotent", cases)

    def test_long_jobs_are_carried_out_by_the_server_in_the_background(self):
        """The servers for people have their runner off; the image has the queue, and starts it."""
        web = self.composition.partition("x-odoo-web:")[2].partition("x-postgres:")[0]
        self.assertIn("ODOO_QUEUE_JOB_CHANNELS: root:0", web)
        self.assertEqual(self.composition.count("ODOO_QUEUE_JOB_CHANNELS"), 1)
        settings = configparser.ConfigParser()
        settings.read(ROOT / "docker" / "odoo.conf")
        self.assertIn("queue_job", settings["options"]["server_wide_modules"].split(","))
        self.assertIn("root.it_kpi:", settings["queue_job"]["channels"])
        start = (ROOT / "docker" / "start.sh").read_text()
        self.assertIn("--init=it_kpi_assessment,queue_job", start)
        files = (ROOT / "tools" / "requirements-files.txt").read_text()
        (pattern,) = re.findall(r"grep --extended-regexp '(.+)' /tmp/files", self.image)
        self.assertEqual(len(re.findall(pattern, files, re.MULTILINE)), 2)

    def test_the_image_has_no_demonstration(self):
        """Nobody may install logins with known passwords in a bureau that is served."""
        ignored = (ROOT / ".dockerignore").read_text().splitlines()
        self.assertIn("COPY addons ", self.image)
        self.assertGreater(ignored.index("addons/it_kpi_assessment_demo"), ignored.index("!addons"))
