"""Who may read, write, create and delete what: the regulation's table of rights, model by model."""

from typing import NamedTuple

from ..common import ROLES
from .years import ASSIGNED

UNIT_STAFF = ("reporter", "leader")
ORDER_UNDER_WAY = ("issued", "planned", "reported", "verified")
FILED = ("submitted", "unfiled")


class Rights(NamedTuple):
    """Which records a role reads, writes and deletes (names of ``SCOPES``), and if it creates."""

    read: str = "none"
    write: str = "none"
    create: bool = False
    unlink: str = "none"


MANAGE = Rights("all", "all", True, "all")
READ = Rights("all")
READ_OWN = Rights("own")
OWN_DIALOGS = Rights("mine", "mine", True)
SETTINGS = {**dict.fromkeys(ROLES, READ), "division": MANAGE}
PUBLISHED = {
    **dict.fromkeys((*UNIT_STAFF,), READ_OWN),
    "assessor": Rights("of the assessor's unit"),
    **dict.fromkeys(("head", "division", "leadership"), READ),
}
# The head's own unit takes part in every year, so that the head reads nothing of it (回避).
LIVE = dict.fromkeys(("division", "leadership"), READ)

# Model -> role -> rights. A role without a row has none.
MATRIX = {
    "it.kpi.rubric": SETTINGS,
    "it.kpi.grade": SETTINGS,
    "it.kpi.dimension": SETTINGS,
    "it.kpi.item": SETTINGS,
    "it.kpi.indicator": SETTINGS,
    "it.kpi.criterion": SETTINGS,
    "it.kpi.veto": SETTINGS,
    "it.kpi.check": SETTINGS,
    "it.kpi.band": SETTINGS,
    "it.kpi.unit": SETTINGS,
    "it.kpi.cycle": SETTINGS,
    "it.kpi.assessment": {
        **dict.fromkeys(UNIT_STAFF, Rights("own", "own, to fill")),
        "assessor": Rights("filed, assigned"),
        "head": Rights("filed"),
        "division": READ,
        "leadership": Rights("filed"),
    },
    "it.kpi.assessment.line": {
        **dict.fromkeys(UNIT_STAFF, Rights("own", "own, to fill")),
        "assessor": Rights("submitted, assigned"),
        "head": Rights("submitted"),
        "division": READ,
        "leadership": Rights("submitted"),
    },
    "it.kpi.survey": {
        **dict.fromkeys(UNIT_STAFF, Rights("own, published")),
        "assessor": Rights("assigned", "assigned"),
        "head": Rights("not the head's own before publication", "open, not the head's own"),
        "division": READ,
        "leadership": Rights("confirmed"),
    },
    "it.kpi.survey.line": {
        **dict.fromkeys(UNIT_STAFF, Rights("own, published")),
        "assessor": Rights("assigned", "assigned, to fill"),
        "head": Rights("not the head's own before publication"),
        "division": READ,
        "leadership": Rights("confirmed"),
    },
    "it.kpi.survey.signature": {
        **dict.fromkeys(UNIT_STAFF, Rights("own, published")),
        "assessor": Rights("assigned"),
        "head": Rights("not the head's own before publication"),
        "division": READ,
        "leadership": Rights("confirmed"),
    },
    "it.kpi.incident": {
        **dict.fromkeys(UNIT_STAFF, READ_OWN),
        **dict.fromkeys(("assessor", "head", "leadership"), READ),
        "division": MANAGE,
    },
    "it.kpi.inspection": {
        "assessor": Rights("recorded or assigned, not the own", "recorded, not the own", True),
        "head": Rights("not the head's own before publication"),
        "division": MANAGE,
        "leadership": READ,
    },
    "it.kpi.notice": {"division": READ},
    "it.kpi.holding": dict.fromkeys(("assessor", "head", "division", "leadership"), READ),
    "it.kpi.account": {"division": READ},
    "it.kpi.retention": {"division": Rights("all", "all")},
    "it.kpi.job": dict.fromkeys(ROLES, Rights("mine")),
    "it.kpi.ranking": LIVE,
    "it.kpi.ranking.line": LIVE,
    "it.kpi.ranking.change": LIVE,
    "it.kpi.publication": dict.fromkeys(ROLES, READ),
    "it.kpi.result": PUBLISHED,
    "it.kpi.result.line": PUBLISHED,
    "it.kpi.result.change": PUBLISHED,
    "it.kpi.rectification": {
        **dict.fromkeys(UNIT_STAFF, Rights("own", "own")),
        "assessor": Rights("to verify", "to verify"),
        "head": Rights("all", "issued, not the head's own"),
        "division": Rights("all", "in preparation"),
        "leadership": READ,
    },
    "it.kpi.rectification.weakness": {
        **dict.fromkeys(UNIT_STAFF, READ_OWN),
        "assessor": Rights("to verify"),
        **dict.fromkeys(("head", "division", "leadership"), READ),
    },
    "it.kpi.rectification.talk": {
        **dict.fromkeys(UNIT_STAFF, READ_OWN),
        "assessor": Rights("to verify"),
        **dict.fromkeys(("head", "leadership"), READ),
        "division": Rights("all", "orders under way", True),
    },
    "it.kpi.rectification.measure": {
        **dict.fromkeys(UNIT_STAFF, Rights("own", "own", True, "own")),
        "assessor": Rights("to verify"),
        **dict.fromkeys(("head", "division", "leadership"), READ),
    },
    "it.kpi.document": {
        **dict.fromkeys(UNIT_STAFF, Rights("notices and own")),
        "assessor": Rights("notices and to verify"),
        **dict.fromkeys(("head", "leadership"), READ),
        "division": Rights("all", "all"),
    },
    "it.kpi.objection": {
        **dict.fromkeys(UNIT_STAFF, Rights("own", "own, to object")),
        "head": Rights("objections filed", "objections to decide, not of the head's own"),
        **dict.fromkeys(("division", "leadership"), Rights("objections filed")),
    },
    "it.kpi.objection.line": {
        **dict.fromkeys(UNIT_STAFF, Rights("own", "own, to object", True, "own, to object")),
        "head": Rights("objections filed", "objections to decide, not of the head's own"),
        **dict.fromkeys(("division", "leadership"), Rights("objections filed")),
    },
    **dict.fromkeys(
        ("it.kpi.allocation", "it.kpi.allocation.line", "it.kpi.allocation.coefficient"),
        {
            "division": Rights("all", "being prepared"),
            **dict.fromkeys(("head", "leadership"), Rights("handed over")),
        },
    ),
    "it.kpi.commendation": {
        "division": Rights("all", "being prepared"),
        **dict.fromkeys(("head", "leadership"), Rights("handed over")),
    },
    "it.kpi.commendation.line": {
        "division": READ,
        **dict.fromkeys(("head", "leadership"), Rights("handed over")),
    },
    # Head and leadership read rounds, and sheets and marks of others, once closed; here none is.
    "it.kpi.calibration": {"division": Rights("all", "in preparation", True)},
    "it.kpi.calibration.sheet": {
        "assessor": Rights("graded by the assessor", "graded by the assessor, to hand in"),
        "head": Rights("graded by the head", "graded by the head, to hand in"),
        "division": READ,
    },
    "it.kpi.calibration.line": {
        "assessor": Rights("graded by the assessor", "graded by the assessor, to hand in"),
        "head": Rights("graded by the head", "graded by the head, to hand in"),
    },
    "it.kpi.objection.sign.wizard": {"leader": OWN_DIALOGS},
    "it.kpi.rectification.sign.wizard": {"leader": OWN_DIALOGS},
    "it.kpi.survey.sign.wizard": dict.fromkeys(("assessor", "head"), OWN_DIALOGS),
    "it.kpi.reason.wizard": dict.fromkeys(
        ("leader", "assessor", "head", "division", "leadership"), OWN_DIALOGS
    ),
    "it.kpi.extend.wizard": {"division": OWN_DIALOGS},
    "it.kpi.withdraw.wizard": {"division": OWN_DIALOGS},
    "it.kpi.cycle.wizard": {"division": OWN_DIALOGS},
    "it.kpi.incident.wizard": {"division": OWN_DIALOGS},
    "it.kpi.assign.wizard": {"head": OWN_DIALOGS},
    "it.kpi.assignment.wizard": {"head": OWN_DIALOGS},
    "it.kpi.bases.wizard": {"division": OWN_DIALOGS},
    "it.kpi.kept.signature": {},
    "it.kpi.result.proof": {},
    "it.kpi.code": {},
    "it.kpi.guess": {},
    "it.kpi.opening.wizard": {"division": OWN_DIALOGS},
    "it.kpi.account.wizard": {"division": OWN_DIALOGS},
    "it.kpi.roster.wizard": {"division": OWN_DIALOGS},
    "it.kpi.roster.wizard.change": {"division": Rights("mine", "mine", True, "mine")},
    "it.kpi.hand.over.wizard": dict.fromkeys(UNIT_STAFF, OWN_DIALOGS),
    "it.kpi.sign.wizard": {"leader": OWN_DIALOGS},
    "it.kpi.offline.wizard": dict.fromkeys(UNIT_STAFF, OWN_DIALOGS),
    "it.kpi.offline.wizard.change": dict.fromkeys(UNIT_STAFF, Rights("mine", "mine", True, "mine")),
    "it.kpi.rename.wizard": {"division": OWN_DIALOGS},
    "it.kpi.return.wizard": {"division": OWN_DIALOGS},
    "it.kpi.return.wizard.line": {"division": Rights("mine", "mine", True, "mine")},
}


def form_of(record):
    if record._name == "it.kpi.inspection":
        return record.survey_id
    return record.form_id if record._name.endswith((".line", ".signature")) else record


def get_filing_state(record):
    """Return the state of a form; of a withdrawn one, the state that it was withdrawn from."""
    form = form_of(record)
    return form.withdrawn_from or form.state


def is_published(record):
    return form_of(record).cycle_id.state in ("published", "archived")


def is_assigned(record):
    form = form_of(record)
    return form.cycle_id.year == 2099 and form.unit_id.short_name in ASSIGNED


def is_of(record, short_name):
    for parent in ("form_id", "order_id", "objection_id"):
        record = record[parent] if parent in record._fields else record
    return record.unit_id.short_name == short_name


def is_recorded(record):
    """Return whether an inspection is the assessor's own, of a unit that is not the assessor's."""
    return record.create_uid.login == "test_assessor" and not is_of(record, "剑阁")


def is_to_fill(record):
    """Return whether an assessment, or a line of one, waits for its unit."""
    state = form_of(record).state
    if record._name == "it.kpi.assessment.line" and state == "returned":
        return record.returned
    return state in ("draft", "returned")


def get_award_state(record):
    """Return the state of a proposal on a published result, or of the one a line belongs to."""
    for parent in ("allocation_id", "commendation_id"):
        record = record[parent] if parent in record._fields else record
    return record.state


def get_objection_state(record):
    """Return the state of an objection, or of the one that a line belongs to."""
    return (record.objection_id if record._name.endswith(".line") else record).state


def is_graded_by(role):
    """Return a scope: the calibration sheets of who holds a role alone, and their lines."""
    return lambda record: form_of(record).user_id.login == f"test_{role}"


def is_to_hand_in(role):
    """Return a scope: those of them that are still to be graded."""
    return lambda record: (
        is_graded_by(role)(record)
        and form_of(record).state == "draft"
        and form_of(record).calibration_id.state == "open"
    )


SCOPES = {
    "none": lambda record: False,
    "all": lambda record: True,
    "own": lambda record: is_of(record, "利州"),
    "own, to fill": lambda record: is_of(record, "利州") and is_to_fill(record),
    "own, published": lambda record: (
        is_of(record, "利州") and is_published(record) and get_filing_state(record) == "confirmed"
    ),
    "of the assessor's unit": lambda record: is_of(record, "剑阁"),
    "filed": lambda record: get_filing_state(record) in FILED,
    "submitted": lambda record: get_filing_state(record) == "submitted",
    "filed, assigned": lambda record: get_filing_state(record) in FILED and is_assigned(record),
    "submitted, assigned": lambda record: (
        get_filing_state(record) == "submitted" and is_assigned(record)
    ),
    "assigned": is_assigned,
    "assigned, to fill": lambda record: (
        is_assigned(record)
        and record.form_id.state == "draft"
        and record.form_id.assessment_id.state in FILED
    ),
    "to verify": lambda record: is_of(record, "朝天"),
    "notices and own": lambda record: bool(record.publication_id) or is_of(record, "利州"),
    "notices and to verify": lambda record: bool(record.publication_id) or is_of(record, "朝天"),
    "own, to object": lambda record: (
        is_of(record, "利州") and get_objection_state(record) == "draft"
    ),
    "objections filed": lambda record: get_objection_state(record) not in ("draft", "to_sign"),
    "objections to decide, not of the head's own": lambda record: (
        get_objection_state(record) == "received" and not is_of(record, "青川")
    ),
    "being prepared": lambda record: get_award_state(record) == "draft",
    "handed over": lambda record: get_award_state(record) != "draft",
    "orders under way": lambda record: record.order_id.state in ORDER_UNDER_WAY,
    "in preparation": lambda record: record.state == "draft",
    "graded by the assessor": is_graded_by("assessor"),
    "graded by the head": is_graded_by("head"),
    "graded by the assessor, to hand in": is_to_hand_in("assessor"),
    "graded by the head, to hand in": is_to_hand_in("head"),
    "issued, not the head's own": lambda record: (
        record.state in ("issued", "planned", "reported") and not is_of(record, "青川")
    ),
    "recorded, not the own": is_recorded,
    "recorded or assigned, not the own": lambda record: is_recorded(record) or is_assigned(record),
    "confirmed": lambda record: get_filing_state(record) == "confirmed",
    "open, not the head's own": lambda record: (
        form_of(record).cycle_id.state == "open" and not is_of(record, "青川")
    ),
    "not the head's own before publication": lambda record: (
        not is_of(record, "青川") or is_published(record)
    ),
}


def is_in_scope(record, scope, user):
    """Return whether a record is among those that a right of the user reaches (its ``SCOPES``)."""
    return record.create_uid == user if scope == "mine" else SCOPES[scope](record)
