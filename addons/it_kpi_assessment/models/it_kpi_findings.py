"""What the checks before the signature find on a self-assessment (models/it_kpi_check.py)."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

from .file_dates import find_years
from .it_kpi_check import CHECKS
from .it_kpi_survey_beside import WIDE_GAP
from .percent import format_percent

# While these states last, something can still be done about a finding.
UNDER_WAY = ("draft", "to_sign", "returned")


class ItKpiAssessment(models.Model):
    """The checks of a whole form, and what becomes of what they find."""

    _inherit = "it.kpi.assessment"

    findings = fields.Json(
        compute="_compute_findings",
        groups="it_kpi_assessment.group_reporter,it_kpi_assessment.group_leader,"
        "it_kpi_assessment.group_division",
        help="What the checks find while the form is under way, blocking first.",
    )

    @api.depends(
        "state",
        "handed_over_by_id",
        "line_ids.grade_id",
        "line_ids.not_applicable",
        "line_ids.explanation",
        "line_ids.attachment_ids",
        "line_ids.measured_value",
        "line_ids.last_grade_id",
    )
    @api.depends_context("uid", "lang")
    def _compute_findings(self):
        for form in self:
            form.findings = form._get_findings() if form.state in UNDER_WAY else False

    def _get_findings(self):
        """Return a dict for everything that the checks find, what blocks first.

        ``kind`` names the check, ``effect`` is block or warn, ``text`` the sentence, and
        ``line_id`` the line, or False where it is about the form. Who cannot read the lines
        learns nothing.
        """
        lines = self.line_ids._filtered_access("read")
        if not lines:
            return []
        effects = self.rubric_id.check_ids._get_effects()
        found = [
            {
                "kind": kind,
                "effect": effects[kind],
                "line_id": check.on_line and record._origin.id,
                "text": text,
            }
            for kind, check in CHECKS.items()
            if effects[kind] != "off"
            for record in (lines if check.on_line else self)
            if (text := getattr(record, f"_find_{kind}")())
        ]
        return sorted(found, key=lambda finding: finding["effect"] != "block")

    def _check_findings(self):
        """Raise a UserError that says everything that stands in the way of the signature."""
        for form in self:
            blocking = [
                finding["text"] for finding in form._get_findings() if finding["effect"] == "block"
            ]
            if blocking:
                raise UserError(
                    self.env._(
                        "%(form)s: this stands in the way.\n%(findings)s",
                        form=form.display_name,
                        findings="\n".join(blocking),
                    )
                )

    def _get_move_notes(self, name):
        """What was warned about stands in the log entry of the signature."""
        notes = super()._get_move_notes(name)
        if name == "submit":
            sentences = [finding["text"] for finding in self._get_findings()]
            notes.append((self.env._("Signed in spite of these warnings:"), sentences))
        return notes

    def _find_same_person(self):
        """Four eyes: who handed the form over should not be who signs it.

        Who signs is the leader who looks at it; for everybody else, any leader of the unit.
        """
        form = self._origin
        leaders = form.unit_id.sudo().leader_ids
        signer = self.env.user if self.env.user in leaders else leaders
        if form.state in ("to_sign", "submitted") and signer == form.handed_over_by_id:
            return self.env._("%s handed the form over and signs it as well.", signer.name)
        return False


class ItKpiAssessmentLine(models.Model):
    """The checks of one line: each returns a sentence that names the indicator, or nothing."""

    _inherit = "it.kpi.assessment.line"

    def _find_unmarked(self):
        return not self.is_marked and self.env._("“%s” has no mark.", self.indicator_label)

    def _find_unexplained(self):
        """Article 5: every result is explained (逐一说明本单位考评的结果)."""
        lacking = self.grade_id and not (self.explanation or "").strip()
        return lacking and self.env._("“%s” has no explanation.", self.indicator_label)

    def _find_no_reason(self):
        lacking = self.not_applicable and not (self.explanation or "").strip()
        return lacking and self.env._(
            "“%s” is marked as not applicable, and its explanation does not say why.",
            self.indicator_label,
        )

    def _find_no_evidence(self):
        """The two best grades claim something that can be shown."""
        lacking = self.grade_id in self.rubric_id.grade_ids[:2] and not self.attachment_ids
        return lacking and self.env._(
            "“%(indicator)s” is marked %(grade)s without evidence.",
            indicator=self.indicator_label,
            grade=self.grade_id.code,
        )

    def _find_other_year(self):
        """A file is of another year if its name speaks of years, and never of the cycle's."""
        year = self.cycle_id.year
        strange = [
            (file.name, years)
            for file in self.attachment_ids
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
        """Who climbs or falls by two grades in a year will be asked why."""
        grades = (self.last_grade_id, self.grade_id)
        if not all(grades):
            return False
        before, now = (grade.rubric_id.grade_ids.ids.index(grade.id) for grade in grades)
        return abs(now - before) >= WIDE_GAP and self.env._(
            "“%(indicator)s” was %(before)s last year and is marked %(now)s now.",
            indicator=self.indicator_label,
            before=grades[0].code,
            now=grades[1].code,
        )
