"""Every field and every method, from outside, against words that are only in hidden records.

Every text and every amount that somebody may not read is replaced by a word, or a number, of its
own. Then each role reads all fields of all it can reach, by every method that Odoo and the addon
offer and by the pages of the web client: nothing of what the role may not read turns up, whatever
field computes it and whatever context asks for it.
"""

import inspect
import json

from odoo.service.model import get_public_method
from odoo.tests import tagged

from ..helpers.common import ROLES, SIGNATURE
from ..helpers.rights.rpc import CONTEXTS
from ..helpers.rights.secret_words import GUARDED, NUMBER, WORD, SecretsCase

EVERYBODY = (*ROLES, "nobody", "other")
# Fields that show something of a record to users who cannot read it: field -> whose records.
# What is shown, and why, is said at the field.
TOLD = {
    **{
        (line, field): {source}
        for line in ("it.kpi.assessment.line", "it.kpi.survey.line")
        for field, source in (
            ("last_explanation", "it.kpi.assessment.line"),
            ("last_remark", "it.kpi.survey.line"),
        )
    },
    ("it.kpi.rectification", "basis"): {"it.kpi.result"},
    ("it.kpi.rectification", "final"): {"it.kpi.result"},
    ("it.kpi.rectification.weakness", "assessment_score"): {"it.kpi.result.line"},
    ("it.kpi.rectification.weakness", "survey_score"): {"it.kpi.result.line"},
}
# What a method may ask for, by the name of the argument.
ARGUMENTS = {
    "domain": lambda case, records: [("id", "in", records.ids)],
    "fields": lambda case, records: case.get_names(records),
    "fields_to_export": lambda case, records: case.get_names(records),
    "specification": lambda case, records: {name: {} for name in case.get_names(records)},
    "fields_spec": lambda case, records: {name: {} for name in case.get_names(records)},
    "groupby": lambda case, records: case.get_groupings(records),
    "grouping_sets": lambda case, records: [case.get_groupings(records)],
    "group_by": lambda case, records: "create_uid",
    "aggregates": lambda case, records: ["__count"],
    "field_name": lambda case, records: case.get_groupings(records)[0],
    "progress_bar": lambda case, records: {"field": "create_uid", "colors": {}},
    "name": lambda case, records: "",
    "number": lambda case, records: records._explained[0],
    "values": lambda case, records: {},
    "vals": lambda case, records: {"display_name": "改"},
    "vals_list": lambda case, records: [{}],
    "field_names": lambda case, records: [],
    "data": lambda case, records: [[".id"]],
    "operation": lambda case, records: "read",
    "translations": lambda case, records: {"zh_CN": "改"},
    "reason": lambda case, records: "经核查",
    "reasons": lambda case, records: {},
    "signature": lambda case, records: SIGNATURE,
    "decision": lambda case, records: "更正〔2099〕1号",
    "assessor_ids": lambda case, records: [],
    "unit_ids": lambda case, records: [],
    "until": lambda case, records: "2100-01-31 00:00:00",
    "body": lambda case, records: "我来了",
    "partner_ids": lambda case, records: [1],
    "source_ref": lambda case, records: "mail.mail_notification_layout",
    "views": lambda case, records: [[False, "form"]],
    "view_id": lambda case, records: False,
    "view_type": lambda case, records: "form",
    "help_message": lambda case, records: "",
    "full_name": lambda case, records: "a.b",
    "notification_type": lambda case, records: "email",
    "new": lambda case, records: records.ids,
    "new_thread": lambda case, records: records.ids,
    "message": lambda case, records: "我来了",
    "message_dict": lambda case, records: {},
    "msg_dict": lambda case, records: {"body": "我来了", "subject": "我"},
    "model": lambda case, records: records._name,
    "act_type_xmlids": lambda case, records: ["mail.mail_activity_data_todo"],
    "template_id": lambda case, records: 1,
    "kind": lambda case, records: "assessment",
    "stage": lambda case, records: "filling",
    "what": lambda case, records: "assessment",
    "file": lambda case, records: "",
    "line_id": lambda case, records: 1,
    "report_name": lambda case, records: "it_kpi_assessment.report_assessment",
    "res_ids": lambda case, records: case.forms["剑阁"].ids,
}
# Asked for even where a method could do without.
WELCOME = {"domain", "fields", "specification", "groupby", "aggregates", "body", "partner_ids"}


@tagged("post_install", "-at_install")
class TestApiSecrets(SecretsCase):
    def get_names(self, records):
        """Return all fields but those for some groups only."""
        return [name for name, field in records._fields.items() if not field.groups]

    def get_groupings(self, records):
        """Return fields by which the records can be grouped."""
        kinds = ("char", "many2one", "selection", "integer", "date")
        return [
            name
            for name, field in records._fields.items()
            if field.type in kinds and field.store and not field.groups and name != "id"
        ][:6]

    def get_arguments(self, records, method):
        parameters = inspect.signature(method).parameters.values()
        wanted = {
            each.name
            for each in parameters
            if each.name != "self" and each.kind not in (each.VAR_KEYWORD, each.VAR_POSITIONAL)
            if each.default is each.empty or each.name in WELCOME
        }
        self.assertLessEqual(wanted, set(ARGUMENTS), f"say here what {method} asks for")
        return {name: ARGUMENTS[name](self, records) for name in wanted}

    def get_methods(self, records):
        """Yield the names of all public methods, and what they are called with."""
        for name in sorted(dir(type(records))):
            if not name.startswith("_"):
                try:
                    method = get_public_method(records, name)
                except Exception:  # noqa: S112 - not public, or not a method
                    continue
                yield name, self.get_arguments(records, method)

    def test_the_words_are_found_where_one_may_read(self):
        """Otherwise finding none of them would prove nothing."""
        for role, record in (
            ("reporter", self.forms["利州"].line_ids[0]),
            ("head", self.published.publication_id.result_ids[0]),
        ):
            names = self.get_names(record)
            [row] = self.allow(role, record, "read", fields=names)
            text = json.dumps(row, ensure_ascii=False)
            self.assertTrue(WORD.search(text) or NUMBER.search(text), text)

    def test_no_field_tells_what_is_hidden(self):
        """All fields of all records that a role reads."""
        for model in self.get_own_models():
            for role in EVERYBODY:
                with self.subTest(model=model, role=role):
                    status, rows = self.rpc(role, model, "search_read", domain=[])
                    if status == 200:
                        self.check_rows(role, model, rows)
                    else:
                        self.assertEqual(status, 403, rows)

    def check_rows(self, role, model, rows):
        for row in rows:
            for name, value in row.items():
                secrets = {
                    record
                    for record in self.find_secrets(role, value)
                    if record._name not in TOLD.get((model, name), ())
                }
                self.assertFalse(secrets, (role, model, row["id"], name, value))

    def test_no_context_makes_a_field_tell_it(self):
        for context in CONTEXTS:
            for model in GUARDED:
                for role in ("reporter", "assessor", "nobody", "other"):
                    with self.subTest(context=context, model=model, role=role):
                        status, rows = self.rpc(
                            role, model, "search_read", domain=[], context=context
                        )
                        self.check_rows(role, model, rows if status == 200 else [])

    def get_hidden(self, model):
        """Return a role that has to do with a model, and a record hidden from it."""
        owners = [name for name in ("company_id", "cycle_id", "form_id", "user_id", "create_uid")
                  if name in self.env[model]._fields]  # fmt: skip
        path = owners[0] if owners[0] == "company_id" else f"{owners[0]}.company_id"
        records = self.env[model].search([(path, "=", self.env.company.id)])
        for role in ("reporter", "assessor", "leadership", "nobody"):
            for record in records:
                if not self.is_readable(role, record):
                    return role, record
        raise AssertionError(model)

    def test_no_method_tells_or_changes_what_is_hidden(self):
        """Every public method, inherited ones included, by who reads others of the kind."""
        before = self.take_snapshot()
        for model in GUARDED:
            role, record = self.get_hidden(model)
            for name, arguments in self.get_methods(record):
                for reader in (role, "other"):
                    with self.subTest(model=model, method=name, role=reader):
                        answer = self.rpc(reader, model, name, record.ids, **arguments)[1]
                        if isinstance(answer, dict) and "debug" in answer:
                            answer = answer["message"]
                        self.assertFalse(self.find_secrets(reader, answer), answer)
            self.assertEqual(self.take_snapshot(), before, (model, role))

    def post(self, role, path, params):
        """Call a route of the web client as a role, and return the answer's text."""
        self.authenticate(self.users[role].login, self.users[role].login)
        response = self.url_open(
            path,
            data=json.dumps({"params": params}),
            headers={"Content-Type": "application/json"},
        )
        self.authenticate(None, None)
        return response.text

    def test_no_page_of_the_client_tells_or_changes_it(self):
        """The chatter's own routes ask for a record by name and number as well."""
        before = self.take_snapshot()
        for model in ("it.kpi.assessment", "it.kpi.survey", "it.kpi.incident"):
            role, record = self.get_hidden(model)
            thread = {"thread_model": model, "thread_id": record.id}
            message = record.message_ids[:1].id
            for path, params in (
                ("/mail/thread/messages", thread),
                ("/mail/thread/recipients", {**thread, "message_id": message}),
                ("/mail/thread/recipients/fields", {"thread_model": model}),
                ("/mail/data", {"fetch_params": [["mail.thread", {
                    **thread, "request_list": ["attachments", "followers", "activities"]}]]}),
                ("/mail/message/post", {**thread, "post_data": {"body": "我来了"}}),
                ("/mail/message/update_content", {"message_id": message,
                                                  "update_data": {"body": "改"}}),
                ("/mail/message/reaction", {"message_id": message, "content": "👍",
                                            "action": "add"}),
                ("/mail/read_subscription_data", {"follower_id": 1}),
                ("/web/action/load_breadcrumbs", {"actions": [
                    {"resModel": model, "resId": record.id}]}),
            ):  # fmt: skip
                for reader in (role, "nobody", "other"):
                    with self.subTest(path=path, model=model, reader=reader):
                        text = json.dumps(json.loads(self.post(reader, path, params)),
                                          ensure_ascii=False)  # fmt: skip
                        self.assertFalse(self.find_secrets(reader, text), text)
                        self.assertEqual(self.take_snapshot(), before)
