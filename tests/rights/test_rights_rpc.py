"""What nobody may change from outside: states, scores, locked marks, published results."""

from odoo.tests import tagged
from odoo.tools import SQL

from ..helpers.common import ROLES, SIGNATURE
from ..helpers.rights.rpc import RpcCase

FORM_FIELDS = {
    "state": "submitted",
    "unit_id": 1,
    "cycle_id": 1,
    "company_id": 1,
    "message_follower_ids": [[5]],
}
ASSESSMENT_FIELDS = {
    **FORM_FIELDS,
    "signature": SIGNATURE,
    "signed_by_id": 2,
    "signed_at": "2099-01-01 00:00:00",
    "extended_until": "2100-01-01 00:00:00",
    "unfiled_reason": "无",
}
SURVEY_FIELDS = {
    **FORM_FIELDS,
    "state": "confirmed",
    "assessment_id": 1,
    "confirmed_by_id": 2,
    "confirmed_at": "2099-01-01 00:00:00",
    "version": 7,
    "document_ids": [[5]],
    "signature_ids": [[5]],
}
LINE_FIELDS = {"score": 100, "form_id": 1, "cycle_id": 1, "indicator_id": 1}
ASSESSMENT_LINE_FIELDS = {**LINE_FIELDS, "returned": True, "return_reason": "无"}
CYCLE_FIELDS = {
    "state": "published",
    "approved_by_id": 2,
    "approved_at": "2099-01-01 00:00:00",
    "approved_digest": "0",
    "publication_id": 1,
    "rubric_id": 1,
    "year": 2050,
    "source_rubric_id": 1,
}
SCORE_FIELDS = {"final": 100, "rank": 1, "is_last": False, "vetoed": False, "survey_total": 100}
FORBIDDEN = [
    # who tries, on what, which fields
    ("reporter", lambda case: case.forms["利州"], ASSESSMENT_FIELDS),
    ("leader", lambda case: case.forms["利州"], ASSESSMENT_FIELDS),
    ("division", lambda case: case.forms["昭化"], ASSESSMENT_FIELDS),
    ("reporter", lambda case: case.forms["利州"].line_ids[0], ASSESSMENT_LINE_FIELDS),
    ("leader", lambda case: case.forms["利州"].line_ids[0], ASSESSMENT_LINE_FIELDS),
    ("assessor", lambda case: case.surveys["昭化"], {**SURVEY_FIELDS, "assessor_ids": [[5]]}),
    ("head", lambda case: case.surveys["昭化"], {**SURVEY_FIELDS, "visit_date": "2099-05-01"}),
    ("division", lambda case: case.surveys["昭化"], {**SURVEY_FIELDS, "visit_date": "2099-05-01"}),
    ("assessor", lambda case: case.surveys["朝天"], {"visit_date": "2099-05-01"}),
    ("head", lambda case: case.surveys["青川"], {"assessor_ids": [[5]]}),
    ("head", lambda case: case.surveys["剑阁"], {"assessor_ids": [[5]]}),
    ("head", lambda case: case.published.survey_ids[0], {"assessor_ids": [[5]]}),
    ("assessor", lambda case: case.surveys["昭化"].line_ids[0], LINE_FIELDS),
    ("division", lambda case: case.cycle, CYCLE_FIELDS),
    ("admin", lambda case: case.cycle, CYCLE_FIELDS),
    ("admin", lambda case: case.published, {**CYCLE_FIELDS, "deadline": "2100-01-01 00:00:00"}),
    ("head", lambda case: case.cycle, {"approved_by_id": 2, "deadline": "2100-01-01 00:00:00"}),
    ("division", lambda case: case.cycle.rubric_id, {"last_count": 0, "state": "draft"}),
    ("division", lambda case: case.cycle.rubric_id.grade_ids[0], {"ratio": 0.5}),
    ("division", lambda case: case.cycle.rubric_id.indicator_ids[0], {"points": 1, "name": "无"}),
    ("division", lambda case: case.cycle.rubric_id.veto_ids[0], {"effect": "final"}),
    ("division", lambda case: case.incident, {"state": "lifted", "lift_decision": "无"}),
    ("division", lambda case: case.old_incident, {"date": "2097-01-01", "kind": "leak"}),
    *(
        (role, lambda case: case.published.publication_id.result_ids[0], SCORE_FIELDS)
        for role in ("reporter", "head", "division", "admin")
    ),
    (
        "admin",
        lambda case: case.published.publication_id.result_ids[0].line_ids[0],
        {"score": 100, "grade_id": 1, "mean": 1, "origin": "graded"},
    ),
    ("admin", lambda case: case.published.publication_id, {"reason": "无", "result_ids": [[5]]}),
]


@tagged("post_install", "-at_install")
class TestRightsRpc(RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        incidents = cls.env["it.kpi.incident"].search([("company_id", "=", cls.env.company.id)])
        cls.incident = incidents.filtered(lambda incident: incident.year == 2099)[0]
        cls.old_incident = incidents.filtered(lambda incident: incident.year == 2098)
        cls.grades = {grade.code: grade.id for grade in cls.cycle.rubric_id.grade_ids}

    def marks(self):
        """Return every way to change a mark."""
        return [{"grade_id": self.grades["D"]}, {"not_applicable": True}, {"remark": "改"}]

    def test_a_changed_or_exchanged_value_leaves_another_fingerprint(self):
        """Else nothing here would notice what a refused call had changed all the same."""
        one, other = self.env.execute_query(
            SQL(
                """SELECT (array_agg(id))[1] FROM it_kpi_result_line
                    WHERE score > 0 GROUP BY score ORDER BY score DESC LIMIT 2"""
            )
        )
        for pairs in ([(*one, *other), (*other, *one)], [(*one, *other)]):
            with self.subTest(pairs=pairs):
                before = self.take_snapshot()
                self.env.cr.execute(
                    """UPDATE it_kpi_result_line row SET score = source.score
                         FROM it_kpi_result_line source
                        WHERE (row.id, source.id) IN %s""",
                    [tuple(pairs)],
                )
                self.assertEqual(self.env.cr.rowcount, len(pairs))
                after = self.take_snapshot()
                changed = {table for table in before if before[table] != after[table]}
                self.assertEqual(changed, {"it_kpi_result_line"})

    def test_fields_that_nobody_writes(self):
        for role, get_record, fields in FORBIDDEN:
            record = get_record(self)
            for name, value in fields.items():
                with self.subTest(role=role, record=record, field=name):
                    self.refuse(role, record, "write", vals={name: value})

    def test_web_save_is_no_other_door(self):
        for role, get_record, fields in FORBIDDEN[:14]:
            record = get_record(self)
            name, value = next(iter(fields.items()))
            with self.subTest(role=role, record=record, field=name):
                self.refuse(role, record, "web_save", vals={name: value}, specification={})

    def refuse_marks(self, role, line):
        form = line.form_id
        for vals in self.marks():
            self.refuse(role, line, "write", vals=vals)
            self.refuse(role, form, "write", vals={"line_ids": [[1, line.id, vals]]})

    def test_marks_of_a_unit_lock_with_its_form(self):
        form = self.forms["利州"]
        for state in ("to_sign", "submitted", "unfiled"):
            form.state = state
            for role in ("reporter", "leader", "division", "admin"):
                with self.subTest(state=state, role=role):
                    self.refuse_marks(role, form.line_ids[0])

    def test_only_returned_lines_unlock(self):
        form = self.forms["利州"]
        form.state = "returned"
        form.line_ids[0].returned = True
        self.allow("reporter", form.line_ids[0], "write", vals={"grade_id": self.grades["C"]})
        self.refuse_marks("reporter", form.line_ids[1])
        self.refuse("reporter", form.line_ids[:2], "write", vals={"grade_id": self.grades["B"]})

    def test_marks_lock_with_the_cycle(self):
        for state in ("review", "published", "archived"):
            self.cycle.state = state
            with self.subTest(state=state):
                self.refuse_marks("reporter", self.forms["利州"].line_ids[0])
                self.refuse_marks("assessor", self.surveys["昭化"].line_ids[0])

    def test_marks_of_another_unit(self):
        for name in ("昭化", "朝天", "旺苍"):
            for role in ("reporter", "leader", "assessor", "head", "other"):
                with self.subTest(unit=name, role=role):
                    self.refuse_marks(role, self.forms[name].line_ids[0])

    def test_marks_of_a_survey(self):
        """Only by the assigned assessor, of another unit, once that unit has submitted."""
        self.allow("assessor", self.surveys["昭化"].line_ids[0], "write", vals=self.marks()[0])
        for role, name in (
            ("assessor", "朝天"),  # has not submitted
            ("assessor", "旺苍"),  # not assigned
            ("assessor", "剑阁"),  # the head's own unit, and confirmed
            *((role, "昭化") for role in ("reporter", "head", "division", "leadership", "admin")),
        ):
            with self.subTest(role=role, unit=name):
                self.refuse_marks(role, self.surveys[name].line_ids[0])

    def test_an_assessor_is_shut_out_from_the_own_unit_even_if_assigned(self):
        """回避 holds even where the assignment was made before the user joined the unit."""
        survey = self.surveys["昭化"]
        survey.unit_id.member_ids += self.users["assessor"]
        self.flush_tracking()
        self.refuse_marks("assessor", survey.line_ids[0])
        self.refuse("assessor", survey, "read", fields=["state"])
        self.refuse("assessor", survey.assessment_id, "read", fields=["state"])
        vals = {"assessor_ids": [[4, self.users["assessor"].id]]}
        self.refuse("head", survey, "write", vals=vals)
        vals = {"assessor_ids": [[4, self.users["assessor"].id]]}
        self.refuse("head", self.surveys["剑阁"], "write", vals=vals)

    def test_lines_are_not_made_moved_or_thrown_away(self):
        for role, form, foreign in (
            ("reporter", self.forms["利州"], self.forms["昭化"].line_ids[0]),
            ("assessor", self.surveys["昭化"], self.surveys["旺苍"].line_ids[0]),
        ):
            line = form.line_ids[0]
            for command in (
                [0, 0, {"indicator_id": line.indicator_id.id}],
                [1, foreign.id, {"remark": "改"}],
                [2, line.id, 0],
                [3, line.id, 0],
                [4, foreign.id, 0],
                [5, 0, 0],
                [6, 0, line.ids],
            ):
                with self.subTest(role=role, command=command):
                    self.refuse(role, form, "write", vals={"line_ids": [command]})

    def test_nothing_is_created_copied_or_deleted_by_hand(self):
        publication = self.published.publication_id
        for record in (
            self.forms["利州"],
            self.forms["利州"].line_ids[0],
            self.surveys["昭化"],
            self.surveys["昭化"].line_ids[0],
            publication,
            publication.result_ids[0],
            publication.result_ids[0].line_ids[0],
        ):
            for role in (*ROLES, "admin", "other"):
                with self.subTest(record=record, role=role):
                    self.refuse(role, record.browse(), "create", vals_list=[{}])
                    self.refuse(role, record, "copy")
                    self.refuse(role, record, "unlink")

    def test_cycles_and_incidents_that_count_stay(self):
        for role in (*ROLES, "admin", "other"):
            for record in (self.cycle, self.published, self.old_incident, self.cycle.rubric_id):
                with self.subTest(role=role, record=record):
                    self.refuse(role, record, "unlink")
