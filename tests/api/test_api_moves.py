"""Every state x move x person of every state machine, each tried from outside.

The tables ``_moves`` say what must happen; nothing here repeats them. Every attempt is a request
of its own to the server (JSON-2 with the person's key). What a table allows works, leads where
the table says and is logged; everything else is refused with a sentence that names the
roles or the state, and leaves every table of the addon, its log and its files as they were.

All that a move demands beside state and role (marks, explanations, signatures, approval, terms)
is fulfilled in every state, so that a refusal can come from the table only.
"""

import inspect
from contextlib import contextmanager

from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged

from odoo.addons.it_kpi_assessment.const import ROLES as WORDS

from ..helpers.common import EXAMPLE, ROLES, SIGNATURE
from ..helpers.rights.calls import own_sheet
from ..helpers.rights.moves import get_method
from ..helpers.rights.rpc import RpcCase

REFUSALS = ("odoo.exceptions.AccessError", "odoo.exceptions.UserError")


def get_new_units(cycle):
    """Return units of the bureau that do not take part in the year."""
    units = cycle.env["it.kpi.unit"].search([("company_id", "=", cycle.company_id.id)])
    return units - cycle.unit_ids


# What a move may ask for, by the name of the argument.
ARGUMENTS = {
    "reason": lambda record: "经核查",
    "reasons": lambda record: {str(record.line_ids[0].id): "补充"},
    "signature": lambda record: SIGNATURE,
    "accepted": lambda record: True,
    "decision": lambda record: "更正〔2099〕1号",
    "values": lambda record: {"kind": "network_security"},
    "until": lambda record: f"{record.year}-12-20 00:00:00",
    "unit_ids": lambda record: get_new_units(record).ids,
    "assessor_ids": lambda record: record.assessor_ids.ids,
    "line_id": lambda record: record.line_ids[:1].id,
}
# Who plays which roles towards the records below, all of the unit 利州. The stranger has the
# roles in another unit; the member of the group belongs to 利州, and so has to keep out of it.
PLAYS = {
    **{role: {role} for role in ROLES},
    "admin": {"division"},  # a member of the division
    "nobody": set(),
    "system": set(),
    "stranger": set(),
    "member": set(),
    "other": set(),
}
FREE_OF_AVOIDANCE = {"member": {"assessor", "head"}}  # where no unit is concerned


def make_cycle(case, state):
    """Play a year up to a state."""
    states = ("draft", "open", "review", "proposed", "published", "archived")
    if state == "draft":
        values = {"year": 2090, "source_rubric_id": case.rubric.id}
        return case.env["it.kpi.cycle"].create({**values, "unit_ids": case.units.ids})
    units = case.units - case.get_unit("青川")  # the head's own: a head of it does not approve
    cycle = case.open_cycle(units, year=2090)
    case.file_forms(cycle, {name: EXAMPLE[name] for name in units.mapped("short_name")})
    if states.index(state) >= states.index("review"):
        case.as_role("division", cycle).action_start_review("按期转入")
        case.as_role("head", cycle).action_approve()
    if state == "proposed":
        cycle.rubric_id.notice_days = 5
        case.as_role("division", cycle).action_propose()
    if states.index(state) >= states.index("published"):
        case.as_role("division", cycle).action_publish()
    if state == "archived":
        case.as_role("division", cycle).action_archive_cycle()
    return cycle


def make_rubric(case, state):
    rubric = case.rubric.copy({"version": "试"})
    rubric.state = state
    return rubric


def make_assessment(case, state):
    form = case.forms["利州"]
    form.state = state
    if state == "returned":
        form.line_ids[0].write({"returned": True, "return_reason": "补充"})
    return form


def make_survey(case, state):
    case.forms["利州"].state = "submitted"
    survey = case.surveys["利州"]
    case.fill(survey, "B" * 16)
    survey.visit_date = "2099-11-20"
    survey.state = state
    return survey


def sign_survey(case, survey):
    case.put_signature(survey, "assessor")


def make_incident(case, state):
    incident = case.record_incident("利州", "leak")
    incident.state = state
    return incident


def make_rectification(case, state):
    order = case.env["it.kpi.rectification"].search(
        [("unit_id", "=", case.own_unit.id), ("cycle_id", "=", case.published.id)]
    )
    order.verifier_id = case.users["assessor"]
    order.measure_ids.weakness_ids = order.weakness_ids
    order.state = state
    return order


def make_objection(case, state):
    objection = case.env["it.kpi.objection"].search(
        [("unit_id", "=", case.own_unit.id), ("cycle_id", "=", case.published.id)]
    )
    objection.line_ids.write({"decision": "corrected", "decision_reason": "查"})
    objection.state = state
    return objection


def make_allocation(case, state):
    case.allocation.state = state
    return case.allocation


def make_commendation(case, state):
    case.commendation.state = state
    return case.commendation


def make_calibration(case, state):
    calibration = case.calibration if state != "draft" else case.draft_calibration
    calibration.state = state
    return calibration


def make_sheet(case, state):
    sheet = own_sheet(case)
    sheet.state = state
    return sheet


MAKERS = {
    "it.kpi.cycle": make_cycle,
    "it.kpi.rubric": make_rubric,
    "it.kpi.assessment": make_assessment,
    "it.kpi.survey": make_survey,
    "it.kpi.incident": make_incident,
    "it.kpi.rectification": make_rectification,
    "it.kpi.objection": make_objection,
    "it.kpi.allocation": make_allocation,
    "it.kpi.commendation": make_commendation,
    "it.kpi.calibration": make_calibration,
    "it.kpi.calibration.sheet": make_sheet,
}


def begin_revision(case, cycle):
    if cycle.state == "review":
        case.as_role("division", cycle).action_publish()
        case.as_role("division", cycle).action_revise("申诉成立")


def demand_notice(case, cycle):
    if cycle.state == "review":
        cycle.rubric_id.notice_days = 5


def end_notice(case, cycle):
    if cycle.state == "proposed":
        cycle.notice_until = "2026-01-01 00:00:00"


def correct(case, cycle):
    """Let an objection to the proposed result be upheld and carried out, and the notice be over."""
    if cycle.state == "proposed":
        case.env["it.kpi.objection"].create(
            {
                "result_id": cycle.proposal_id.result_ids[0].id,
                "state": "decided",
                "outdated_proposal_id": cycle.proposal_id.id,
            }
        )
        end_notice(case, cycle)


def supersede(case, order):
    """Let another publication be the current one, in which the order's unit is not to rectify."""
    order.cycle_id.publication_id = case.revised.publication_id


# What only one move of a record demands.
DEMANDS = {
    ("it.kpi.cycle", "drop_revision"): begin_revision,
    ("it.kpi.cycle", "propose"): demand_notice,
    ("it.kpi.cycle", "approve_again"): correct,
    ("it.kpi.cycle", "renew_notice"): correct,
    ("it.kpi.cycle", "publish"): end_notice,
    ("it.kpi.assessment", "record_unfiled"): lambda case, form: case.pass_deadline(form.cycle_id),
    ("it.kpi.rectification", "withdraw"): supersede,
    ("it.kpi.survey", "withdraw_signature"): sign_survey,
    ("it.kpi.survey", "confirm"): sign_survey,
}


@tagged("post_install", "-at_install")
class TestApiMoves(RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["admin"].lang = "en_US"
        system = new_test_user(cls.env, "test_system", groups="base.group_system", lang="en_US")
        stranger = cls.make_person("stranger", "reporter", "leader", "assessor")
        member = cls.make_person("member", "assessor", "head")
        cls.let_in({"system": system, "stranger": stranger, "member": member})
        neighbour = cls.get_unit("昭化")
        neighbour.write({"reporter_ids": stranger.ids, "leader_ids": stranger.ids})
        cls.surveys["朝天"].assessor_ids = stranger
        cls.surveys["利州"].assessor_ids = cls.users["assessor"]
        cls.own_unit.member_ids = member
        cls.env.flush_all()

    @classmethod
    def make_person(cls, name, *roles):
        """Return a new user who holds several roles."""
        person = cls.new_user(roles[0], f"test_{name}")
        for role in roles[1:]:
            person.group_ids += cls.env.ref(f"it_kpi_assessment.group_{role}")
        return person

    @classmethod
    def get_machines(cls):
        """Return the names of all models that move."""
        return [name for name in cls.get_own_models() if getattr(cls.env[name], "_moves", None)]

    def get_roles(self, person, record):
        """Return the roles that a person plays towards a record; a sheet is one person's own."""
        if record._name == "it.kpi.calibration.sheet":
            return {"assessor"} if self.users[person] == record.user_id else set()
        free = "unit_id" not in record._fields and record._name != "it.kpi.cycle"
        return PLAYS[person] | (FREE_OF_AVOIDANCE.get(person, set()) if free else set())

    def get_arguments(self, record, method):
        """Return what the method asks for, by the names of its arguments."""
        parameters = inspect.signature(getattr(record, method)).parameters.values()
        names = [
            each.name
            for each in parameters
            if each.default is inspect.Parameter.empty or each.name in ARGUMENTS
        ]
        return {name: ARGUMENTS[name](record) for name in names}

    def test_every_machine_and_every_move_is_tried(self):
        """A new model with moves, or a new move, fails here and names what the tests below need."""
        self.assertEqual(set(MAKERS), set(self.get_machines()))
        self.assertEqual(set(PLAYS), set(self.users))
        for model in MAKERS:
            record = self.env[model]
            states = dict(record._fields["state"].selection)
            for name, move in record._moves.items():
                with self.subTest(model=model, move=name):
                    get_public_method(record, get_method(model, name))
                    self.assertLessEqual({*move.origins, move.target}, set(states))
                    self.assertLessEqual(set(move.roles), set(ROLES))

    def test_every_state_move_and_person(self):
        for model in self.get_machines():
            for state in dict(self.env[model]._fields["state"].selection):
                with self.undo():
                    record = MAKERS[model](self, state)
                    self.flush_tracking()
                    self.assertEqual(record.state, state)
                    for name in self.env[model]._moves:
                        with self.subTest(model=model, state=state, move=name), self.undo():
                            DEMANDS.get((model, name), lambda case, record: None)(self, record)
                            self.flush_tracking()
                            self.try_move(record, name)

    @contextmanager
    def undo(self):
        """Leave nothing behind of what is done inside."""
        with self.env.cr.savepoint() as savepoint:
            yield
            self.env.flush_all()
            savepoint.rollback()
        self.env.invalidate_all()
        self.forget_snapshot()

    def try_move(self, record, name):
        """Let everybody try a move: first all who may not, then those who may."""
        move = record._moves[name]
        method = get_method(record._name, name)
        arguments = self.get_arguments(record, method)
        allowed = [
            person
            for person in PLAYS
            if record.state in move.origins and self.get_roles(person, record) & {*move.roles}
        ]
        before = self.take_snapshot()
        for person in PLAYS.keys() - set(allowed):
            status, answer = self.rpc(person, record._name, method, record.ids, **arguments)
            self.check_refusal(person, record, move, status, answer)
        if allowed:
            self.check_not_smuggled(allowed[0], record, method, arguments)
        self.assertEqual(self.take_snapshot(), before, "a refusal changed something")
        for person in allowed:
            with self.subTest(person=person), self.undo():
                last = max(record.message_ids.ids, default=0)
                self.allow(person, record, method, **arguments)
                self.check_moved(person, record, move, last)

    def check_not_smuggled(self, person, record, method, arguments):
        """What is another bureau's does not move along with a record that may."""
        foreign = record.search([("company_id", "=", self.other.id)], limit=1)
        self.assertTrue(foreign)
        status, answer = self.rpc(person, record._name, method, (record + foreign).ids, **arguments)
        self.assertNotEqual(status, 200, (person, record, method, answer))

    def check_refusal(self, person, record, move, status, answer):
        """The answer names the roles or the state, if the record is the person's to read."""
        attempt = (person, record, record.state, move.label, answer)
        self.assertIn(status, (403, 422), attempt)
        self.assertIn(answer["name"], REFUSALS, attempt)
        user = self.users[person]
        seen = record.with_user(user).with_context(lang=user.lang)
        if seen.has_access("read"):
            message = answer["message"].casefold()
            roles = [seen.env._(WORDS[role]) for role in move.roles]
            state = seen._get_state_label(record.state).casefold()
            if self.get_roles(person, record) & {*move.roles}:
                self.assertIn(state, message, attempt)
            else:
                self.assertTrue(state in message or all(r in message for r in roles), attempt)
        else:
            self.assertEqual(answer["name"], "odoo.exceptions.AccessError", attempt)

    def check_moved(self, person, record, move, last):
        """The record is in the state that the table names, and its log names the user."""
        self.assertEqual(record.state, move.target)
        author = self.users[person]
        label = record.with_context(lang=author.lang).env._(move.label)
        entries = record.message_ids.filtered(lambda entry: entry.id > last)
        self.assertTrue(
            any(e.author_id == author.partner_id and label in e.body for e in entries),
            entries.mapped("body"),
        )
