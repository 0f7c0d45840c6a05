"""What is still to be done before a survey is signed or confirmed, all of it at once."""

from odoo import models
from odoo.exceptions import UserError


class ItKpiSurvey(models.Model):
    """Assessors and the head are reminded of everything that a signature needs, with its line."""

    _inherit = "it.kpi.survey"

    def _get_findings(self, move):
        """Return what stands in the way of ``sign`` or ``confirm``, in the order of the form.

        A list of dicts as the checks of a self-assessment have them: ``kind``, ``effect`` (always
        block), ``line_id`` (False where it is about the form), and ``text``, the sentence.
        """
        self.ensure_one()
        found = [
            ("not_ready", False, self._find_not_ready()),
            ("unassigned", False, self._find_unassigned()),
            ("unvisited", False, self._find_unvisited()),
            *(("unmarked", line.id, line._find_unmarked()) for line in self.line_ids),
            *(("no_reason", line.id, line._find_no_reason()) for line in self.line_ids),
            ("unsigned", False, move == "confirm" and self._find_unsigned()),
        ]
        return [
            {"kind": kind, "effect": "block", "line_id": line_id, "text": text}
            for kind, line_id, text in found
            if text
        ]

    def _find_not_ready(self):
        return not self.is_ready and self.env._(
            "%s has not submitted its self-assessment.", self.unit_id.name
        )

    def _find_unassigned(self):
        return not self.assessor_ids and self.env._(
            "Assign assessors to %s first.", self.display_name
        )

    def _find_unvisited(self):
        return not self.visit_date and self.env._(
            "An assessor fills in on which day the unit was visited."
        )

    def _find_unsigned(self):
        """Name the assessors who have not signed. A head who is one signs once, by confirming."""
        missing = self.unsigned_ids - self.env.user
        return missing and self.env._(
            "%(survey)s is not signed by: %(names)s. Have them sign, or unassign who cannot.",
            survey=self.display_name,
            names=missing.mapped("name"),
        )

    def _check_complete(self, move):
        """Raise a UserError that lists all that these surveys still need before the move.

        With sudo: the rule holds whatever the current user may read.
        """
        lists = []
        for survey in self.sudo():
            texts = [finding["text"] for finding in survey._get_findings(move)]
            if texts:
                lists.append("\n".join([f"{survey.display_name}：", *texts]))
        if lists:
            raise UserError(
                self.env._("Before the signature, this is still to be done:\n%s", "\n".join(lists))
            )
