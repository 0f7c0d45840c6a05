"""On which records the public methods are tried, and who may call them."""

from collections.abc import Callable
from typing import NamedTuple


class Call(NamedTuple):
    """Who may call a method, on which records, with what; ``state`` is where it is possible."""

    roles: tuple[str, ...]
    records: Callable
    arguments: dict = {}
    state: str | None = None


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


def live_scores(case):
    return case.env["it.kpi.ranking"].search([("cycle_id", "=", case.review.id)])


def live_lines(case):
    """Return live lines that not even a head who belongs to a unit is refused."""
    return case.env["it.kpi.ranking.line"].search(
        [("cycle_id", "=", case.review.id), ("kind", "=", "assessment")]
    )


def review(case):
    return case.review
