"""People who are logged in, or hold a key, and lose what they could: it is gone at once.

A login session lasts for days and a key for months. Neither may outlive the role, the bureau or the
account behind it; and what runs for somebody is shown to nobody else.
"""

import json
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import HttpCase, tagged

from ..helpers.common import EXAMPLE, ROLES, BureauCase
from ..helpers.rights.rpc import JSON, QUICK

# What each role reads of the year; nothing of it is left to somebody without the role.
READS = {
    "reporter": "it.kpi.assessment",
    "leader": "it.kpi.assessment",
    "assessor": "it.kpi.survey",
    "head": "it.kpi.ranking",
    "division": "it.kpi.ranking",
    "leadership": "it.kpi.ranking",
}


@tagged("post_install", "-at_install")
class TestLiveLogins(BureauCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        cls.file_forms(cls.cycle, EXAMPLE)
        cls.get_form(cls.cycle, "昭化", "survey").assessor_ids = cls.users["assessor"]
        cls.users["division 2"] = cls.new_user("division", "test_division_2")
        tomorrow = datetime.now() + timedelta(days=1)
        keys = cls.env["res.users.apikeys"]
        with patch("odoo.addons.base.models.res_users.KEY_CRYPT_CONTEXT", QUICK):
            cls.keys = {
                role: keys.with_user(user)._generate("rpc", role, tomorrow)
                for role, user in cls.users.items()
            }
        cls.env.flush_all()

    def by_session(self, model, method, *args, **kwargs):
        """Return the answer to the person who is logged in, or None if it is refused."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        response = self.url_open(
            "/web/dataset/call_kw", data=json.dumps({"params": params}), headers=JSON
        )
        return response.json().get("result")

    def by_key(self, role, model, method, **kwargs):
        response = self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(kwargs),
            headers={**JSON, "Authorization": f"Bearer {self.keys[role]}"},
        )
        return response.json() if response.status_code == 200 else None

    def find(self, role):
        """Return what the person finds by session and by key: each a number, or None."""
        self.env.flush_all()
        model = READS[role]
        return [
            self.by_session(model, "search_count", []),
            self.by_key(role, model, "search_count", domain=[]),
        ]

    @contextmanager
    def logged_in(self, role):
        """Log in, see that there is something to lose, and undo what is taken away."""
        self.authenticate(self.users[role].login, self.users[role].login)
        found = self.find(role)
        self.assertTrue(all(found), (role, found))
        with self.env.cr.savepoint() as savepoint:
            yield self.users[role]
            self.assertFalse(any(self.find(role)), role)
            savepoint.rollback()
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()

    def test_a_role_that_is_taken_away_is_gone_at_the_next_request(self):
        for role in ROLES:
            with self.subTest(role), self.logged_in(role) as user:
                group = self.env.ref(f"it_kpi_assessment.group_{role}")
                user.group_ids = [Command.unlink(group.id)]

    def test_who_is_archived_is_logged_out(self):
        for role in ROLES:
            with self.subTest(role), self.logged_in(role) as user:
                user.active = False

    def test_a_new_password_ends_sessions_and_keys(self):
        """Whoever changes it may think that somebody else knew the old one."""
        for role in ("leader", "head"):
            with self.subTest(role), self.logged_in(role) as user:
                user.password = "another one, and long enough"

    def test_who_leaves_the_bureau_finds_nothing_of_it(self):
        other = self.env["res.company"].create({"name": "邻市交通运输局"})
        for role in ROLES:
            with self.subTest(role), self.logged_in(role) as user:
                user.write({"company_id": other.id, "company_ids": [Command.set(other.ids)]})
                self.env.flush_all()
                context = {"allowed_company_ids": self.env.company.ids}
                self.assertFalse(self.by_session(READS[role], "search_count", [], context=context))

    def test_who_is_taken_out_of_a_unit_loses_its_form(self):
        for role in ("reporter", "leader"):
            with self.subTest(role), self.logged_in(role) as user:
                self.own_unit.write({f"{role}_ids": [Command.unlink(user.id)]})

    def test_an_assessor_who_is_unassigned_loses_the_survey(self):
        with self.logged_in("assessor"):
            self.cycle.survey_ids.assessor_ids = False

    # A long job, its progress and its files.

    def make_job(self):
        """Return a job of the division, with a file, and with what it tells when it is done."""
        user = self.users["division"]
        publication = self.publish(self.cycle)
        report = self.env.ref("it_kpi_assessment.result_report")
        results = publication.result_ids.with_user(user)
        job = results.env["it.kpi.job"]._ask("print", results, report).sudo()
        job.file_ids = job._keep("成绩单.pdf", b"%PDF-1.7", "application/pdf")
        job._notify("success", "成绩单已备好")
        self.env.flush_all()
        self.env.cr.precommit.run()  # notifications are stored at the end of a request
        return job

    def peek(self):
        """Return what a browser is told, whatever channels it asks for."""
        partner = self.users["division"].partner_id
        database = self.env.cr.dbname
        channels = ["broadcast", f"res.partner_{partner.id}", f"res.users_{partner.id}",
                    json.dumps([database, "res.partner", partner.id])]  # fmt: skip
        params = {"channels": channels, "last": 0, "is_first_poll": True}
        response = self.url_open(
            "/websocket/peek_notifications", data=json.dumps({"params": params}), headers=JSON
        )
        return json.dumps(response.json(), ensure_ascii=False)

    def get_own(self, job):
        """Return what the person who is logged in gets of the job: record, list, file, notice."""
        file = self.url_open(f"/web/content/{job.file_ids.id}")
        return [
            bool(self.by_session("it.kpi.job", "read", job.ids, ["done", "state"])),
            bool(self.by_session("it.kpi.job", "search_count", [])),
            file.content.startswith(b"%PDF"),
            "成绩单已备好" in self.peek(),
        ]

    def test_the_progress_of_a_job_is_its_owners_alone(self):
        job = self.make_job()
        self.authenticate("test_division", "test_division")
        self.assertEqual(self.get_own(job), [True] * 4)
        for other in ("division 2", "head", "reporter"):
            login = self.users[other].login
            self.authenticate(login, login)
            self.assertEqual(self.get_own(job), [False] * 4, other)
            for method in ("action_cancel", "action_resume"):
                self.by_session("it.kpi.job", method, job.ids)
        self.assertEqual(job.state, "waiting")

    def test_the_files_of_a_job_are_gone_with_the_role(self):
        job = self.make_job()
        self.authenticate("test_division", "test_division")
        group = self.env.ref("it_kpi_assessment.group_division")
        self.users["division"].group_ids = [Command.unlink(group.id)]
        self.env.flush_all()
        self.assertEqual(self.get_own(job)[:3], [False] * 3)

    def test_who_is_archived_is_told_nothing_more(self):
        self.make_job()
        self.authenticate("test_division", "test_division")
        self.users["division"].active = False
        self.env.flush_all()
        self.assertNotIn("成绩单已备好", self.peek())
