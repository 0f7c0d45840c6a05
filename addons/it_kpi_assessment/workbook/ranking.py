"""The data of the ranking workbook, read in a number of queries that does not grow with units."""

from typing import NamedTuple

from odoo import fields

from ..tools.official_words import FORM_NAMES, speak_chinese, tell_withdrawal
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
    withdrawal_reason: str | None
    withdrawal_decision: str | None
    unit_name: str
    unit_kind: str


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


class Band(NamedTuple):
    """等次 of a unit: its name and place (1: the best), the one its final reaches, the grounds."""

    name: str
    place: int
    reached: str
    grounds: str | None


class Unit(NamedTuple):
    """What a unit is called: as it was published, or now in a preview."""

    name: str
    kind: str


class Words(NamedTuple):
    """What stands beside the scores: the frozen words of the publication, or those of now."""

    bureau_name: str
    rubric_name: str
    rubric_version: str
    rubric_state: str
    rubric_document: str | bool
    approved_by_name: str | bool
    published_by_name: str | bool


class Ranking:
    """The ranking of a cycle, live or as published, as the sheets show it.

    ``scores`` is a list of ``Score`` in the order of the ranks, ``withdrawn`` the same of the units
    that were withdrawn from the year and have no rank (R13), ``units`` is ``{id: Unit}`` of both,
    ``marks`` is ``{(unit id, kind): {indicator id: Mark}}``, ``bands`` is ``{unit id: Band}``,
    empty where units have no grades, ``allocation`` is the approved proposal of funds.
    All hold only what the user may read.
    ``words`` and ``incidents``, a list of dicts, are those of the publication if there is one.

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
        self.words = self._get_words()
        self.incidents = (
            self.publication.incidents if publication else self.cycle._get_year_incidents()
        )
        rows = _read(scores, domain, Score, scores._order)
        self.withdrawn = [row for row in rows if row.withdrawal_reason]
        self.scores = [row for row in rows if not row.withdrawal_reason]
        self.units = {row.unit_id: Unit(row.unit_name, row.unit_kind) for row in rows}
        self.bands = self._get_bands()
        self.allocation = self._get_allocation()
        self.changes = speak_chinese(changes).search(domain)
        self.marks = {}
        for mark in _read(lines, domain, Mark):
            self.marks.setdefault((mark.unit_id, mark.kind), {})[mark.indicator_id] = mark

    def tell_withdrawals(self):
        """Return a text per withdrawn unit: its name, the decision and the reason (R13)."""
        return [
            f"{self.units[score.unit_id].name}"
            f"{tell_withdrawal(score.withdrawal_reason, score.withdrawal_decision)}"
            for score in self.withdrawn
        ]

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

    def _get_bands(self):
        """Return the grades of the units; no query is made where the rubric has none."""
        if not self.rubric.band_ids:
            return {}
        if not self.publication:
            rows = self.cycle._get_band_rows()
        else:
            columns = ("unit_id", "band", "band_place", "band_reached", "band_grounds")
            rows = [
                tuple(row[name] for name in columns)
                for row in self.publication.result_ids.read(columns, load=None)
                if row["band"]
            ]
        return {unit: Band(*band) for unit, *band in rows if unit in self.units}

    def _get_allocation(self):
        """Return the approved proposal of funds, if the rubric has such proposals."""
        if not self.rubric.proposes_funds:
            return None
        allocations = speak_chinese(self.publication.allocation_ids)
        return allocations.filtered(lambda allocation: allocation.state == "approved")

    def _get_words(self):
        if self.publication:
            return Words(*(self.publication[name] for name in Words._fields))
        rubric = self.rubric
        return Words(
            self.cycle.company_id.name,
            *(rubric.name, rubric.version, rubric.state, rubric.document),
            self.cycle.approved_by_id.name,
            False,
        )

    @property
    def is_provisional(self):
        """Whether this is the live ranking, not yet published (预览)."""
        return not self.publication

    @property
    def is_open(self):
        """Whether this is not published: the live ranking, or a proposed result (公示)."""
        return self.is_provisional or self.publication.state == "proposed"

    @property
    def missing_count(self):
        """How many units have no final yet, so that the ranks of the others are provisional."""
        return sum(score.rank is None for score in self.scores) if self.is_provisional else 0

    @property
    def is_revision(self):
        """Whether there is an earlier publication of the year to compare with."""
        if self.is_provisional:
            return bool(self.cycle.publication_id)
        return self.publication.revision > 1

    @property
    def status(self):
        """The suffix of every title: names a preview, a proposal or a revision; else empty."""
        if self.is_provisional:
            return "（预览，未公布）"
        if self.publication.state == "proposed":
            return "（公示，未公布）"
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
