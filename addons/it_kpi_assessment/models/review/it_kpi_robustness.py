from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...const import CYCLE_PUBLISHED, CYCLE_REVIEWED
from ...review.picture import MOST_ROWS, draw_reach
from ...review.robustness import KINDS, Edges, Robustness, Sheet
from ...tools.decimals import exact
from ...tools.records import get_readable
from ...tools.roles import get_held_roles

# What the page reads of a score.
SCORE_FIELDS = [
    *("cycle_id", "unit_id", "unit_short_name", "unit_kind", "unfiled", "vetoed", "is_last"),
    *("assessment_total", "survey_total", "rank", "withdrawal_reason"),
]
LINE_COLUMNS = ("unit_id", "kind", "indicator_id", "grade_id", "origin", "score")


class Line(NamedTuple):
    """What a unit got on one indicator of one form; the columns of ``LINE_COLUMNS``."""

    unit: int
    kind: str
    indicator: int
    grade: int | None
    origin: str
    score: object  # points as a Decimal, None for what dropped out (R3)


class Facts(NamedTuple):
    """A ranking, and what single steps would change in it."""

    cycle: models.Model
    scores: dict  # ``{unit's id: it.kpi.ranking or it.kpi.result}`` in the order of the ranks
    lines: list  # of ``Line``
    indicators: models.Model
    grades: models.Model
    engine: Robustness


class ItKpiRobustness(models.AbstractModel):
    """排名稳健性: how firmly the ranking of a year stands (spec, section 10). Nothing is stored.

    A year under review is looked at as if it were published now, a published one as it was
    published. It is for heads and the leadership; who graded how is for heads alone. Nothing of it
    changes a mark.
    """

    _name = "it.kpi.robustness"
    _description = "Robustness of the Ranking"

    @api.model
    @api.readonly
    def get_robustness(self, cycle_id):
        """Return the page of a year: a dict of lists, one for each table, with texts and numbers.

        ``units`` (gaps in points and words, reach of one step), ``deciding`` (marks whose change by
        one grade changes the last ones, the first ones or a band; with ``count``, of all of them),
        ``indicators``, ``leniency`` (self-assessment minus survey over the years), ``assessors``
        (empty for the leadership), ``hints``, ``picture``, an SVG of ranks
        with their reach, and ``undrawn``, how many units it leaves out.

        :param int cycle_id: the year's id
        :raise AccessError: the user is neither a head nor of the leadership, or belongs to a unit
            that takes part in a year that is not published
        :raise MissingError: there is no such year
        :raise UserError: the year is not under review yet, or a final is missing
        """
        facts = self._get_facts(get_readable(self.env["it.kpi.cycle"], cycle_id))
        return {
            "id": facts.cycle.id,
            "name": facts.cycle.display_name,
            "settings": self._describe_settings(facts),
            "units": self._get_units(facts),
            "deciding": self._get_deciding(facts),
            "indicators": self._get_indicators(facts),
            "leniency": self._get_leniency(facts),
            "assessors": self._get_assessors(facts),
            "hints": self._get_hints(facts),
            "picture": self._draw_reach(facts),
            "undrawn": max(len(facts.scores) - MOST_ROWS, 0),
        }

    def _get_facts(self, cycle):
        """Return the ``Facts`` of a year; raise unless the user may know them."""
        cycle.ensure_one()
        self._check_role(cycle.company_id)
        cycle._check_not_recused()
        self._check_complete(cycle)
        scores, lines = self._read_ranking(cycle)
        rubric = cycle.sudo().rubric_id
        return Facts(
            cycle,
            scores,
            lines,
            rubric.indicator_ids,
            rubric.grade_ids,
            Robustness(
                {each.id: exact(each.points) for each in rubric.indicator_ids},
                [exact(grade.ratio) for grade in rubric.grade_ids],
                self._get_sheets(scores, lines, rubric.grade_ids),
                self._get_edges(rubric, scores),
            ),
        )

    def _check_role(self, company):
        held = get_held_roles(self.env, company)
        if not self.env.su and not {"head", "leadership"} & held:
            raise AccessError(
                self.env._(
                    "The robustness of the ranking is for heads of the assessment group and the "
                    "bureau leadership."
                )
            )

    def _check_complete(self, cycle):
        if cycle.state not in (*CYCLE_REVIEWED, *CYCLE_PUBLISHED):
            raise UserError(
                self.env._(
                    "%(cycle)s is “%(state)s”. How firmly its ranking stands can be said from the "
                    "review on, when all forms are there.",
                    cycle=cycle.display_name,
                    state=cycle._get_state_label(cycle.state),
                )
            )

    def _read_ranking(self, cycle):
        """Return the scores of a year by unit, and its lines, live or as published."""
        domain, scores, lines = (
            [("cycle_id", "=", cycle.id)],
            "it.kpi.ranking",
            "it.kpi.ranking.line",
        )
        if cycle.state in CYCLE_PUBLISHED:
            domain = [("publication_id", "=", cycle.publication_id.id)]
            scores, lines = "it.kpi.result", "it.kpi.result.line"
        found = self._fetch_scores(scores, domain)
        missing = found.filtered(lambda score: not score.rank)
        if missing:
            raise UserError(
                self.env._(
                    "These units have no final yet: %s. Look at the robustness of the ranking when "
                    "their forms are filed again.",
                    missing.mapped("unit_short_name"),
                )
            )
        return {score.unit_id.id: score for score in found}, self._read_lines(lines, domain)

    def _fetch_scores(self, model, domain):
        """Return the scores of the units that take part by rank, with all that the page reads.

        By one query: a live ranking that is read in batches is computed anew for each of them.
        """
        scores = self.env[model].search_fetch(domain, SCORE_FIELDS, order="rank, unit_id")
        found = scores._filter_ranked()
        found.unit_id.fetch(["short_name", "kind"])
        return found

    def _read_lines(self, model, domain):
        """Return the ``Line``s by one query: of many units they are too many for records."""
        lines = self.env[model]
        query = lines._search(domain)
        columns = (lines._field_to_sql(query.table, name, query) for name in LINE_COLUMNS)
        return [Line(*row) for row in self.env.execute_query(query.select(*columns))]

    def _get_sheets(self, scores, lines, grades):
        places = {grade.id: place for place, grade in enumerate(grades)}
        marks = {unit: dict.fromkeys(KINDS) for unit in scores}
        zeroed = {unit: set() for unit in scores}
        for line in lines:
            if line.unit not in scores:  # it was withdrawn (R13)
                continue
            if marks[line.unit][line.kind] is None:
                marks[line.unit][line.kind] = {}
            marks[line.unit][line.kind][line.indicator] = places.get(line.grade)
            if line.origin == "zeroed":
                zeroed[line.unit].add(line.indicator)
        return {
            unit: Sheet(marks[unit], score.vetoed, frozenset(zeroed[unit]))
            for unit, score in scores.items()
        }

    def _get_edges(self, rubric, scores):
        """Return what is decided in a year: its last units, those commended, and the bands."""
        groups = {}
        for unit, score in scores.items():
            groups.setdefault(score.unit_kind, []).append(unit)
        return Edges(
            rubric.last_count,
            rubric.commended_count if rubric.commended == "first" else 0,
            list(groups.values()) if rubric.commended_by_kind else None,
            sorted(exact(band.threshold) for band in rubric.band_ids),
        )

    def _draw_reach(self, facts):
        reach = facts.engine.get_reach()
        rows = [
            (score.unit_short_name, reach[unit], score.is_last)
            for unit, score in facts.scores.items()
        ]
        return draw_reach(rows, self.env._("Ranks, and what one step of a grade makes of them"))
