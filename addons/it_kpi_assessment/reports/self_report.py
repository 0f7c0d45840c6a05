"""自评报告: the texts that the report needs besides the fields of the form."""

from odoo import models

from ..tools.decimals import exact
from ..tools.fields import format_percent


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
            "format_percent": format_percent,
        }

    def _get_lines(self, form):
        """Return ``{dimension: lines}``; a form that was not filed (未报) has none."""
        return {} if form.state == "unfiled" else form.line_ids.grouped("dimension_id")

    def _get_subtotal(self, lines):
        """Return the points of the graded lines of a dimension, and the number of lines that get
        a mean at publication (R2).
        """
        score = f"{sum(exact(line.score) for line in lines):.2f}分"
        missing = len(lines.filtered("not_applicable"))
        return f"{score}（另有{missing}项无此项，公布时以平均分计入）" if missing else score

    def _get_mark(self, line):
        if line.not_applicable:
            return "无此项，公布时以平均分计入。"
        if not line.grade_id:
            return "未评。"
        return f"{line.grade_id.code}，得分{line.score:.2f}分。"
