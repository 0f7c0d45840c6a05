from odoo import api, fields, models

from ...calibration.agreement import NOT_APPLICABLE, compare, get_gap, is_near
from .it_kpi_calibration import SAMPLES


class ItKpiCalibration(models.Model):
    """The grid of a closed round: who graded what, against the grades confirmed last year.

    The reference is the mark of the on-site survey as published. It is compared by counts alone
    (``calibration/agreement.py``): of the lines that were graded, how many have the same mark, and
    how many one within one grade.
    """

    _inherit = "it.kpi.calibration"

    grid = fields.Html(compute="_compute_grid", sanitize=False)

    @api.depends("state")
    @api.depends_context("uid", "lang")
    def _compute_grid(self):
        """Of ``_origin``: clients may send another state."""
        for calibration in self:
            origin = calibration._origin
            is_shown = origin.state == "closed" and origin.has_access("read")
            sheets = origin.sudo().sheet_ids.filtered(lambda sheet: sheet.state == "handed_in")
            calibration.grid = is_shown and origin._render_grid(sheets)

    def _render_grid(self, sheets):
        """Return the grid of these sheets of the round as HTML, in the language of the user."""
        references = self.sudo()._get_references()
        samples = [
            self._get_sample_grid(rows, references[sample])
            for sample, rows in sheets.sudo().grouped("sample").items()
        ]
        values = {"samples": samples, "people": self._get_people(samples)}
        return self.env["ir.qweb"]._render("it_kpi_assessment.calibration_grid", values)

    def _get_references(self):
        """Return ``{sample: {indicator: mark confirmed last year}}``."""
        lines = self._get_results().line_ids.filtered(lambda line: line.kind == "survey")
        marks = {(line.result_id, line.indicator_id): get_mark(line) for line in lines}
        return {
            sample: {
                indicator: mark
                for (result, indicator), mark in marks.items()
                if result == self[name]
            }
            for sample, name in SAMPLES.items()
        }

    def _get_sample_grid(self, sheets, references):
        """Return the grid of one form: a row for each indicator, a column for each sheet."""
        indicators = sheets.line_ids.indicator_id.sorted()
        marks = {(line.form_id, line.indicator_id): get_mark(line) for line in sheets.line_ids}
        columns = [
            [(marks.get((sheet, each)), references.get(each)) for each in indicators]
            for sheet in sheets
        ]
        rows = list(zip(*columns, strict=True))
        codes = self._get_codes()
        return {
            "label": sheets[:1]._get_sample_label(),
            "people": sheets.user_id,
            "columns": columns,
            "rows": [
                {
                    "name": indicator.form_label,
                    "reference": codes[references.get(indicator)],
                    "cells": [self._get_cell(codes, *pair) for pair in pairs],
                    "agreement": self._describe(pairs),
                }
                for indicator, pairs in zip(indicators, rows, strict=True)
            ],
            "agreements": [self._describe(column) for column in columns],
            "total": self._describe([pair for column in columns for pair in column]),
        }

    def _get_codes(self):
        """Return ``{mark: how it is written}``."""
        grades = self.sudo().publication_id.rubric_id.grade_ids
        return {
            None: "–",
            NOT_APPLICABLE: self.env._("N/A"),
            **{grade._get_step(): grade.code for grade in grades},
        }

    @api.model
    def _get_cell(self, codes, mark, reference):
        """Return a mark as written, its gap to the reference, and how it stands out."""
        gap = get_gap(mark, reference)
        differs = None not in (mark, reference) and mark != reference
        near = differs and is_near(mark, reference)
        return {
            "code": codes[mark],
            "gap": f"{gap:+d}".replace("-", "−") if gap else "",
            "look": "table-warning" if near else "table-danger" if differs else "",
        }

    @api.model
    def _describe(self, pairs):
        """Return the agreement of pairs in words: exact, and within one grade."""
        agreement = compare(pairs)
        if not agreement.total:
            return ("–", "–")
        return tuple(
            self.env._("%(count)s of %(total)s", count=count, total=agreement.total)
            for count in (agreement.exact, agreement.near)
        )

    def _get_people(self, samples):
        """Return ``[(name, agreement over both forms)]`` of who graded, and of all together."""
        pairs = {}
        for grid in samples:
            for user, column in zip(grid["people"], grid["columns"], strict=True):
                pairs.setdefault(user, []).extend(column)
        people = [(user.name, self._describe(each)) for user, each in pairs.items()]
        if len(people) > 1:
            together = [pair for each in pairs.values() for pair in each]
            people.append((self.env._("All together"), self._describe(together)))
        return people


def get_mark(line):
    """Return the mark of a line as ``calibration/agreement.py`` compares it; None without one."""
    if line.not_applicable:
        return NOT_APPLICABLE
    return line.grade_id._get_step() if line.grade_id else None
