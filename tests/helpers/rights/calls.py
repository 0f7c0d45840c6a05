"""On which records the public methods are tried, and who may call them."""

from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

from openpyxl import load_workbook

from ..common import EXAMPLE, SIGNATURE
from .years import Years


class Call(NamedTuple):
    """Who may call a method, on which records, with what; ``state`` is where it is possible.

    An argument that depends on the records is a function of them. ``service`` is the model whose
    method it is, where a method is not called on records but with the id of one: ``cycle_id``.
    """

    roles: tuple[str, ...]
    records: Callable
    arguments: dict = {}
    state: str | None = None
    service: str | None = None

    def get_target(self, records):
        """Return what the method is called on."""
        return records.env[self.service] if self.service else records

    def get_arguments(self, records):
        """Return the arguments for these records."""
        arguments = {
            name: value(records) if callable(value) else value
            for name, value in self.arguments.items()
        }
        return {"cycle_id": records.id, **arguments} if self.service else arguments


def own_form(case):
    return case.forms["利州"]


def submitted_form(case):
    return case.forms["昭化"]


def survey(case):
    return case.surveys["昭化"]


def signed_survey(case):
    case.put_signature(survey(case), "assessor")
    return survey(case)


def get_order(short_name):
    """Return a function that finds the rectification order of a unit."""
    return lambda case: case.env["it.kpi.rectification"].search(
        [("unit_id.short_name", "=", short_name), ("cycle_id", "=", case.published.id)]
    )


def own_result(case):
    return case.published.publication_id.result_ids.filtered(
        lambda result: result.unit_id.short_name == "利州"
    )


def own_line(case):
    return own_result(case).line_ids[:1]


def own_job(case):
    return case.env["it.kpi.job"].search([("user_id", "=", case.users["division"].id)])


def live_scores(case):
    return case.env["it.kpi.ranking"].search([("cycle_id", "=", case.review.id)])


def live_lines(case):
    """Return live lines of a year in which the head's own unit does not take part."""
    return case.env["it.kpi.ranking.line"].search(
        [("cycle_id", "=", case.review.id), ("kind", "=", "assessment")]
    )


def live_changes(case):
    return case.env["it.kpi.ranking.change"].search([("cycle_id", "=", case.revised.id)])


def own_change(case):
    return case.env["it.kpi.result.change"].search(
        [("cycle_id", "=", case.revised.id), ("unit_id.short_name", "=", "利州")]
    )


def review(case):
    return case.review


class Calls(Years):
    """What the calls are made on, beside the years, and the dialogs that they are made from."""

    @classmethod
    def set_up_calls(cls):
        cls.draft_rubric = cls.rubric.copy({"version": "草稿"})
        cls.draft_cycle = cls.env["it.kpi.cycle"].create(
            {"year": 2097, "source_rubric_id": cls.rubric.id, "unit_ids": cls.units.ids}
        )
        # 青川 is the head's own unit: a head may approve only where it does not take part.
        others = {name: marks for name, marks in EXAMPLE.items() if name != "青川"}
        cls.review = cls.open_cycle(cls.units - cls.get_unit("青川"), year=2096)
        cls.file_forms(cls.review, others)
        cls.review.with_user(cls.users["division"]).action_start_review()
        cls.review.with_user(cls.users["head"]).action_approve()
        cls.fill(survey(cls), "B" * 16)
        survey(cls).visit_date = "2099-11-20"
        first = cls.revised.publication_ids.filtered(lambda row: row.revision == 1)
        cls.superseded_order = cls.env["it.kpi.rectification"]._draw_up(first.result_ids[:1])
        cls.incident = cls.env["it.kpi.incident"].search(
            [("year", "=", 2099), ("unit_id", "in", cls.units.ids)], limit=1
        )

    @classmethod
    def open_dialog(cls, name, role, form):
        """Open a dialog, filled in so that its button works; the form is put where it may."""
        if name == "sign":
            form.state = "to_sign"
        vals = {
            "extend": {"form_id": form.id, "until": "2099-12-31 00:00:00", "reason": "补报"},
            "reason": {"act": "record_unfiled", "res_id": form.id, "reason": "未报"},
            "return": {"form_id": form.id},
            "sign": {"form_id": form.id, "signature": SIGNATURE},
            "offline": {"form_id": form.id},
        }[name]
        dialog = cls.env[f"it.kpi.{name}.wizard"].with_user(cls.users[role]).create(vals)
        if name == "return":
            dialog.line_ids[0].write({"is_returned": True, "reason": "补充"})
        if name == "offline":
            cls.upload_change(dialog)
        return dialog.sudo()

    @staticmethod
    def upload_change(dialog):
        """Put a filled-in workbook into the dialog and check it."""
        book = load_workbook(BytesIO(dialog.form_id._offline_workbook()))
        book["自评表"]["G7"] = "备注"
        stream = BytesIO()
        book.save(stream)
        dialog.file = b64encode(stream.getvalue())
        dialog.action_check()
