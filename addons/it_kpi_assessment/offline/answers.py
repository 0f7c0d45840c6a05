"""The content of the offline workbook of a self-assessment (附件2), for its writer and its reader.

It holds the columns, the texts of a line's answers in cells, and the keys on the hidden sheet by
which an uploaded workbook is matched with its form.
"""

import json
import re
from hashlib import sha256

from odoo import fields

from ..tools.decimals import exact, plain_number
from ..tools.text import is_blank, tidy_text

FORMAT = "it_kpi_assessment.offline_form.1"
FORM_SHEET, CRITERIA_SHEET, KEY_SHEET = "自评表", "评价细则", "系统信息"
NOT_APPLICABLE = "无此项"
_ESCAPED = re.compile("_x(00[01][0-9A-F])_(\r?\n)?")

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
    """Return the current answers of a line as ``{name: text}``, by the names of ``ANSWERS``.

    An empty answer is ``""``.
    """
    measured = line.measured_value
    return {
        "mark": line.grade_id.code or (NOT_APPLICABLE if line.not_applicable else ""),
        "measured_value": "" if measured is False else plain_number(exact(measured)),
        "remark": tidy(line.remark),
        "explanation": tidy(line.explanation),
    }


def get_vals(line, name, text):
    """Return the values to write on a line for an answer.

    :param str name: one of ``ANSWERS``
    :param str text: the answer, as ``get_answers`` returns it
    """
    if name != "mark":
        return {name: text or False}
    grade = line.rubric_id.grade_ids.filtered(lambda grade: grade.code == text)
    return {"grade_id": grade.id, "not_applicable": text == NOT_APPLICABLE}


def get_marks(rubric):
    """Return the marks that a line can have, as texts in the order of the form."""
    return [NOT_APPLICABLE, *rubric.grade_ids.mapped("code")]


def tidy(text):
    """Return a text as a field keeps it, without spaces around it; ``""`` for none.

    Workbooks write control characters as ``_x000B_``, and a line break as ``_x000D_`` before it.
    """
    text = _ESCAPED.sub(lambda match: match[2] or chr(int(match[1], 16)), text or "")
    text = tidy_text(text).strip()
    return "" if is_blank(text) else text


def get_keys(form):
    """Return the keys of a form as ``{name: text}``: database, unit, year, rubric and form.

    They prevent mistakes and not attacks: access rights are those on the form itself.
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
    """Return the SHA-256 of all texts and numbers of the rubric that the workbook shows."""
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
