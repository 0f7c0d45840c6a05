"""整改通知书: the texts that the letter needs besides the fields of the order."""

from odoo import models

from ..tools import chinese
from ..tools.official_words import MARKS, name_incidents


class RectificationLetter(models.AbstractModel):
    """整改通知书: the order as an official letter to its unit."""

    _name = "report.it_kpi_assessment.report_rectification"
    _description = "Rectification Letter"

    def _get_report_values(self, docids, data=None):
        return {
            "docs": self.env["it.kpi.rectification"].browse(docids),
            "get_reasons": self._get_reasons,
            "get_cells": self._get_cells,
            "names_incident": self._names_incident,
        }

    def _get_reasons(self, order):
        """Return the reasons for the order, besides the rank, as a list of texts.

        All who may read the order may read its reasons, hence ``sudo``.
        """
        result = order.sudo().result_id
        years = order.sudo().years_in_a_row
        reasons = [f"已连续{chinese.count(years)}年列入督促整改"] if years > 1 else []
        reasons += ["未报送自评表，自评得分为0"] if result.unfiled else []
        if result.vetoed:
            incidents = name_incidents(result.veto_kinds)
            reasons.append(f"当年发生{incidents}，最终得分为0，否决前得分{result.before_veto:.2f}")
        zeroed = result.line_ids.filtered(lambda line: line.origin == "zeroed")
        if zeroed:
            incidents = name_incidents(zeroed[0].veto_kinds)
            names = "、".join(f"“{indicator.name}”" for indicator in zeroed.indicator_id)
            reasons.append(f"当年发生{incidents}，{names}得分为0")
        return reasons

    def _names_incident(self, order):
        """Return whether an indicator is weak because an incident is about it."""
        result = order.sudo().result_id
        concerned = order.sudo().weakness_ids._get_concerned(result)
        return bool(concerned & order.sudo().weakness_ids.indicator_id)

    def _get_cells(self, line):
        """Return mark and score of a result line as texts; an empty line means 未报."""
        mark = line.grade_id.code if line.origin == "graded" else MARKS[line.origin]
        return mark, f"{line.score:.2f}"
