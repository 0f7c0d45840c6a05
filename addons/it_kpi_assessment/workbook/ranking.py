"""The data of the ranking workbook, read in a number of queries that does not grow with units."""

from typing import NamedTuple

from odoo import fields

from ..tools.official_words import FORM_NAMES, speak_chinese
from ..tools.timezone import format_moment


class Score(NamedTuple):
    """The columns of ``it.kpi.score``, in points; None where a total or final is not known yet."""

    unit_id: int
    unfiled: bool
    vetoed: bool
    assessment_total: float | None
    survey_total: float | None
    before_veto: float | None
    final: float | None
    rank: int | None
    is_last: bool
    veto_kinds: str | None


class Mark(NamedTuple):
    """The columns of ``it.kpi.score.line``, in points; the score of a dropped line is None."""

    unit_id: int
    kind: str
    indicator_id: int
    grade_id: int | None
    not_applicable: bool
    score: float | None
    mean: float | None
    unit_count: int
    origin: str
    veto_kinds: str | None


class Unit(NamedTuple):
    """The columns of ``it.kpi.unit``."""

    id: int
    name: str
    kind: str


class Ranking:
    """The ranking of a cycle, live or as published, as the sheets show it.

    ``scores`` is a list of ``Score`` in the order of the ranks, ``units`` is ``{id: Unit}``,
    ``marks`` is ``{(unit id, kind): {indicator id: Mark}}``. All hold only what the user may read.

    :param cycle: the ``it.kpi.cycle``
    :param scores: model of the scores, ``it.kpi.ranking`` or ``it.kpi.result``
    :param lines: model of their lines
    :param domain: which scores and lines
    :param publication: the ``it.kpi.publication``; empty for the live ranking
    :param changes: model of what a revision changes, ``it.kpi.ranking.change`` or
        ``it.kpi.result.change``
    """

    def __init__(self, cycle, scores, lines, domain, publication, changes):
        self.cycle = cycle.sudo()
        self.publication = publication.sudo()
        self.rubric = (self.publication or self.cycle).rubric_id
        self.indicators = self.rubric.dimension_ids.indicator_ids
        self.indicator_ids = self.indicators.ids  # read once, because it is used for every unit
        self.generated_at = format_moment(fields.Datetime.now())
        self.scores = _read(scores, domain, Score, "rank nulls last, unit_id")
        self.units = self._read_units(cycle.env["it.kpi.unit"])
        self.changes = speak_chinese(changes).search(domain)
        self.marks = {}
        for mark in _read(lines, domain, Mark):
            self.marks.setdefault((mark.unit_id, mark.kind), {})[mark.indicator_id] = mark

    def get_zeroed(self, unit_id):
        """Return ``{indicator: kinds of incidents}`` of what incidents made 0 for a unit (R7)."""
        marks = {}
        for kind in FORM_NAMES:
            marks.update(self.marks.get((unit_id, kind), {}))
        return {
            indicator: marks[indicator.id].veto_kinds
            for indicator in self.indicators
            if indicator.id in marks and marks[indicator.id].origin == "zeroed"
        }

    def _read_units(self, model):
        domain = [("id", "in", [score.unit_id for score in self.scores])]
        units = _read(model.with_context(active_test=False), domain, Unit)
        return {unit.id: unit for unit in units}

    @property
    def is_provisional(self):
        """Whether this is the live ranking, not yet published (预览)."""
        return not self.publication

    @property
    def is_revision(self):
        """Whether there is an earlier publication of the year to compare with."""
        if self.is_provisional:
            return bool(self.cycle.publication_id)
        return self.publication.revision > 1

    @property
    def status(self):
        """The suffix of every title: names a preview or a revision, empty otherwise."""
        if self.is_provisional:
            return "（预览，未公布）"
        edition = self.publication.edition
        return f"（{edition}）" if edition else ""

    def get_title(self, subject):
        """Return the official title of a sheet or file about the subject."""
        return f"{self.cycle.year}年度信息化绩效考核{subject}{self.status}"


def _read(model, domain, row_type, order=None):
    """Return a ``row_type`` for each record of the domain that the user may read.

    One query, and NULL stays None, which a record would show as 0.
    """
    query = model._search(domain, order=order)
    columns = [model._field_to_sql(query.table, name, query) for name in row_type._fields]
    return [row_type(*row) for row in model.env.execute_query(query.select(*columns))]
