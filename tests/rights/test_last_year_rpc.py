"""Last year of another unit, and the mapping of a rubric, through the external interface.

昭化 is neither the reporter's unit nor, in its 自评表 of the head's own unit, anybody's to grade;
青川 is not assigned to the assessor.
"""

from odoo.tests import tagged

from ..helpers.last_year import FIELDS
from ..helpers.rights.rpc import REFUSED, RpcCase

HIDDEN = (("reporter", "昭化"), ("leader", "昭化"), ("assessor", "青川"), ("nobody", "昭化"))


@tagged("post_install", "-at_install")
class TestLastYearRpc(RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for cycle in (cls.published, cls.cycle):
            cycle.survey_ids.line_ids.write({"remark": "机密"})
        cls.kinds = (cls.forms, cls.surveys)
        cls.env.flush_all()

    def test_who_may_read_the_line_reads_last_year(self):
        [line] = self.allow("reporter", self.forms["利州"].line_ids[0], "read", fields=FIELDS)
        self.assertEqual((line["last_own_mark"], line["last_mark"]), ("A", "A"))
        self.assertEqual(line["last_remark"], "机密")
        [line] = self.allow("assessor", self.surveys["昭化"].line_ids[0], "read", fields=FIELDS)
        self.assertEqual(line["last_own_mark"], "B")

    def test_lines_of_others_tell_nothing(self):
        specification = {name: {} for name in FIELDS}
        for role, name in HIDDEN:
            for forms in self.kinds:
                hidden = forms[name].line_ids[0]
                with self.subTest(role=role, model=hidden._name):
                    self.refuse(role, hidden, "read", fields=FIELDS)
                    self.refuse(role, hidden, "web_read", specification=specification)
                    self.refuse(role, hidden, "web_save", vals={}, specification=specification)
                    status, answer = self.rpc(
                        role, hidden._name, "search_read",
                        domain=[("id", "in", hidden.ids)], fields=FIELDS,
                    )  # fmt: skip
                    self.assertTrue(status in REFUSED or answer == [], answer)

    def test_a_line_that_pretends_to_be_of_another_form_tells_nothing(self):
        """Neither as a new record, nor as a default of the context, nor on a line of their own."""
        specification = {name: {} for name in ("form_id", "indicator_id", *FIELDS)}
        own = {"reporter": "利州", "leader": "利州", "assessor": "昭化", "nobody": None}
        for role, name in HIDDEN:
            for forms in self.kinds:
                hidden = forms[name].line_ids[0]
                vals = {"form_id": hidden.form_id.id, "indicator_id": hidden.indicator_id.id}
                defaults = {f"default_{key}": value for key, value in vals.items()}
                calls = [
                    ((), {"values": vals, "field_names": list(vals)}),
                    ((), {"values": {}, "field_names": [], "context": defaults}),
                ]
                if own[role] and forms is self.kinds[role == "assessor"]:
                    line = forms[own[role]].line_ids[0]
                    calls.append((line.ids, {"values": vals, "field_names": list(vals)}))
                for ids, arguments in calls:
                    with self.subTest(role=role, model=hidden._name, arguments=arguments):
                        status, answer = self.rpc(
                            role, hidden._name, "onchange", ids,
                            fields_spec=specification, **arguments,
                        )  # fmt: skip
                        if status == 200:
                            self.check_tells_nothing(answer["value"], own=bool(ids))
                        else:
                            self.assertIn(status, REFUSED, answer)

    def check_tells_nothing(self, value, own):
        """Their own line may show its last year, as ever; a new one shows nothing."""
        told = {name: value[name] for name in FIELDS if value.get(name)}
        if own:
            note = told.get("last_year_note", "")
            self.assertNotIn("self B, on site B", note, "that of 昭化 and 青川")
        else:
            self.assertFalse(told)

    def test_last_year_is_written_by_nobody(self):
        line = self.forms["利州"].line_ids[0]
        for name in FIELDS:
            self.refuse("reporter", line, "write", vals={name: "D"})

    def test_only_the_division_maps_and_only_drafts(self):
        draft = self.rubric.copy({"version": "新"})
        indicator = draft.indicator_ids[0]
        vals = {"predecessor_ids": [[3, indicator.predecessor_ids.id, 0]]}
        for role in ("reporter", "leader", "assessor", "head", "leadership", "nobody", "other"):
            with self.subTest(role=role):
                self.refuse(role, indicator, "write", vals=vals)
                self.refuse(role, draft, "write", vals={"former_id": False})
        for rubric in (self.rubric, self.cycle.rubric_id):
            fixed = rubric.indicator_ids[0]
            self.refuse("division", fixed, "write", vals={"predecessor_ids": [[5, 0, 0]]})
            self.refuse("division", rubric, "write", vals={"former_id": draft.id})
        self.allow("division", indicator, "write", vals=vals)
        self.assertEqual(indicator.place, "new")
