"""成绩单: the lines, totals and radar charts of the letter."""

from typing import NamedTuple

from odoo import models

from ..award.band_words import tell_band
from ..tools.decimals import exact
from ..tools.official_words import FORM_SCORES, speak_chinese
from .pictures.radar import draw_radar

# The longest explanation in a cell of the table; those of means of many units are longer.
CELL_LENGTH = 80


class Group(NamedTuple):
    """The lines of one dimension, with the points they could get and the points they got."""

    name: str
    lines: models.Model
    points: object
    score: object


class Form(NamedTuple):
    """One of the two forms of a unit, line by line."""

    heading: str
    groups: list
    points: object
    score: object
    total: str
    explanation: str
    is_scaled: bool
    notes: dict  # numbers of the lines whose explanation stands below the table


class ResultLetter(models.AbstractModel):
    """成绩单: the letter that explains a unit's published score line by line (R12)."""

    _name = "report.it_kpi_assessment.report_result"
    _description = "Explained Result"

    def _get_report_values(self, docids, data=None):
        results = speak_chinese(self.env["it.kpi.result"]).browse(docids)
        years = results.publication_id
        means = {publication: results._get_mean_shares(publication) for publication in years}
        own = results._get_own_shares()
        results.line_ids.mapped("explanation")  # computed for all letters at once
        return {
            "docs": results,
            "forms": tuple(FORM_SCORES.items()),
            "get_forms": self._get_forms,
            "get_place": self._get_place,
            "get_rank_sentences": self._get_rank_sentences,
            "tell_band": tell_band,
            "get_shares": lambda result: result._get_dimension_shares(
                own, means[result.publication_id]
            ),
            "draw_radar": draw_radar,
            "percent": self._format_percent,
        }

    def _get_forms(self, result):
        """Return the forms that were scored; those of a withdrawn unit count nowhere (R13)."""
        if result.withdrawn:
            return []
        return [self._get_form(result, kind, heading) for kind, heading in FORM_SCORES.items()]

    def _get_form(self, result, kind, heading):
        lines = result.line_ids.filtered(lambda line: line.kind == kind)
        groups = [
            Group(dimension.name, part, *self._add_up(part))
            for dimension, part in lines.grouped("dimension_id").items()
        ]
        return Form(
            heading,
            groups,
            *self._add_up(lines),
            total=f"{result[f'{kind}_total']:.2f}",
            explanation=result._explain_total(kind, lines),
            is_scaled=any(line.origin == "dropped" for line in lines),
            notes=self._number_notes(lines),
        )

    def _number_notes(self, lines):
        """Return ``{line: number}`` of the means of so many units that a cell would fill a page."""
        long = lines.filtered(lambda line: len(line.explanation or "") > CELL_LENGTH)
        return {line: number for number, line in enumerate(long, 1)}

    def _add_up(self, lines):
        return (
            sum(exact(line.points) for line in lines),
            sum(exact(line.score) for line in lines),
        )

    def _get_place(self, result):
        """Return rank and number of units; ``sudo``, as the unit may not read the other results."""
        if result.withdrawn:
            return "不参加排名"
        ranks = result.publication_id.sudo().result_ids._filter_ranked().mapped("rank")
        shared = "并列" if ranks.count(result.rank) > 1 else ""
        return f"{shared}第{result.rank}名（共{len(ranks)}个单位）"

    def _get_rank_sentences(self, result):
        if result.withdrawn:
            return []  # the explanation of the final says why there is no rank either
        return list(filter(None, result._get_explanations("rank")[result]))

    def _format_percent(self, share):
        return "—" if share is None else f"{share:.2f}%"
