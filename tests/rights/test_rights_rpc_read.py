"""Nothing that a role may not read can be read, counted, guessed or sorted out from outside."""

from odoo.tests import tagged

from ..helpers.common import ROLES
from ..helpers.rights.matrix import MATRIX, Rights, is_in_scope
from ..helpers.rights.rpc import REFUSED, RpcCase

IDENTIFIED = [
    ("read", {"fields": ["display_name"]}),
    ("web_read", {"specification": {"display_name": {}}}),
    ("copy_data", {}),
    ("web_save", {"vals": {}, "specification": {"display_name": {}}}),
    ("onchange", {"values": {}, "field_names": [], "fields_spec": {"display_name": {}}}),
]
FOUND = [
    ("search", {}),
    ("search_count", {}),
    ("search_read", {"fields": ["display_name"]}),
    ("name_search", {}),
    ("formatted_read_group", {"groupby": [], "aggregates": ["__count"]}),
]
# Conditions on records of the user's unit in the open year: what they find speaks of something that
# hides behind these records.
ORACLES = {
    "it.kpi.assessment": [
        [("survey_ids.line_ids.grade_id.code", "=", "B")],
        [("survey_ids.state", "=", "draft")],
        [("survey_ids", "any", [("line_ids.score", ">", 0)])],
        [("cycle_id.survey_ids.line_ids.grade_id.code", "=", "B")],
        [("rubric_id.cycle_id.survey_ids.line_ids.score", ">", 0)],
        [("cycle_id.rubric_id.cycle_id.survey_ids.state", "=", "confirmed")],
        [("cycle_id.assessment_ids.state", "=", "submitted")],
        [("rubric_id.cycle_id.assessment_ids.line_ids.returned", "=", True)],
    ],
    "it.kpi.assessment.line": [
        [("form_id.survey_ids.line_ids.score", ">", 0)],
        [("dimension_id.rubric_id.cycle_id.survey_ids.line_ids.score", ">", 0)],
        [("item_id.rubric_id.cycle_id.survey_ids.state", "=", "confirmed")],
        [("criterion_ids.rubric_id.cycle_id.survey_ids.state", "=", "confirmed")],
        [("criterion_ids.grade_id.rubric_id.cycle_id.assessment_ids.state", "=", "unfiled")],
    ],
}
PATHS = ("survey_ids/line_ids/grade_id", "survey_ids/state", "cycle_id/survey_ids/line_ids/score")


@tagged("post_install", "-at_install")
class TestRightsRpcRead(RpcCase):
    def test_hidden_records_by_every_reader(self):
        """What the matrix denies is neither read nor found, by any method, in either bureau."""
        for model, rows in MATRIX.items():
            if self.env[model].is_transient():
                continue
            records = self.env[model].search([])
            for scope, role in self.get_different_readers(rows):
                with self.subTest(model=model, role=role):
                    hidden = records.browse(
                        record.id for record in records if self.is_hidden(record, scope, role)
                    )
                    self.assertTrue(hidden)
                    self.check_hidden(role, hidden[0] | hidden[-1])

    def get_different_readers(self, rows):
        """Yield one role for every different right to read, and the other bureau's person."""
        readers = {rows.get(role, Rights()).read: role for role in (*ROLES, "nobody")}
        yield from readers.items()
        yield "none", "other"

    def is_hidden(self, record, scope, role):
        foreign = self.get_bureau(record) == self.other
        if role == "other":
            return not foreign
        return foreign or not is_in_scope(record, scope, self.users[role])

    def get_bureau(self, record):
        if record._name == "it.kpi.guess":  # counted for the whole server
            return self.env["res.company"]
        owners = ("rubric_id", "cycle_id", "form_id", "user_id")
        for path in ("company_id", *(f"{owner}.company_id" for owner in owners)):
            if path.split(".")[0] in record._fields:
                return record.mapped(path)
        raise AssertionError(record)

    def check_hidden(self, role, hidden):
        before = self.take_snapshot()
        for method, arguments in IDENTIFIED:
            for record in hidden:
                answer = self.rpc(role, record._name, method, record.ids, **arguments)
                self.assertIn(answer[0], REFUSED, (role, record, method, answer))
        for method, arguments in FOUND:
            self.check_not_found(role, hidden, method, arguments)
        self.assertEqual(self.take_snapshot(), before)

    def check_not_found(self, role, hidden, method, arguments):
        status, answer = self.rpc(
            role, hidden._name, method, domain=[("id", "in", hidden.ids)], **arguments
        )
        if status == 200:
            if method == "formatted_read_group":
                answer = sum(group["__count"] for group in answer)
            self.assertFalse(answer, (role, hidden, method))
        else:
            self.assertEqual(status, 403, answer)

    def test_domains_are_no_oracle(self):
        """What hides behind a relation does not count in a condition on it either."""
        form = self.forms["利州"]
        for own in (form, form.line_ids):
            for domain in ORACLES[own._name]:
                with self.subTest(model=own._name, domain=domain):
                    full = [("id", "in", own.ids), *domain]
                    self.assertTrue(own.search_count(full), "nothing to be guessed")
                    for role in ("reporter", "leader"):
                        answer = self.rpc(role, own._name, "search_count", domain=full)
                        self.assertEqual(answer, (200, 0))

    def test_the_operator_that_passes_the_rules_is_refused(self):
        own = self.forms["利州"]
        for domain in (
            [("survey_ids", "any!", [("line_ids.score", ">", 0)])],
            [("cycle_id", "any!", [("survey_ids.state", "=", "confirmed")])],
        ):
            status, answer = self.rpc("reporter", own._name, "search", domain=domain)
            self.assertFalse(status == 200 and answer, answer)

    def test_paths_lead_nowhere(self):
        """An export of the unit's own form along its relations has nothing of the survey."""
        own = self.forms["利州"]
        self.users["reporter"].group_ids += self.env.ref("base.group_allow_export")
        for path in PATHS:
            with self.subTest(path=path):
                answer = self.allow("reporter", own, "export_data", fields_to_export=["id", path])
                self.assertFalse([cell for row in answer["datas"] for cell in row[1:] if cell])

    def test_the_own_form_tells_no_result_before_publication(self):
        specification = {
            "survey_ids": {"fields": {"state": {}}},
            "result_id": {"fields": {"final": {}}},
            "total": {},
            "is_published": {},
            "cycle_id": {"fields": {"obstacles": {}, "survey_ids": {}, "publication_id": {}}},
        }
        [own] = self.allow("reporter", self.forms["利州"], "web_read", specification=specification)
        self.assertEqual(own["survey_ids"], [])
        self.assertFalse(own["result_id"])
        self.assertEqual(own["total"], 0)
        self.assertFalse(own["is_published"])
        self.assertFalse(own["cycle_id"]["obstacles"])
        self.assertEqual(own["cycle_id"]["survey_ids"], [])
        self.assertFalse(own["cycle_id"]["publication_id"])

    def test_a_form_cannot_pretend_to_be_another_one(self):
        """The published total follows the stored form, not the values that a client sends."""
        other = self.published.assessment_ids.filtered(
            lambda form: form.unit_id.short_name == "昭化"
        )
        self.assertTrue(other.total)
        answer = self.allow(
            "reporter",
            self.forms["利州"],
            "onchange",
            values={"cycle_id": self.published.id, "unit_id": other.unit_id.id},
            field_names=["cycle_id", "unit_id"],
            fields_spec={"total": {}, "is_published": {}, "result_id": {}},
        )
        self.assertFalse(any(answer.get("value", {}).values()), answer)

    def test_sorting_and_grouping_by_what_is_hidden(self):
        own = self.forms["利州"]
        survey = self.surveys["朝天"]
        for role, model, grouping in (
            ("reporter", own._name, "cycle_id.approved_digest"),
            ("reporter", own._name, "survey_ids"),
            ("reporter", own._name, "survey_ids.state"),
            ("assessor", survey._name, "assessment_id.line_ids"),
        ):
            for method, arguments in (
                ("formatted_read_group", {"groupby": [grouping], "aggregates": ["__count"]}),
                ("search", {"order": grouping}),
            ):
                with self.subTest(grouping=grouping, method=method):
                    status, answer = self.rpc(role, model, method, domain=[], **arguments)
                    self.assertNotEqual(status, 200, answer)

    def test_grouping_by_a_path_tells_nothing(self):
        """朝天 is assigned and has not submitted: the far end of the path is as closed as ever."""
        survey = self.surveys["朝天"]
        survey.assessment_id.write({"report_opening": "草稿", "unfiled_reason": "草稿"})
        for path in ("state", "report_opening", "unfiled_reason", "handed_over_by_id"):
            grouping = f"assessment_id.{path}"
            with self.subTest(path=path):
                [group] = self.rpc(
                    "assessor", survey._name, "formatted_read_group",
                    domain=[("id", "=", survey.id)], groupby=[grouping], aggregates=["__count"],
                )[1]  # fmt: skip
                self.assertFalse(group[grouping])

    def test_a_mean_names_units_but_tells_their_points_only_to_who_may_read_them(self):
        """R12 against the right to the unit's own result: 昭化 counts in the means of all."""
        lines = self.env["it.kpi.result.line"].search(
            [("unit_id.short_name", "=", "昭化"), ("origin", "=", "mean")]
        )
        self.own_unit.reporter_ids -= self.users["reporter"]
        self.get_unit("昭化").reporter_ids += self.users["reporter"]
        for role, tells in (("reporter", False), ("division", True)):
            [line] = self.allow(role, lines[:1], "read", fields=["explanation"])
            self.assertIn("利州", line["explanation"])
            self.assertEqual("利州 4.00" in line["explanation"], tells, line["explanation"])

    def test_what_an_assessor_may_not_read_of_an_assigned_unit(self):
        """朝天 is assigned but has not submitted: its survey is visible, its form is not."""
        survey = self.surveys["朝天"]
        self.allow("assessor", survey, "read", fields=["state", "is_ready"])
        for fields in ({"state": {}}, {"line_ids": {"fields": {"grade_id": {}}}}):
            self.refuse(
                "assessor",
                survey,
                "web_read",
                specification={"assessment_id": {"fields": fields}},
            )
