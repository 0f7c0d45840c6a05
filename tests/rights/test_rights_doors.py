"""The side doors: dialogs, printed documents, downloads, pictures of a form."""

from odoo import Command
from odoo.tests import tagged

from ..helpers.common import SIGNATURE
from ..helpers.rights.rpc import RpcCase


@tagged("post_install", "-at_install")
class TestRightsDoors(RpcCase):
    def point_at(self, record, field):
        """Return what a field of a dialog is set to, to be about this record."""
        return [Command.set(record.ids)] if field.endswith("_ids") else record.id

    def test_dialogs_show_no_form_that_one_cannot_read(self):
        """A dialog is a record of one's own: it must not read a foreign form for its owner."""
        foreign, theirs = self.forms["昭化"], self.other_cycle.assessment_ids
        dialogs = [self.env[f"it.kpi.{name}.wizard"] for name in ("sign", "return", "survey.sign")]
        shown = (
            {"progress": {}, "shown_total": {}, "findings": {}},
            {"line_ids": {"fields": {"grade_id": {}, "explanation": {}}}},
            {
                "progress": {},
                "visit_date": {},
                "findings": {},
                "shown_total": {},
                **dict.fromkeys(("form_ids", "ready_ids"), {"fields": {"display_name": {}}}),
            },
        )
        for role, dialog, form, fields in (
            ("leader", dialogs[0], foreign, shown[0]),
            ("leader", dialogs[0], self.forms["朝天"], shown[0]),
            ("division", dialogs[1], theirs, shown[1]),
            ("other", dialogs[0], foreign, shown[0]),
            ("other", dialogs[1], foreign, shown[1]),
            ("assessor", dialogs[2], self.surveys["利州"], shown[2]),
            ("head", dialogs[2], self.surveys["青川"], shown[2]),
            ("other", dialogs[2], self.surveys["昭化"], shown[2]),
        ):
            with self.subTest(role=role, form=form):
                name = "form_id" if "form_id" in dialog._fields else "form_ids"
                values = {name: self.point_at(form, name)}
                self.refuse(role, dialog, "web_save", vals=values, specification=fields)
                for changed in ([], [name]):
                    self.refuse(role, dialog, "onchange", values=values, field_names=changed,
                                fields_spec=fields)  # fmt: skip
                self.refuse(role, dialog, "web_save", vals={}, specification=fields,
                            context={"active_id": form.id})  # fmt: skip

    def test_a_dialog_about_a_hidden_form_is_not_kept(self):
        """Not even the name of the form comes back, for any dialog about a form."""
        fields = {"form_id": {"fields": {"display_name": {}}}}
        until = {"until": "2099-12-31 00:00:00", "reason": "补报"}
        for name, values in (("sign", {}), ("hand.over", {}), ("return", {}), ("extend", until)):
            with self.subTest(dialog=name):
                values = {**values, "form_id": self.forms["昭化"].id}
                dialog = self.env[f"it.kpi.{name}.wizard"]
                self.refuse("other", dialog, "web_save", vals=values, specification=fields)

    def test_a_dialog_about_another_bureau_is_not_opened(self):
        incident = self.env["it.kpi.incident"].search([("year", "=", self.cycle.year)], limit=1)
        grounds = {"decision": "查", "reason": "查"}
        for name, field, record, values in (
            ("cycle", "cycle_id", self.cycle, {"act": "add_units", "reason": "查"}),
            ("incident", "incident_id", incident, {"act": "lift", **grounds}),
            ("assign", "form_id", self.surveys["昭化"], {"reason": "查"}),
            ("assignment", "form_ids", self.surveys["昭化"], {}),
            ("survey.sign", "form_ids", self.surveys["昭化"], {"act": "confirm"}),
        ):
            with self.subTest(dialog=name):
                dialog = self.env[f"it.kpi.{name}.wizard"]
                fields = {field: {"fields": {"display_name": {}}}}
                values = {**values, field: self.point_at(record, field)}
                self.refuse("other", dialog, "web_save", vals=values, specification=fields)
                answer = self.rpc("other", dialog._name, "onchange", values=values,
                                  field_names=[field], fields_spec=fields)[1]  # fmt: skip
                self.assertNotIn(record.display_name, str(answer))

    def test_a_reason_does_not_make_an_act_allowed(self):
        """The dialog for reasons is one for all acts: each act still is for its own role."""
        for role, act, record in (
            ("head", "record_unfiled", self.forms["利州"]),
            ("head", "resume", self.cycle),
            ("division", "reopen", self.surveys["青川"]),
            ("head", "reopen", self.surveys["青川"]),  # the head's own unit
            ("other", "record_unfiled", self.forms["利州"]),
            ("other", "reopen", self.surveys["剑阁"]),
        ):
            with self.subTest(role=role, act=act):
                dialog = self.env["it.kpi.reason.wizard"].with_user(self.users[role]).create(
                    {"act": act, "res_id": record.id, "reason": "试"}
                )  # fmt: skip
                self.refuse(role, dialog, "action_confirm")

    def get_hidden(self):
        """Return a role per model, and a record that it does not read."""
        return {
            "it.kpi.assessment": ("reporter", self.forms["昭化"]),
            "it.kpi.survey": ("reporter", self.surveys["利州"]),
            "it.kpi.publication": ("reporter", self.published.publication_id),
            "it.kpi.result": (
                "reporter",
                self.published.publication_id.result_ids.filtered(
                    lambda result: result.unit_id.short_name == "昭化"
                ),
            ),
            "it.kpi.rectification": (
                "reporter",
                self.env["it.kpi.rectification"].search([("unit_id.short_name", "=", "朝天")]),
            ),
            "it.kpi.objection": (
                "reporter",
                self.env["it.kpi.objection"].search([("unit_id.short_name", "=", "昭化")]),
            ),
            **{
                model: ("reporter", self.env[model].search([("cycle_id", "=", self.published.id)]))
                for model in ("it.kpi.allocation", "it.kpi.commendation")
            },
            "it.kpi.cycle": ("nobody", self.cycle),
            "it.kpi.account": ("head", self.account),
            "it.kpi.rubric": ("nobody", self.rubric),
        }

    def test_documents_of_what_one_cannot_read(self):
        hidden = self.get_hidden()
        reports = self.env["ir.actions.report"].search([("model", "=like", "it.kpi.%")])
        self.assertTrue(reports)
        for report in reports:
            role, record = hidden[report.model]
            for reader in (role, "nobody", "other"):
                with self.subTest(report=report.report_name, reader=reader):
                    status, content = self.get_page(
                        reader, f"/report/html/{report.report_name}/{record.id}"
                    )
                    self.assertNotEqual(status, 200, content[:2000])

    def test_the_workbook_is_for_who_reads_all(self):
        publication = self.published.publication_id
        for record in (self.cycle, self.published, publication):
            path = f"/it_kpi_assessment/workbook/{record._name}/{record.id}"
            for role in ("reporter", "leader", "assessor", "nobody", "other"):
                with self.subTest(role=role, record=record):
                    self.assertNotEqual(self.get_page(role, path)[0], 200)
        path = f"/it_kpi_assessment/workbook/it.kpi.cycle/{self.published.id}"
        self.assertEqual(self.get_page("division", path)[0], 200)

    def test_the_signature_of_another_unit(self):
        """Neither as a picture nor as a file; who may read the form sees it."""
        form = self.forms["昭化"]
        file = self.env["ir.attachment"].search(
            [("res_model", "=", form._name), ("res_field", "=", "signature"),
             ("res_id", "=", form.id)]
        )  # fmt: skip
        drawn = file.raw
        paths = (
            f"/web/image/it.kpi.assessment/{form.id}/signature",
            f"/web/content/it.kpi.assessment/{form.id}/signature",
            f"/web/image/{file.id}",
            f"/web/content/{file.id}?download=true",
        )
        for path in paths:
            for role in ("reporter", "leader", "nobody", "other"):
                with self.subTest(path=path, role=role):
                    self.assertNotEqual(self.get_page(role, path)[1], drawn)
            self.assertEqual(self.get_page("head", path)[1], drawn)

    def test_the_signatures_below_a_survey(self):
        """They are as closed as the survey: by field, by file, for the user's own unit as well."""
        for name, hidden_from, reader in (
            ("利州", ("reporter", "leader", "assessor", "leadership", "nobody", "other"), "head"),
            ("青川", ("reporter", "assessor", "head", "nobody", "other"), "leadership"),
            ("昭化", ("reporter", "leader", "leadership", "other"), "assessor"),
        ):
            row = self.surveys[name].signature_ids
            file = self.env["ir.attachment"].search(
                [("res_model", "=", row._name), ("res_field", "=", "signature"),
                 ("res_id", "=", row.id)]
            )  # fmt: skip
            drawn = file.raw
            for role in hidden_from:
                with self.subTest(survey=name, role=role):
                    self.refuse(role, row, "read", fields=["name", "signature"])
                    self.refuse(role, file, "read", fields=["datas"])
            for path in (
                f"/web/image/{row._name}/{row.id}/signature",
                f"/web/content/{row._name}/{row.id}/signature",
                f"/web/image/{file.id}",
                f"/web/content/{file.id}?download=true",
            ):
                for role in hidden_from:
                    with self.subTest(path=path, role=role):
                        self.assertNotEqual(self.get_page(role, path)[1], drawn)
                self.assertEqual(self.get_page(reader, path)[1], drawn)

    def test_nobody_signs_a_survey_for_another(self):
        survey = self.surveys["昭化"]
        vals = {"form_id": survey.id, "user_id": self.users["assessor"].id, "name": "代签",
                "signed_at": "2099-11-20 00:00:00", "signature": SIGNATURE}  # fmt: skip
        row = survey.signature_ids
        place = {"res_model": row._name, "res_id": row.id, "res_field": "signature"}
        for role in ("assessor", "head", "division", "admin"):
            with self.subTest(role=role):
                self.refuse(role, row.browse(), "create", vals_list=[vals])
                self.refuse(role, row, "write", vals={"signature": SIGNATURE})
                self.refuse(role, row, "unlink")
                self.refuse(role, survey, "write", vals={"signature_ids": [[0, 0, vals]]})
                file = {"name": "signature", "datas": SIGNATURE, **place}
                self.refuse(role, self.env["ir.attachment"], "create", vals_list=[file])

    def test_a_signature_is_not_forged_as_a_file(self):
        """The field's file is out of reach: it is written by signing only."""
        file = {"name": "signature", "res_field": "signature", "datas": SIGNATURE}
        for role, form in (
            ("reporter", self.forms["利州"]),
            ("leader", self.forms["利州"]),
            ("reporter", self.forms["昭化"]),
            ("division", self.forms["昭化"]),
            ("admin", self.forms["昭化"]),
        ):
            with self.subTest(role=role, form=form):
                place = {"res_model": form._name, "res_id": form.id}
                files = self.env["ir.attachment"]
                self.refuse(role, files, "create", vals_list=[{**file, **place}])
                signed = files.search(
                    [("res_field", "=", "signature"), ("res_id", "=", self.forms["昭化"].id)]
                )
                self.refuse(role, signed, "write", vals={"datas": SIGNATURE})
                self.refuse(role, signed, "unlink")

    def test_a_signature_is_a_picture(self):
        form = self.forms["利州"]
        form.state = "to_sign"
        for signature in ("", "bm8gcGljdHVyZQ=="):
            self.refuse("leader", form, "action_submit", signature=signature)
