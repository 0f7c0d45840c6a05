from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import CYCLE_UNDER_WAY
from ...tools.text import is_blank
from ..publication.it_kpi_cycle_review import NOT_APPROVED


class ItKpiObjection(models.Model):
    """The decision on an objection, and what follows from it: exactly the upheld lines reopen."""

    _inherit = "it.kpi.objection"

    def action_decide(self):
        """Decide objections line by line, as entered before (维持 or 更正), each with a reason.

        Upheld lines are reopened at once while the year is under way, and the approval is void; of
        a published result they are reopened when the division revises the year.

        :raise AccessError: the user is no head, or belongs to a unit concerned (回避)
        :raise UserError: a line has no decision, or the decision no reason
        """
        self._check_move("decide")
        self._check_decisions()
        now = fields.Datetime.now()
        for objection in self:
            upheld = objection.sudo().line_ids.filtered(lambda line: line.decision == "corrected")
            objection._move(
                "decide",
                decided_by_id=self.env.uid,
                decided_at=now,
                upheld_count=len(upheld),
            )
        self.sudo()._reopen_lines()

    def _get_move_notes(self, name):
        """List what was decided of each line."""
        notes = super()._get_move_notes(name)
        if name == "decide":
            labels = dict(self.line_ids._fields["decision"]._description_selection(self.env))
            decided = [
                f"{line.display_name}：{labels[line.decision]}。{line.decision_reason}"
                for line in self.line_ids
            ]
            notes.append((self.env._("Decided:"), decided))
        return notes

    def _check_decisions(self):
        for objection in self:
            open_lines = objection.line_ids.filtered(
                lambda line: not line.decision or is_blank(line.decision_reason)
            )
            if open_lines:
                raise UserError(
                    self.env._(
                        "Decide each line, and give the reason:\n%s",
                        "\n".join(open_lines.mapped("display_name")),
                    )
                )

    def _reopen_lines(self):
        """Reopen the lines that were upheld, in years that are under way; the approval is void."""
        due = self.filtered(
            lambda objection: (
                objection.upheld_count
                and not objection.reopened_at
                and objection.cycle_id.state in CYCLE_UNDER_WAY
            )
        )
        for objection in due:
            for form, reasons in objection._get_corrections().items():
                form._correct(reasons)
            objection.write(
                {
                    "reopened_at": fields.Datetime.now(),
                    "outdated_proposal_id": objection.cycle_id.proposal_id.id,
                }
            )
        due.cycle_id.write(NOT_APPROVED)

    def _get_corrections(self):
        """Return ``{form: {line: reason of the decision}}`` of the lines that were upheld."""
        corrections = defaultdict(dict)
        for line in self.line_ids.filtered(lambda line: line.decision == "corrected"):
            found = self.env[f"it.kpi.{line.kind}.line"].search(
                [
                    ("cycle_id", "=", self.cycle_id.id),
                    ("form_id.unit_id", "=", self.unit_id.id),
                    ("indicator_id", "=", line.indicator_id.id),
                ]
            )
            corrections[found.form_id][found] = line.decision_reason
        return corrections

    @api.model
    def _take_up(self, cycles):
        """Reopen what objections to the published results of these years corrected."""
        self.sudo().search([("cycle_id", "in", cycles.ids)])._reopen_lines()

    @api.model
    def _follow_correction(self, forms):
        """Note that the objections of these forms' units are carried out, once all are filed."""
        found = self.sudo().search(
            [
                ("cycle_id", "in", forms.cycle_id.ids),
                ("unit_id", "in", forms.unit_id.ids),
                ("reopened_at", "!=", False),
                ("carried_out_at", "=", False),
            ]
        )
        for objection in found.filtered(lambda row: not row._has_open_form()):
            objection.carried_out_at = fields.Datetime.now()
            objection._message_log(
                body=self.env._("Carried out: the corrected forms are filed again.")
            )

    def _has_open_form(self):
        """Return whether a form of the unit is still being corrected."""
        domain = [
            ("cycle_id", "=", self.cycle_id.id),
            ("unit_id", "=", self.unit_id.id),
            ("in_correction", "=", True),
        ]
        return any(
            self.env[model].search_count(domain, limit=1)
            for model in ("it.kpi.assessment", "it.kpi.survey")
        )
