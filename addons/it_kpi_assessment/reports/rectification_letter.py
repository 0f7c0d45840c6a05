from odoo import models

from .publication_notice import INCIDENTS

MARKS = {"mean": "无此项", "dropped": "无此项", "zeroed": "事件归零", False: "未报"}


class RectificationLetter(models.AbstractModel):
    """整改通知书: the order as an official letter to its unit."""

    _name = "report.it_kpi_assessment.report_rectification"
    _description = "Rectification Letter"

    def _get_report_values(self, docids, data=None):
        return {
            "docs": self.env["it.kpi.rectification"].browse(docids),
            "get_reasons": self._get_reasons,
            "get_cells": self._get_cells,
        }

    def _get_reasons(self, order):
        """Return why the unit must rectify, beside its place in the ranking.

        What an order rests on is told to all who may read the order.
        """
        result = order.sudo().result_id
        reasons = ["未报送自评表，自评得分为0"] if result.unfiled else []
        if result.vetoed:
            kinds = self._get_incidents(result, "final")
            reasons.append(f"当年发生{kinds}，最终得分为0，否决前得分{result.before_veto:.2f}")
        zeroed = result.line_ids.filtered(lambda line: line.origin == "zeroed").indicator_id
        if zeroed:
            kinds = self._get_incidents(result, "indicator")
            names = "、".join(f"“{indicator.name}”" for indicator in zeroed)
            reasons.append(f"当年发生{kinds}，{names}得分为0")
        return reasons

    def _get_incidents(self, result, effect):
        """Return the kinds of incident of the unit's year that have this effect."""
        vetoes = result.publication_id.rubric_id.veto_ids
        kinds = vetoes.filtered(lambda veto: veto.effect == effect).mapped("kind")
        incidents = (
            self.env["it.kpi.incident"]
            .sudo()
            .search(
                [
                    ("unit_id", "=", result.unit_id.id),
                    ("year", "=", result.cycle_id.year),
                    ("state", "=", "recorded"),
                    ("kind", "in", kinds),
                ]
            )
        )
        return "、".join(INCIDENTS[kind] for kind in dict.fromkeys(incidents.mapped("kind")))

    def _get_cells(self, line):
        """Return mark and score of a result line; a form that was not filed has no line."""
        mark = line.grade_id.code if line.origin == "graded" else MARKS[line.origin]
        return mark, f"{line.score:.2f}"
