"""What the checks before the signature find on a self-assessment (rubric/it_kpi_check.py)."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

from ...tools.fields import format_percent
from ...tools.file_dates import find_years
from ..rubric.it_kpi_check import CHECKS
from .it_kpi_survey_line_context import WIDE_GAP

# While these states last, something can still be done about a finding.
UNDER_WAY = ("draft", "to_sign", "returned")
READERS = (
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


class ItKpiAssessment(models.Model):
    """The checks of a whole form, and what becomes of what they find."""

    _inherit = "it.kpi.assessment"

    findings = fields.Json(
        compute="_compute_findings",
        groups=READERS,
        help="What the checks find while the form is under way, blocking first.",
    )

    @api.depends("state", "handed_over_by_id", "line_ids.findings")
    @api.depends_context("uid", "lang")
    def _compute_findings(self):
        for form in self:
            lines = form.line_ids._filter_readable() if form.state in UNDER_WAY else ()
            found = [finding for line in lines for finding in line.findings or ()]
            form.findings = bool(lines) and form._complete_findings(
                found, form.rubric_id.sudo()._get_check_effects()
            )

    def _get_findings(self):
        """Return what the checks find (see ``find``), whatever the state of the form.

        Who cannot read the lines learns nothing.
        """
        lines = self.line_ids._filter_readable()
        if not lines:
            return []
        effects = self.rubric_id.sudo()._get_check_effects()
        found = [finding for line in lines for finding in find(line, True, effects)]
        return self._complete_findings(found, effects)

    def _complete_findings(self, found, effects):
        """Return what is found on lines with what is found on the form: what blocks first."""
        found = [*found, *find(self, False, effects)]
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

    findings = fields.Json(
        compute="_compute_findings",
        groups=READERS,
        help="What the checks find on this line while the form is under way.",
    )

    @api.depends(
        "form_id.state",
        "grade_id",
        "not_applicable",
        "explanation",
        "attachment_ids.name",
        "measured_value",
        "last_grade_id",
    )
    @api.depends_context("uid", "lang")
    def _compute_findings(self):
        """Who marks a line hears with the answer what is found on it, without asking for more."""
        self.findings = False
        told = self._filter_readable().filtered(lambda line: line.form_id.state in UNDER_WAY)
        for rubric, lines in told.grouped("rubric_id").items():
            effects = rubric.sudo()._get_check_effects()
            for line in lines:
                line.findings = list(find(line, True, effects))

    def _filter_readable(self):
        """Return the lines that the user may read as they are stored, whatever a client pretends.

        Rules are not asked for a line that is only pretended, but for the one behind it.
        """
        readable = self._origin._filtered_access("read")
        return self.filtered(lambda line: line._origin in readable)

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
        grade = self.grade_id
        lacking = grade and grade.sudo()._get_step() < 2 and not self.attachment_ids
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
        if not (self.grade_id and self.last_grade_id):
            return False
        before, now = self.last_grade_id, self.grade_id
        steps = now.sudo()._get_step() - before.sudo()._get_step()
        return abs(steps) >= WIDE_GAP and self.env._(
            "“%(indicator)s” was %(before)s last year and is marked %(now)s now.",
            indicator=self.indicator_label,
            before=before.code,
            now=now.code,
        )
