"""自评报告: the texts that the report needs besides the fields of the form."""

from odoo import models

from ..tools.decimals import exact
from ..tools.fields import format_percent
from ..tools.official_words import describe_points


class SelfReport(models.AbstractModel):
    """自评报告: the explanations of a unit on all its lines as one document (article 5)."""

    _name = "report.it_kpi_assessment.report_self"
    _description = "Self-Assessment Report"

    def _get_report_values(self, docids, data=None):
        return {
            "docs": self.env["it.kpi.assessment"].browse(docids),
            "get_lines": self._get_lines,
            "get_subtotal": self._get_subtotal,
            "get_mark": self._get_mark,
            "format_percent": lambda value: format_percent(value).replace(" ", ""),
        }

    def _get_lines(self, form):
        """Return ``{dimension: lines}``; a form that was not filed (未报) has none."""
        return {} if form.state == "unfiled" else form.line_ids.grouped("dimension_id")

    def _get_subtotal(self, lines):
        """Return what the lines of a dimension count, and how many await their mean (R2)."""
        if lines.form_id.state == "withdrawn":
            return "不计分"
        score = f"{sum(exact(line.counted_score) for line in lines):.2f}分"
        awaited = lines.filtered(lambda line: line.origin == "awaited")
        if not awaited:
            return score
        return f"{score}（另有{len(awaited)}项无此项，公布时以平均分计入，各单位均无此项的不计分）"

    def _get_mark(self, line):
        """Return the mark in words, what the line counts, and why."""
        mark = line.grade_id.code or ("无此项" if line.not_applicable else "未评")
        texts = [mark, describe_points(line)]
        if line.origin in ("graded", "zeroed"):
            texts.append(f"得分{line.counted_score:.2f}分")
        return f"{'，'.join(filter(None, texts))}。"
