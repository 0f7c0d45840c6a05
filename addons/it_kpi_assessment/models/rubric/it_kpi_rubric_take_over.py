from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...tools.roles import has_role

SHIPPED = "it_kpi_assessment.rubric_2023"
OFFER = Markup(
    "%s<p>%s</p><p><a type='action' class='btn btn-primary' data-model='it.kpi.rubric'"
    " data-method='action_take_over'>%s</a></p>"
)


class ItKpiRubric(models.Model):
    """The rubric of the regulation lies in the company that the addon was installed in.

    A bureau that works in another company reads nothing of it, and begins with a copy.
    """

    _inherit = "it.kpi.rubric"

    @api.model
    def get_empty_list_help(self, help_message):
        """Say on the empty page where the rubric of the regulation is, and offer it."""
        help_message = super().get_empty_list_help(help_message)
        shipped = self._find_shipped()
        if not shipped or not has_role(self.env, "division", self.env.company):
            return help_message
        return OFFER % (
            Markup(help_message or ""),
            self.env._(
                "The rubric of the regulation, version %(version)s, was installed in %(company)s. "
                "Your bureau, %(bureau)s, begins with a copy of it.",
                version=shipped.version,
                company=shipped.company_id.name,
                bureau=self.env.company.name,
            ),
            self.env._("Take over the Rubric"),
        )

    @api.model
    def action_take_over(self):
        """Copy the rubric of the regulation into the bureau that the user works in; open the draft.

        :return: the action that opens the copy
        :raise AccessError: the user is not of the division there
        :raise UserError: the bureau has a rubric already, or the shipped one was deleted
        """
        if not has_role(self.env, "division", self.env.company):
            raise AccessError(
                self.env._("The informatization division takes over the rubric of its bureau.")
            )
        shipped = self._find_shipped()
        if not shipped:
            raise UserError(
                self.env._("There is nothing to take over: look at the rubrics that are there.")
            )
        # The company that it lies in may be closed to the user: only this text leaves it.
        rubric = shipped.copy(
            {
                "version": shipped.version,
                "company_id": self.env.company.id,
                "origin_id": False,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": rubric.id,
            "views": [(False, "form")],
        }

    def _find_shipped(self):
        """Return the rubric of the regulation as superuser, for a bureau that has no rubric yet."""
        own = [("company_id", "=", self.env.company.id), ("cycle_id", "=", False)]
        if self.sudo().search_count(own, limit=1):
            return self.sudo().browse()
        shipped = self.env.ref(SHIPPED, raise_if_not_found=False)
        return (shipped or self).sudo()[:1]
