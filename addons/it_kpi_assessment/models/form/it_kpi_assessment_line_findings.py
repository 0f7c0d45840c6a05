"""What the checks of a rubric (rubric/it_kpi_check.py) find on one line, before the signature."""

from odoo import api, fields, models
from odoo.tools.i18n import format_list

from ...const import ASSESSMENT_WITH_UNIT, WIDE_GAP
from ...tools.fields import format_percent
from ...tools.file_dates import find_years
from ...tools.text import is_blank
from ..rubric.it_kpi_check import CHECKS

FINDINGS_READERS = (
    "it_kpi_assessment.group_reporter,it_kpi_assessment.group_leader,"
    "it_kpi_assessment.group_division"
)


def find(record, on_line, effects):
    """Yield a dict for everything that the checks of lines, or of forms, find on one.

    ``kind`` names the check, ``effect`` is block or warn, ``text`` the sentence, and ``line_id``
    the line, or False where it is about the form.

    :param dict effects: what each check does in the rubric, by its name
    """
    for kind, check in CHECKS.items():
        if check.on_line is on_line and effects[kind] != "off":
            text = getattr(record, f"_find_{kind}")()
            if text:
                line_id = on_line and record._origin.id
                yield {"kind": kind, "effect": effects[kind], "line_id": line_id, "text": text}


class ItKpiAssessmentLine(models.Model):
    """The checks of one line: each returns a sentence that names the indicator, or nothing."""

    _inherit = "it.kpi.assessment.line"

    findings = fields.Json(
        compute="_compute_findings",
        groups=FINDINGS_READERS,
        help="What the checks find on this line while the form is under way.",
    )

    @api.depends(
        "form_id.state",
        "grade_id",
        "not_applicable",
        "explanation",
        "attachment_ids.name",
        "attachment_ids.file_size",
        "measured_value",
        "last_grade_id",
    )
    @api.depends_context("uid", "lang")
    def _compute_findings(self):
        """Part of the ``web_save`` answer, so that marking needs no second request.

        Empty in states in which findings can no longer be fixed.
        """
        self.findings = False
        shown = self._filter_readable().filtered(
            lambda line: line.form_id.state in ASSESSMENT_WITH_UNIT
        )
        for rubric, lines in shown.grouped("rubric_id").items():
            effects = rubric.sudo()._get_check_effects()
            for line in lines:
                line.findings = list(find(line, True, effects))

    def _filter_readable(self):
        """Return the lines whose stored record the user may read.

        Access is checked on ``_origin``: a new (unsaved) record is not covered by record rules.
        """
        readable = self._origin._filtered_access("read")
        return self.filtered(lambda line: line._origin in readable)

    def _get_evidence(self):
        """Return the files of the line; those of a stored line as superuser, which saves a query.

        Users who read a line may read its evidence. A line that is not saved can name any file.
        """
        return self.sudo().attachment_ids if self.id else self.attachment_ids

    def _find_unmarked(self):
        return not self.is_marked and self.env._("“%s” has no mark.", self.indicator_label)

    def _find_unexplained(self):
        """Article 5: every result is explained (逐一说明本单位考评的结果)."""
        lacking = self.grade_id and is_blank(self.explanation)
        return lacking and self.env._("“%s” has no explanation.", self.indicator_label)

    def _find_no_reason(self):
        lacking = self.not_applicable and is_blank(self.explanation)
        return lacking and self.env._(
            "“%s” is marked as not applicable, and its explanation does not say why.",
            self.indicator_label,
        )

    def _find_no_evidence(self):
        """The two best grades claim something that can be shown."""
        grade = self.grade_id
        if not grade or grade._get_step() >= 2:
            return False
        has_evidence = any(self._get_evidence().mapped("file_size"))  # an empty file is none
        return not has_evidence and self.env._(
            "“%(indicator)s” is marked %(grade)s without evidence.",
            indicator=self.indicator_label,
            grade=self.grade_id.code,
        )

    def _find_other_year(self):
        """A file is of another year if its name contains years, but not that of the cycle."""
        year = self.cycle_id.year
        strange = [
            (file.name, years)
            for file in self._get_evidence()
            if (years := find_years(file.name)) and year not in years
        ]
        return strange and self.env._(
            "“%(indicator)s”: by their names, these files are not of %(year)s: %(files)s.",
            indicator=self.indicator_label,
            year=str(year),
            files=format_list(self.env, [f"“{name}”" for name, _years in strange]),
        )

    def _find_contradiction(self):
        return self.differs_from_proposal and self.env._(
            "“%(indicator)s”: %(value)s measured means %(proposed)s, but the mark is %(mark)s.",
            indicator=self.indicator_label,
            value=format_percent(self.measured_value),
            proposed=self.proposed_grade_id.code,
            mark=self._get_mark(self),
        )

    def _find_jump(self):
        """A step of two grades or more from last year's grade needs a reason."""
        if not (self.grade_id and self.last_grade_id):
            return False
        before, now = self.last_grade_id, self.grade_id
        steps = now._get_step() - before._get_step()
        return abs(steps) >= WIDE_GAP and self.env._(
            "“%(indicator)s” was %(before)s last year and is marked %(now)s now.",
            indicator=self.indicator_label,
            before=before.code,
            now=now.code,
        )
