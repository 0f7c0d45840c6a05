"""docker-compose.yml and docker/nginx.conf: what has to agree between them and with Odoo."""

import configparser
import re
from pathlib import Path, PurePosixPath
from unittest.mock import patch

from odoo.http import DEFAULT_MAX_CONTENT_LENGTH
from odoo.tests import BaseCase, tagged
from odoo.tools import config

from odoo.addons.it_kpi_assessment.printing.pool import PRINT
from odoo.addons.it_kpi_assessment.printing.process import MEMORY_MB

ROOT = Path(__file__).parent.parent.parent
# Left out on purpose: everybody knows the passwords of its logins.
DEMONSTRATION = "addons/it_kpi_assessment_demo/"
# What the wildcards of .dockerignore match; an asterisk stays within one name of a path.
WILDCARDS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def _is_left_out(path, rules):
    """Whether .dockerignore keeps a file from the image's build.

    The last rule that matches the file, or a folder above it, decides:
    https://docs.docker.com/build/concepts/context/#dockerignore-files
    """
    places = [str(place) for place in (PurePosixPath(path), *PurePosixPath(path).parents)]
    left_out = False
    for rule in rules:
        pattern = _as_expression(rule.removeprefix("!"))
        if any(re.fullmatch(pattern, place) for place in places):
            left_out = not rule.startswith("!")
    return left_out


def _as_expression(rule):
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", rule.strip("/"))
    return "".join(WILDCARDS.get(part) or re.escape(part) for part in parts)


def _rules(text):
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _copied(dockerfile):
    """What each COPY takes from the checkout, not from another image."""
    lines = dockerfile.replace("\\\n", " ").splitlines()
    for line in lines:
        words = line.split()
        if words[:1] == ["COPY"] and "--from=" not in line:
            yield from [word for word in words[1:-1] if not word.startswith("--")]


@tagged("post_install", "-at_install")
class TestComposition(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.composition = (ROOT / "docker-compose.yml").read_text()
        cls.image = (ROOT / "docker" / "Dockerfile").read_text()
        cls.nginx = (ROOT / "docker" / "nginx.conf").read_text()
        cls.ignore = _rules((ROOT / ".dockerignore").read_text())

    def test_the_image_finds_what_it_copies(self):
        """Else `docker compose up --build` fails; this needs no engine to see it."""
        sources = list(_copied(self.image))
        self.assertIn("tools/requirements-files.txt", sources)
        for source in sources:
            path = ROOT / source
            files = [file for file in (path, *path.rglob("*")) if file.is_file()]
            names = [f"{file.relative_to(ROOT)}" for file in files if file.suffix != ".pyc"]
            names = [name for name in names if not name.startswith(DEMONSTRATION)]
            self.assertTrue(names, f"{source} is missing or empty.")
            missing = [name for name in names if _is_left_out(name, self.ignore)]
            self.assertFalse(missing, f".dockerignore leaves out what COPY {source} takes.")

    def test_nothing_private_or_made_reaches_the_image(self):
        for path in (".env", ".git/config", ".run/odoo.conf", "out/附件2.pdf"):
            self.assertTrue(_is_left_out(path, self.ignore), path)
        self.assertTrue(_is_left_out("addons/a/models/__pycache__/b.pyc", self.ignore))

    def test_the_rules_of_dockerignore_as_read_here_are_docker_s(self):
        """The examples of Docker's own page, and an exception below a folder left out."""
        for rule, left_out, kept in (
            ("*/temp*", ("somedir/temporary.txt", "somedir/temp/a"), ("temp", "a/b/temp")),
            ("*/*/temp*", ("somedir/subdir/temporary.txt",), ("somedir/temporary.txt",)),
            ("temp?", ("tempa", "tempb/c"), ("temp", "tempab")),
            ("**/*.go", ("a.go", "a/b/c.go"), ("a.goo",)),
            ("/foo/bar/", ("foo/bar", "foo/bar/baz"), ("foo/barn", "a/foo/bar")),
        ):
            for path in left_out:
                self.assertTrue(_is_left_out(path, [rule]), (rule, path))
            for path in kept:
                self.assertFalse(_is_left_out(path, [rule]), (rule, path))
        rules = ["*.md", "!README*.md", "README-secret.md"]
        names = ("a.md", "README.md", "README-secret.md", "b.txt")
        left_out = [name for name in names if _is_left_out(name, rules)]
        self.assertEqual(left_out, ["a.md", "README-secret.md"])
        self.assertFalse(_is_left_out("a/b/c", ["a", "!a/b"]))

    def test_nginx_knows_every_server_and_no_other(self):
        servers = re.findall(r"^  ([\w-]+): \*odoo-web$", self.composition, re.MULTILINE)
        self.assertGreater(len(servers), 1)
        for profile, known in (("province", servers), ("single", ["odoo"])):
            name = f"upstreams.{profile}.conf"
            self.assertIn(f"./docker/{name}:/etc/nginx/conf.d/", self.composition)
            upstreams = (ROOT / "docker" / name).read_text()
            for port in ("8069", "8072"):
                asked = re.findall(rf"^ +server ([\w-]+):{port}\b", upstreams, re.MULTILINE)
                self.assertEqual(asked, known, port)
            for upstream in re.findall(r"proxy_pass http://(\w+);", self.nginx):
                self.assertIn(f"upstream {upstream} {{", upstreams)

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

    def test_nginx_closes_what_is_not_for_people(self):
        """By the rules of nginx: an exact location first, then the regular ones in their order."""
        for path in (
            *("/queue_job/runjob", "/web/database/manager", "/web/database", "/web/signup"),
            *("/web/reset_password", "/doc", "/doc/index.json", "/doc-bearer/index.json"),
            "/html_editor/link_preview_external",
        ):
            with self.subTest(path=path):
                self.assertIn("return 404;", self.get_location(path))
        for path in ("/web", "/odoo", "/documents", "/web/health", "/web/assets/1/x.js"):
            with self.subTest(path=path):
                self.assertNotIn("return 404;", self.get_location(path))

    def test_nginx_logs_no_tokens(self):
        """They stand behind the question mark of an address, also of the page before."""
        (name,) = re.findall(r"^    access_log \S+ (\w+);", self.nginx, re.MULTILINE)
        (logged,) = re.findall(rf"^log_format {name} (.*?);$", self.nginx, re.MULTILINE | re.DOTALL)
        variables = set(re.findall(r"\$(\w+)", logged))
        self.assertIn("uri", variables)
        secret = {"request", "request_uri", "args", "query_string", "http_referer", "http_cookie",
                  "request_body", "http_authorization"}  # fmt: skip
        self.assertFalse(variables & secret)

    def test_nginx_slows_down_who_tries_passwords(self):
        for path in ("/web/login", "/web/session/authenticate"):
            self.assertIn("limit_req zone=login", self.get_location(path))
        self.assertNotIn("limit_req", self.get_location("/web"))
        self.assertIn("limit_req_zone $who_logs_in zone=login", self.nginx)

    def get_location(self, path):
        """Return what nginx does with a path."""
        places = re.findall(r"^    location (=|~)? ?(\S+) \{\n(.*?)^    \}", self.nginx,
                            re.MULTILINE | re.DOTALL)  # fmt: skip
        self.assertGreater(len(places), 4)
        exact = [body for kind, place, body in places if kind == "=" and place == path]
        regular = [body for kind, place, body in places if kind == "~" and re.search(place, path)]
        prefixes = [place for kind, place, _body in places if not kind and path.startswith(place)]
        longest = [body for kind, place, body in places
                   if not kind and place == max(prefixes, key=len)]  # fmt: skip
        return (exact + regular + longest)[0]

    def test_nginx_believes_headers_of_the_proxy_only(self):
        """Else anybody names an address of somebody else, or says that a request was encrypted."""
        sent = dict(re.findall(r"^    proxy_set_header (\S+) (\S+);", self.nginx, re.MULTILINE))
        self.assertEqual(sent["X-Forwarded-For"], "$remote_addr")
        self.assertEqual(sent["X-Forwarded-Proto"], "$forwarded_proto")
        self.assertIn('"1 https" https;', self.nginx)
        self.assertNotIn("proxy_add_x_forwarded_for", self.nginx)

    def test_nginx_answers_its_own_name_only(self):
        self.assertIn("listen 80 default_server;\n    server_name _;\n    return 444;", self.nginx)
        for name in re.findall(r"\$\{(\w+)\}", self.nginx):
            self.assertIn(f"    {name}: ${{{name}:-", self.composition)
            self.assertIn(f"{name}=", (ROOT / ".env.example").read_text())
        self.assertIn("/etc/nginx/templates/default.conf.template", self.composition)

    def test_every_answer_has_the_headers_that_protect_its_reader(self):
        """nginx leaves out those of the server where a location adds one."""
        added = re.findall(r"^( +)add_header (\S+)", self.nginx, re.MULTILINE)
        self.assertEqual({indent for indent, _name in added}, {"    "})
        for name in ("Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options",
                     "Referrer-Policy", "Content-Security-Policy"):  # fmt: skip
            self.assertIn(("    ", name), added)
        self.assertIn("proxy_cookie_flags session_id $secure_cookie", self.nginx)

    def test_odoo_has_limits_above_those_of_a_print(self):
        options = self.get_options()
        (limit,) = re.findall(r"--limit-time-real=(\d+)", self.composition)
        self.assertEqual(options["limit_time_real"], limit)
        longest = PRINT.patience + PRINT.seconds
        self.assertGreater(options.getint("limit_time_real"), 2 * longest)
        self.assertGreater(options.getint("limit_time_cpu"), longest)
        self.assertGreater(options.getint("limit_memory_hard"), MEMORY_MB * 1024**2)
        self.assertLess(options.getint("limit_memory_soft"), options.getint("limit_memory_hard"))
        self.assertEqual(options["list_db"], "False")

    def test_one_person_cannot_keep_all_workers_printing(self):
        self.assertGreaterEqual(self.get_options().getint("workers"), 2 * PRINT.of_one_person)
        (workers,) = re.findall(r"--workers=\$\{WORKERS:-(\d+)\}", self.composition)
        self.assertGreaterEqual(int(workers), 2 * PRINT.of_one_person)

    def test_odoo_trusts_the_proxy_because_nobody_else_reaches_it(self):
        self.assertEqual(self.get_options()["proxy_mode"], "True")
        self.assertIn("--proxy-mode", self.composition)
        published = re.findall(r"^ +- \"?\$\{\w+:-\d+\}:(\d+)", self.composition, re.MULTILINE)
        self.assertEqual(published, ["80", "80"])

    def get_options(self):
        settings = configparser.ConfigParser()
        settings.read(ROOT / "docker" / "odoo.conf")
        return settings["options"]

    def test_nobody_manages_databases_with_a_known_password(self):
        """Odoo takes “admin” where its settings name none; an empty one is refused."""
        settings = configparser.ConfigParser()
        settings.read(ROOT / "docker" / "odoo.conf")
        self.assertEqual(settings["options"]["admin_passwd"], "")
        with patch.dict(config.options, {"admin_passwd": ""}):
            for password in ("admin", "", "x"):
                self.assertFalse(config.verify_admin_password(password))

    def test_no_container_has_a_password_in_its_environment(self):
        """Whoever looks at a container, or reads what Odoo logs of its environment, sees none."""
        self.assertNotRegex(self.composition, r"PASSWORD: ")
        names = re.findall(r"^    environment: (\w+_PASSWORD)$", self.composition, re.MULTILINE)
        self.assertEqual(len(names), 2)
        for name in names:
            self.assertIn(f"{name}=", (ROOT / ".env.example").read_text())
        for script in ("start.sh", "replica.sh", "set_admin_password.py"):
            self.assertIn("/run/secrets/", (ROOT / "docker" / script).read_text())

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
