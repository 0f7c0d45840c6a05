"""The external interface (JSON-2 with a bearer key, plain HTTP with a session), as an intruder."""

import json
from datetime import datetime, timedelta
from unittest.mock import patch

from passlib.context import CryptContext

from odoo.tests import HttpCase
from odoo.tools import SQL

from .years import RightsCase

# Refused, hidden, or answered with what to do; 500 would be a crash and 200 a success.
REFUSED = (403, 404, 422)
JSON = {"Content-Type": "application/json"}
# Keys are checked with every request, of which there are thousands: let it take no time.
QUICK = CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=1)

# Context keys by which a caller may try to be somebody else, or somewhere else.
CONTEXTS = [
    {"force": True},
    {"sudo": True, "su": True, "uid": 1},
    {"tracking_disable": True, "install_mode": True},
    {"active_test": False},
    {"default_state": "draft", "default_returned": True},
    {"module": "it_kpi_assessment", "_force_unlink": True, "import_file": True},
    {"bin_size": True, "prefetch_fields": False},
    {"mail_create_nosubscribe": True, "mail_notrack": True, "mail_notify_force_send": True},
    {"default_unit_id": 1, "search_default_state": "draft", "mail_post_autofollow": True},
]

# A sum of hashes needs no order, and so a sixth of the time of one hash of all rows. PostgreSQL
# adds up what it makes of the columns of a row; to hash that once more ties them together, or two
# rows could exchange a value unnoticed.
FINGERPRINT = """
SELECT %s, count(*), sum(hash_record_extended(ROW(hash_record_extended(r, 0)), 0))
  FROM %s r
 WHERE %s"""

# How many rows of a table this transaction has written, also those that were rolled back.
WRITTEN = """
SELECT relname::text,
       pg_stat_get_xact_tuples_inserted(oid)
       + pg_stat_get_xact_tuples_updated(oid)
       + pg_stat_get_xact_tuples_deleted(oid)
  FROM pg_class
 WHERE relname = ANY(%s) AND relnamespace = current_schema()::regnamespace"""


class RpcCase(RightsCase, HttpCase):
    """Calls methods from outside, and sees whether anything has changed by it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["admin"] = cls.env.ref("base.user_admin")
        cls.keys = {}
        cls.let_in(cls.users)
        cls.forms = {form.unit_id.short_name: form for form in cls.cycle.assessment_ids}
        cls.surveys = {form.unit_id.short_name: form for form in cls.cycle.survey_ids}
        cls.env.flush_all()

    @classmethod
    def let_in(cls, users):
        """Give people a key each: ``{name: user}``."""
        tomorrow = datetime.now() + timedelta(days=1)
        keys = cls.env["res.users.apikeys"]
        with patch("odoo.addons.base.models.res_users.KEY_CRYPT_CONTEXT", QUICK):
            for name, user in users.items():
                cls.users[name] = user
                cls.keys[name] = keys.with_user(user)._generate("rpc", name, tomorrow)

    def rpc(self, role, model, method, ids=(), /, **arguments):
        """Call a method of records and return the HTTP status with the answer."""
        response = self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps({"ids": list(ids), **arguments} if ids else arguments),
            headers={
                "Authorization": f"Bearer {self.keys[role]}",
                "Content-Type": "application/json",
            },
        )
        return response.status_code, response.json()

    def allow(self, role, records, method, /, **arguments):
        """Call a method that has to succeed, and return its answer."""
        status, answer = self.rpc(role, records._name, method, records.ids, **arguments)
        self.assertEqual(status, 200, answer)
        self.env.invalidate_all()
        return answer

    def get_page(self, role, path):
        """Return status and content of a page, as a role that is logged in."""
        self.authenticate(self.users[role].login, self.users[role].login)
        response = self.url_open(path, allow_redirects=False)
        self.authenticate(None, None)  # a session beside a key of another user is refused
        return response.status_code, response.content

    def post_json(self, role, path, **parameters):
        """Call a route of the web client as a role that is logged in; return its answer."""
        self.authenticate(self.users[role].login, self.users[role].login)
        request = {"jsonrpc": "2.0", "method": "call", "params": parameters}
        response = self.url_open(path, data=json.dumps(request), headers=JSON)
        self.authenticate(None, None)
        self.env.invalidate_all()
        return response.json()

    def refuse(self, role, records, method, /, **arguments):
        """Call a method that has to be refused, with a sentence, and without any effect."""
        self.flush_tracking()
        before = self.take_snapshot()
        status, answer = self.rpc(role, records._name, method, records.ids, **arguments)
        self.assertIn(status, REFUSED, (role, records, method, arguments, answer))
        self.assertNotEqual(answer["name"], "odoo.exceptions.AccessDenied", answer)
        self.assertGreater(len(answer["message"]), 10, answer)
        self.assertEqual(self.take_snapshot(), before, (role, records, method, arguments))
        return answer["message"]

    def setUp(self):
        super().setUp()
        self.forget_snapshot()

    def forget_snapshot(self):
        """Take the next snapshot of everything; to be called after a rollback to a savepoint."""
        self.kept_counts, self.kept_fingerprints = {}, {}

    def take_snapshot(self):
        """Return a fingerprint of every table of the addon, its log and its files.

        What PostgreSQL counts no written row of since the last snapshot keeps its fingerprint.
        """
        statements = dict(self.get_fingerprints())
        counts = dict(self.env.execute_query(SQL(WRITTEN, list(statements))))
        changed = [
            statement
            for table, statement in statements.items()
            if counts[table] != self.kept_counts.get(table)
        ]
        if changed:
            rows = self.env.execute_query(SQL(" UNION ALL ").join(changed))
            self.kept_fingerprints.update((table, rest) for table, *rest in rows)
        self.kept_counts = counts
        return dict(self.kept_fingerprints)

    def get_fingerprints(self):
        """Yield each table with the statement that returns its name, count of rows and hash."""
        models = [self.env[name] for name in self.get_own_models()]
        tables = {model._table for model in models if model._auto and not model.is_transient()}
        for model in models:
            tables |= {
                field.relation
                for field in model._fields.values()
                if field.type == "many2many" and field.store and not model.is_transient()
            }
        for table in sorted(tables):
            yield self.get_fingerprint(table)
        yield self.get_fingerprint("mail_message", "model LIKE 'it.kpi.%%'")
        yield self.get_fingerprint("mail_activity", "res_model LIKE 'it.kpi.%%'")
        yield self.get_fingerprint("mail_tracking_value")
        yield self.get_fingerprint("ir_attachment", "res_model LIKE 'it.kpi.%%'")

    def get_fingerprint(self, table, condition="TRUE"):
        return table, SQL(FINGERPRINT, table, SQL.identifier(table), SQL(condition))
