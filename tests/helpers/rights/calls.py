"""On which records the public methods are tried, and who may call them."""

from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

from openpyxl import Workbook, load_workbook

from ...start.starting import make_roster, save
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


def assignment_dialog(case):
    """Return a dialog in which the head takes everybody off a survey that is begun."""
    dialogs = case.env["it.kpi.assignment.wizard"].with_user(case.users["head"])
    values = {"form_ids": survey(case).ids, "assigned": {str(survey(case).id): []}}
    return dialogs.create({**values, "reason": "换人"}).sudo()


def get_order(short_name):
    """Return a function that finds the rectification order of a unit."""
    return lambda case: case.env["it.kpi.rectification"].search(
        [("unit_id.short_name", "=", short_name), ("cycle_id", "=", case.published.id)]
    )


def own_result(case):
    return case.published.publication_id.result_ids.filtered(
        lambda result: result.unit_id.short_name == "利州"
    )


def get_objection(short_name):
    """Return a function that finds the objection of a unit to the published result."""
    return lambda case: case.env["it.kpi.objection"].search(
        [("unit_id.short_name", "=", short_name), ("cycle_id", "=", case.published.id)]
    )


def get_allocation(case):
    return case.allocation


def get_draft_allocation(case):
    return case.revised.publication_id.allocation_ids


def make_bases(case=None):
    """Return a workbook of bases in base64, as a text."""
    book = Workbook()
    book.active.append(("单位", "基数（元）"))
    stream = BytesIO()
    book.save(stream)
    return b64encode(stream.getvalue()).decode()


def bases_dialog(case):
    values = {"allocation_id": get_draft_allocation(case).id, "file": make_bases()}
    return case.open_as_division("bases", values)


def get_commendation(case):
    return case.commendation


def get_calibration(case):
    return case.calibration


def get_draft_calibration(case):
    """Return a round that can be opened: its units have self-assessments."""
    return case.draft_calibration


def own_sheet(case):
    """Return the assessor's sheet of a round, every line marked."""
    sheets = case.calibration.sheet_ids
    sheet = sheets.filtered(lambda row: row.user_id == case.users["assessor"])
    sheet.line_ids.not_applicable = True
    return sheet


def objection_to_decide(case):
    """Return a received objection with its decision entered."""
    objection = get_objection("昭化")(case)
    objection.line_ids.write({"decision": "maintained", "decision_reason": "查"})
    return objection


def to_sign(case):
    """Return an objection that waits for its leader's signature."""
    objection = get_objection("利州")(case)
    objection.state = "to_sign"
    return objection


def proposed(case):
    """Return a year whose proposed result is shown to the units."""
    if case.review.state == "review":
        case.review.rubric_id.notice_days = 5
        case.review.with_user(case.users["division"]).action_propose()
    return case.review


def approved_with_notice(case):
    """Return a year that is approved, and whose rubric demands a public notice."""
    case.review.rubric_id.notice_days = 5
    return case.review


def corrected(case):
    """Return a year whose proposed result an objection corrected, after the notice."""
    cycle = proposed(case)
    result = cycle.proposal_id.result_ids[0]
    case.env["it.kpi.objection"].create(
        {
            "result_id": result.id,
            "state": "decided",
            "upheld_count": 1,
            "reopened_at": cycle.notice_until,
            "outdated_proposal_id": cycle.proposal_id.id,
            "carried_out_at": cycle.notice_until,
        }
    )
    cycle.notice_until = "2026-01-01 00:00:00"
    return cycle


def to_approve_again(case):
    cycle = corrected(case)
    cycle.approved_by_id = False
    return cycle


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


def overdue_form(case):
    case.pass_deadline(case.cycle)
    return own_form(case)


def get_new_unit(cycle):
    return cycle.env["it.kpi.unit"].create({"name": "新设单位", "short_name": "新设"})


def proposed_head(case):
    case.account.is_proposed_head = True
    return case.account


def account_dialog(case):
    return case.open_as_division("account", {"name": "又一人", "login": "one_more"})


def opening_dialog(case):
    return case.open_as_division("opening", {"cycle_id": case.draft_cycle.id})


def start_of_unnamed(case):
    """Return the start page's model, in a bureau that nobody has named."""
    case.env.company.name = f"My Company ({case.env.company.id})"  # names are unique
    return case.env["it.kpi.start"]


def without_rubric(case):
    """Return the model of rubrics, in a bureau that works in another company than they lie in."""
    other = case.env["res.company"].create({"name": "邻市交通运输局"})
    case.env.flush_all()
    # Rubrics of several bureaus may have the same version.
    case.env.cr.execute(
        "UPDATE it_kpi_rubric SET company_id = %s, version = version || id WHERE cycle_id IS NULL",
        [other.id],
    )
    case.env.invalidate_all()
    return case.env["it.kpi.rubric"]


def roster_dialog(case):
    """Return the dialog of 单位和人员.xlsx with a unit that is not there yet."""
    content = save(make_roster([("新单位", None, "直属单位")]))
    dialog = case.open_as_division("roster", {"file": b64encode(content)})
    dialog.sudo(False).action_check()
    return dialog


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
        cls.review.with_user(cls.users["division"]).action_start_review("按期转入")
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
        """Open a dialog on a form, or a unit, filled in so that its button works."""
        if name == "sign":
            form.state = "to_sign"
        vals = {
            "extend": {"form_id": form.id, "until": "2099-12-31 00:00:00", "reason": "补报"},
            "reason": {"act": "record_unfiled", "res_id": form.id, "reason": "未报"},
            "return": {"form_id": form.id},
            "withdraw": {"form_id": form.id, "reason": "并入市局", "decision": "广编办〔2099〕3号"},
            "rename": {
                **{"unit_id": form.id, "name": "改", "short_name": "改", "kind": "direct"},
                "reason": "机构改革",
            },
            "sign": {"form_id": form.id, "signature": SIGNATURE},
            "hand.over": {"form_id": form.id},
            "offline": {"form_id": form.id},
            "objection.sign": {"objection_id": form.id, "signature": SIGNATURE},
            "assign": {"form_id": form.id, "reason": "换人"},
            "cycle": {"cycle_id": form.id, "act": "move_deadline", "reason": "检修"},
            "incident": {"incident_id": form.id, "act": "lift", "decision": "撤", "reason": "误记"},
        }[name]
        dialog = cls.env[f"it.kpi.{name}.wizard"].with_user(cls.users[role]).create(vals)
        if name == "return":
            dialog.line_ids[0].write({"is_returned": True, "reason": "补充"})
        if name == "offline":
            cls.upload_change(dialog)
        return dialog.sudo()

    @classmethod
    def open_as_division(cls, name, vals):
        """Open a dialog that is about no form."""
        user = cls.users["division"]
        return cls.env[f"it.kpi.{name}.wizard"].with_user(user).create(vals).sudo()

    @staticmethod
    def upload_change(dialog):
        """Put a filled-in workbook into the dialog and check it."""
        book = load_workbook(BytesIO(dialog.form_id._offline_workbook()))
        book["自评表"]["G7"] = "备注"
        stream = BytesIO()
        book.save(stream)
        dialog.file = b64encode(stream.getvalue())
        dialog.action_check()
