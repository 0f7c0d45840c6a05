"""What the checks of a rubric (rubric/it_kpi_check.py) find on a form, before the signature."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import ASSESSMENT_WITH_UNIT
from .it_kpi_assessment_line_findings import FINDINGS_READERS, find


class ItKpiAssessment(models.Model):
    """The checks of a whole form, and what their findings lead to."""

    _inherit = "it.kpi.assessment"

    findings = fields.Json(
        compute="_compute_findings",
        groups=FINDINGS_READERS,
        help="What the checks find while the form is under way, blocking first.",
    )

    @api.depends("state", "handed_over_by_id", "line_ids.findings")
    @api.depends_context("uid", "lang")
    def _compute_findings(self):
        for form in self:
            lines = form.line_ids._filter_readable() if form.state in ASSESSMENT_WITH_UNIT else ()
            found = [finding for line in lines for finding in line.findings or ()]
            form.findings = bool(lines) and form._complete_findings(
                found, form.rubric_id.sudo()._get_check_effects()
            )

    def _get_findings(self):
        """Return what the checks find (see ``find``), whatever the state of the form.

        Empty for users who cannot read the lines.
        """
        lines = self.line_ids._filter_readable()
        if not lines:
            return []
        effects = self.rubric_id.sudo()._get_check_effects()
        found = [finding for line in lines for finding in find(line, True, effects)]
        return self._complete_findings(found, effects)

    def _complete_findings(self, found, effects):
        """Return the findings on lines and on the form, blocking ones first."""
        found = [*found, *find(self, False, effects)]
        return sorted(found, key=lambda finding: finding["effect"] != "block")

    def _check_findings(self):
        """Raise a UserError that lists all findings that block the signature."""
        for form in self:
            blocking = [
                finding["text"] for finding in form._get_findings() if finding["effect"] == "block"
            ]
            if blocking:
                raise UserError(
                    self.env._(
                        "%(form)s: before the signature, this is still to be done.\n%(findings)s",
                        form=form.display_name,
                        findings="\n".join(blocking),
                    )
                )

    def _get_move_notes(self, name):
        """List the warnings in the log entry of the signature."""
        notes = super()._get_move_notes(name)
        if name == "submit":
            sentences = [finding["text"] for finding in self._get_findings()]
            notes.append((self.env._("Signed in spite of these warnings:"), sentences))
        return notes

    def _find_same_person(self):
        """Four eyes: the leader who signs should not have handed the form over.

        The signer is the current user if they are a leader of the unit, else any leader of it.
        """
        form = self._origin
        if form.state not in ("to_sign", "submitted"):
            return False
        leaders = form.unit_id.sudo().leader_ids
        signer = self.env.user if self.env.user in leaders else leaders
        if signer == form.handed_over_by_id:
            return self.env._("%s handed the form over and signs it as well.", signer.name)
        return False
