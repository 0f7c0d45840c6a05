from odoo import api, models
from odoo.exceptions import UserError


class MailActivity(models.Model):
    """Duty activities are managed by the system: users cannot complete, move or create them.

    Activities that users plan for themselves are not affected.
    """

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._check_no_duty()
        return activities

    def write(self, vals):
        self._check_no_duty()
        result = super().write(vals)
        self._check_no_duty()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_duty(self):
        self._check_no_duty()

    def _compute_can_write(self):
        """Hide the buttons that would be refused."""
        result = super()._compute_can_write()
        self._get_duties().can_write = False
        return result

    def _get_duties(self):
        """Return the activities among these that belong to a duty of the addon."""
        return self.filtered(
            lambda activity: activity.sudo().activity_type_id in activity._get_duty_types()
        )

    def _get_duty_types(self):
        """Return the types that the activity's model has for its duties, if it has any."""
        model = self.env.get(self.sudo().res_model)
        names = getattr(model, "_duties", ())
        return self.env["mail.activity.type"].union(*(model._get_duty_type(name) for name in names))

    def _check_no_duty(self):
        duties = not self.env.su and self._get_duties()
        if duties:
            raise UserError(
                self.env._(
                    "“%s” comes and goes by itself. It is done as soon as the work is done: "
                    "open the record and use its buttons.",
                    duties[0].sudo().display_name,
                )
            )

    def _classify_by_model(self):
        """Add no followers for duties: they could get mails on what they may no longer read."""
        if self.env.context.get("it_kpi_no_followers"):
            return {}
        return super()._classify_by_model()
