"""The stages of a form: how far it has come, by name."""

from typing import NamedTuple

from odoo.tools.translate import LazyTranslate

from ..form.it_kpi_assessment import UNIT_STAFF

_lt = LazyTranslate(__name__)


class Stage(NamedTuple):
    """One stage: its label, and the roles it waits for. A stage of forms that are done has none."""

    label: LazyTranslate
    waits_for: tuple[str, ...] = ()


STAGES = {
    "assessment": {
        "not_begun": Stage(_lt("Not Begun"), ("reporter",)),
        "filling": Stage(_lt("Being Filled In"), ("reporter",)),
        "returned": Stage(_lt("Returned"), ("reporter",)),
        "to_sign": Stage(_lt("To Sign"), ("leader",)),
        "submitted": Stage(_lt("Submitted")),
        "unfiled": Stage(_lt("Not Filed")),
    },
    "survey": {
        "awaiting": Stage(_lt("Waiting for the Self-Assessment"), UNIT_STAFF),
        "unassigned": Stage(_lt("Nobody Assigned"), ("head",)),
        "assigned": Stage(_lt("Assigned, Not Begun"), ("assessor",)),
        "grading": Stage(_lt("Being Graded"), ("assessor",)),
        "to_confirm": Stage(_lt("Signed, to Be Confirmed"), ("head",)),
        "confirmed": Stage(_lt("Visited and Confirmed")),
    },
}
