"""What the offline workbook of a self-assessment asks for, and by which keys it is known again.

Whoever writes the workbook and whoever reads it back use this file: the columns, the texts in
which a line's answers stand in cells, and the keys on the hidden sheet.
"""

import json
from hashlib import sha256

from odoo import fields

from ..tools.decimals import exact

FORMAT = "it_kpi_assessment.offline_form.1"
FORM_SHEET, CRITERIA_SHEET, KEY_SHEET = "自评表", "评价细则", "系统信息"
NOT_APPLICABLE = "无此项"

# The columns of the form: what is printed, the answers, and the hidden code of the indicator.
PRINTED_HEADS = ("考评内容", "考核项目", "考核指标和评价要点", "分值")
ANSWERS = {
    "mark": "自评等次",
    "measured_value": "实测值（%）",
    "remark": "备注",
    "explanation": "说明",
}
HEADS = (*PRINTED_HEADS, *ANSWERS.values(), "编号")
FIRST_ANSWER = len(PRINTED_HEADS)
CODE = len(HEADS) - 1


def get_answers(line):
    """Return what a line says now, as texts, by the names of ``ANSWERS``; empty is ``""``."""
    measured = line.measured_value
    return {
        "mark": line.grade_id.code or (NOT_APPLICABLE if line.not_applicable else ""),
        "measured_value": "" if measured is False else plain_number(exact(measured)),
        "remark": tidy(line.remark),
        "explanation": tidy(line.explanation),
    }


def get_vals(line, name, text):
    """Return the values to write on a line for an answer as ``get_answers`` gives it."""
    if name != "mark":
        return {name: text or False}
    grade = line.rubric_id.grade_ids.filtered(lambda grade: grade.code == text)
    return {"grade_id": grade.id, "not_applicable": text == NOT_APPLICABLE}


def get_marks(rubric):
    """Return the marks that a line can have, in the order of the form."""
    return [NOT_APPLICABLE, *rubric.grade_ids.mapped("code")]


def plain_number(number):
    """Return a Decimal as people write it: ``91.50`` as 91.5, ``100`` as 100."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def tidy(text):
    """Return a text with plain line ends and nothing around it."""
    return (text or "").replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def get_keys(form):
    """Return the keys that tell to which form, year and rubric a workbook belongs, as texts.

    They guard against mistakes, not against people: rights come from the form itself.
    """
    parameters = form.env["ir.config_parameter"].sudo()
    return {
        "format": FORMAT,
        "database": parameters.get_param("database.uuid"),
        "unit": str(form.unit_id.id),
        "unit_name": form.unit_id.name,
        "year": str(form.cycle_id.year),
        "rubric": _get_fingerprint(form.rubric_id),
        "rubric_version": form.rubric_id.version,
        "form": str(form.id),
        "state": form.state,
        "downloaded_at": fields.Datetime.to_string(fields.Datetime.now()),
    }


def _get_fingerprint(rubric):
    """Return a digest of all that a unit reads on its form and in the criteria."""
    grades = [[grade.code, plain_number(exact(grade.ratio))] for grade in rubric.grade_ids]
    indicators = [
        [
            indicator.code,
            indicator.form_label,
            plain_number(exact(indicator.points)),
            [[criterion.grade_id.code, criterion.text] for criterion in indicator.criterion_ids],
        ]
        for indicator in rubric.dimension_ids.indicator_ids
    ]
    return sha256(json.dumps([rubric.version, grades, indicators]).encode()).hexdigest()
