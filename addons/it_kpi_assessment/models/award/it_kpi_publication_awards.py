from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.roles import has_role


class ItKpiPublication(models.Model):
    """What is proposed on a publication: funds, and units for commendation."""

    _inherit = "it.kpi.publication"

    allocation_ids = fields.One2many(
        "it.kpi.allocation",
        "publication_id",
        readonly=True,
        groups="it_kpi_assessment.group_reads_all",
    )
    commendation_ids = fields.One2many(
        "it.kpi.commendation",
        "publication_id",
        readonly=True,
        groups="it_kpi_assessment.group_reads_all",
    )
    commended = fields.Selection(related="rubric_id.commended")
    proposes_funds = fields.Boolean(related="rubric_id.proposes_funds")
    can_propose_awards = fields.Boolean(compute="_compute_can_propose_awards")

    @api.depends_context("uid")
    def _compute_can_propose_awards(self):
        """Return whether the current user can draw up proposals on the publication."""
        for publication in self:
            publication.can_propose_awards = (
                publication.state == "published"
                and publication.is_current
                and has_role(self.env, "division", publication.company_id)
            )

    def action_propose_funds(self):
        """Open the proposal of funds, which is drawn up if there is none.

        :raise AccessError: the user is not of the division
        :raise UserError: the result is not published or superseded, or the rubric has no funds
        """
        self.ensure_one()
        return self.env["it.kpi.allocation"]._draw_up(self)._get_records_action()

    def action_propose_commendation(self):
        """Open the proposed commendation, which is drawn up if there is none.

        :raise AccessError: the user is not of the division
        :raise UserError: the result is not published or superseded, or the rubric commends nobody
        """
        self.ensure_one()
        return self.env["it.kpi.commendation"]._draw_up(self)._get_records_action()

    def action_open_commendation(self):
        """Open the proposed commendation.

        :raise UserError: there is none, or the user does not read it
        """
        return self._open_proposal("it.kpi.commendation", self.env._("Proposed Commendation"))

    def action_open_funds(self):
        """Open the proposal of funds.

        :raise UserError: there is none, or the user does not read it
        """
        return self._open_proposal("it.kpi.allocation", self.env._("Proposed Funds"))

    def _open_proposal(self, model, name):
        self.ensure_one()
        self.check_access("read")
        found = self.env[model].search([("publication_id", "=", self.id)])
        if not found:
            raise UserError(
                self.env._("There is no such proposal on %s that you read.", self.display_name)
            )
        return found._get_records_action(name=name)
