"""Every pair of moves that can meet on one record, as two real requests at the same moment.

The pairs come from the tables ``_moves``: all moves that leave the same state, each also with
itself, and each with what may be written in that state. Whatever the two came to must be what one
after the other comes to, in one of the two orders: the same answers, the same states and marks,
the same log. The second user is told so in a sentence; nothing crashes.
"""

from odoo import Command
from odoo.tests import tagged

from ..helpers.common import SIGNATURE
from ..helpers.parallel import Act
from ..helpers.parallel_http import HttpYear
from ..helpers.parallel_year import REASON, SIGNED
from ..helpers.rights.moves import get_method

# Who makes a move that somebody else makes at the same moment, and what is sent with it.
PEOPLE = {"leader": "leader 2", "assessor": "assessor 2", "head": "head 2",
          "division": "division 2"}  # fmt: skip
DECIDED = ("广编办〔2099〕3号", *REASON)
GIVEN = {
    **dict.fromkeys(("submit", "sign", "confirm", "sign_plan", "sign_report"), SIGNED),
    "lift": DECIDED,
    "correct": ({"decision": "改"}, *DECIDED),
    **dict.fromkeys(
        ("hand_over", "recall", "withdraw_signature", "issue", "verify", "close", "open", "approve",
         "propose", "publish", "archive"),
        (),
    ),
}  # fmt: skip
# Possible only after a revision, which the orders of this test do not see.
LEFT_OUT = {("it.kpi.rectification", "withdraw")}
# The rubric of these years has no public notice.
STATES_LEFT_OUT = {("it.kpi.cycle", "proposed")}
# What people write while others move the record: {model: {name: (person, states, act)}}.
WRITES = {
    "it.kpi.assessment": {
        "mark": ("reporter", ("draft",)),
        "attach": ("leader 2", ("returned",)),
        "extend": ("division 2", ("draft", "to_sign")),
    },
    "it.kpi.survey": {
        "mark": ("assessor 2", ("draft", "confirmed")),
        "attach": ("assessor 2", ("draft",)),
        "unassign": ("head 2", ("draft",)),
    },
    "it.kpi.rectification": {"measure": ("reporter", ("issued", "planned"))},
}


@tagged("post_install", "-at_install")
class TestHttpPairs(HttpYear):
    def get_pairs(self, model):
        """Yield ``(state, name, name)``: a move, and a move or something that is written."""
        record = self.env[model]
        for state in dict(record._fields["state"].selection):
            if (model, state) in STATES_LEFT_OUT:
                continue
            moves = [
                name
                for name, move in record._moves.items()
                if state in move.origins and (model, name) not in LEFT_OUT
            ]
            writes = [name for name, (_who, states) in WRITES.get(model, {}).items()
                      if state in states]  # fmt: skip
            yield from ((state, *pair) for pair in self.pair(moves))
            yield from ((state, move, name) for move in moves for name in writes)

    def get_act(self, record, name, second):
        """Return the act of a move or of a writing; the second of a pair is by another person."""
        if name not in record._moves:
            person = WRITES[record._name][name][0]
            return Act(person, *getattr(self, f"get_{name}")(record))
        role = record._moves[name].roles[0]
        person = PEOPLE.get(role, role) if second and name != "withdraw_signature" else role
        return Act(person, record, get_method(record._name, name), self.get_given(record, name))

    def get_given(self, record, name):
        """Return the arguments of a move: those of its own, or a reason."""
        own = getattr(self, f"get_given_{name}", None)
        return own(record) if own else GIVEN.get(name, REASON)

    def get_given_return(self, form):
        return ({str(form.line_ids[0].id): "补充"},)

    def get_given_withdraw(self, form):
        return (*REASON, DECIDED[0])

    def get_given_reassign(self, survey):
        return (self.users["assessor"].ids, *REASON)

    def get_given_move_deadline(self, cycle):
        return (f"{cycle.year}-12-20 00:00:00", *REASON)

    def get_given_add_units(self, cycle):
        return (self.get_unit("朝天").ids, *REASON)

    def get_mark(self, form):
        return form.line_ids[0], "write", ({"grade_id": self.grades["C"]},)

    def get_attach(self, form):
        file = Command.create({"name": "证明.txt", "raw": "MQ=="})
        return form.line_ids[0], "write", ({"attachment_ids": [file]},)

    def get_extend(self, form):
        return form, "action_extend", (f"{form.cycle_id.year}-12-31 00:00:00", "补报")

    def get_unassign(self, survey):
        return survey, "write", ({"assessor_ids": [Command.unlink(self.users["assessor"].id)]},)

    def get_measure(self, order):
        return order.measure_ids, "write", ({"done": False},)

    # The forms: a unit of one open year for every play.

    def check_forms(self, model):
        late = [pair for pair in self.get_pairs(model) if "record_unfiled" in pair]
        self.check_pairs(model, [pair for pair in self.get_pairs(model) if pair not in late])
        if late:
            self.check_pairs(model, late, late=True)

    def check_pairs(self, model, pairs, late=False):
        cycle = self.open_many(3 * len(pairs))
        if late:
            self.pass_deadline(cycle)
        forms = iter(cycle[f"{model.rpartition('.')[2]}_ids"])
        for state, first, second in pairs:

            def prepare(state=state, names=(first, second)):
                form = next(forms)
                self.put(form, state, names)
                acts = [self.get_act(form, name, n) for n, name in enumerate(names)]
                return form, acts

            self.check_pair(prepare, self.describe_form, (model, state, first, second))

    def put(self, form, state, names):
        form.state = state
        if state == "returned":
            form.line_ids[0].write({"returned": True, "return_reason": "补充"})
        if state == "withdrawn":
            for part in (form, form.survey_ids):
                part.write({"state": "withdrawn", "withdrawn_from": "draft"})
        if form._name == "it.kpi.survey":
            form.assessment_id.state = "submitted"
            self.put_signature(form, "assessor 2")
            if "sign" not in names:
                self.put_signature(form, "assessor")

    def describe_form(self, form):
        fields = ["state", "version", "lock_reason"]
        more = {
            "it.kpi.assessment": ["signed_by_id", "extended_until", "unfiled_reason"],
            "it.kpi.survey": ["confirmed_by_id", "assessor_ids"],
        }
        lines = [
            (line.grade_id.code, line.score, len(line.attachment_ids)) for line in form.line_ids
        ]
        signed = form.signature_ids.mapped("name") if form._name == "it.kpi.survey" else []
        return f"{self.describe_log(form, fields + more[form._name])} {lines} {signed}"

    def describe_log(self, record, fields):
        [values] = record.read(fields)
        written = record.message_ids.filtered("body")  # the others track what the test prepared
        log = sorted(f"{entry.author_id.name}: {entry.body}" for entry in written)
        return f"{ {name: values[name] for name in fields} } {log}"

    def test_self_assessments(self):
        self.check_forms("it.kpi.assessment")

    def test_surveys(self):
        self.check_forms("it.kpi.survey")

    def test_orders(self):
        pairs = list(self.get_pairs("it.kpi.rectification"))
        cycle = self.open_many(3 * len(pairs))
        cycle.assessment_ids.write({"state": "submitted"})
        cycle.survey_ids.write({"state": "confirmed"})
        results = self.publish(cycle).result_ids
        orders = iter(self.env["it.kpi.rectification"]._draw_up(results))
        for state, first, second in pairs:

            def prepare(state=state, names=(first, second)):
                order = next(orders)
                self.complete(order, state)
                return order, [self.get_act(order, name, n) for n, name in enumerate(names)]

            self.check_pair(prepare, self.describe_order, (state, first, second))

    def complete(self, order, state):
        measure = {
            "name": "整改",
            "owner": "某人",
            "due_date": order.report_until,
            "weakness_ids": order.weakness_ids.ids,
            "done": state != "issued",
        }
        order.write(
            {
                "measure_ids": [Command.create(measure)],
                "verifier_id": self.users["assessor"].id,
                "state": state,
                "report": "报",
                "effectiveness": "好",
                "report_signature": SIGNATURE,
            }
        )

    def describe_order(self, order):
        fields = ["state", "return_reason", "plan_signed_by_id", "report_signed_by_id"]
        done = order.measure_ids.mapped("done")
        return f"{self.describe_log(order, fields)} {done}"

    # The year as a whole: a small one for every play.

    def test_years(self):
        for state, first, second in self.get_pairs("it.kpi.cycle"):

            def prepare(state=state, names=(first, second)):
                type(self).year += 1
                cycle = self.put_cycle(state, names)
                return cycle, [self.get_act(cycle, name, n) for n, name in enumerate(names)]

            self.check_pair(prepare, lambda cycle: self.describe(), (state, first, second))

    def put_cycle(self, state, names):
        if state == "draft":
            return self.make_cycle()
        if state == "open":
            self.play_open("submitted", survey_state="confirmed", signed=False)
        elif "drop_revision" in names or state in ("published", "archived"):
            cycle = self.play_published()
            if state == "review":
                cycle.with_user(self.users["division"]).action_revise("申诉成立")
            cycle.state = state
        else:
            self.play_review("approve" not in names)
        return self.cycle

    def test_incidents(self):
        type(self).year += 1
        self.play_open("submitted", survey_state="confirmed")
        days = iter(range(1, 29))

        def prepare():
            day = f"{self.year}-06-{next(days):02}"
            incident = self.record_incident("利州", "leak", day)
            return incident, [self.get_act(incident, name, n) for n, name in enumerate(names)]

        def describe(incident):
            return self.describe_log(incident, ["state", "decision", "lift_decision"])

        for _state, *names in self.get_pairs("it.kpi.incident"):
            self.check_pair(prepare, describe, names)
