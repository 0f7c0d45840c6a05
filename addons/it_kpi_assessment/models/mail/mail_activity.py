from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

# Of these fields it depends for whom an activity waits, and since when.
WAITING = {"active", "date_deadline", "user_id"}


class MailActivity(models.Model):
    """Duty activities are managed by the system: users cannot complete, move or create them.

    Activities that users plan for themselves are not affected. The clock of the web client counts
    those on our records from their first day on; Odoo tells it of those that are due only.
    """

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._check_no_duty()
        activities._tell_clock(Counter())
        return activities

    def write(self, vals):
        self._check_no_duty()
        before = self._count_later() if WAITING & vals.keys() else None
        result = super().write(vals)
        self._check_no_duty()
        if before is not None:
            self._tell_clock(before)
        return result

    def unlink(self):
        before = self._count_later()
        result = super().unlink()
        self.browse()._tell_clock(before)
        return result

    def _count_later(self):
        """Return how many of these activities on our records are due later, by user."""
        today = fields.Date.today()
        return Counter(
            activity.user_id
            for activity in self.sudo()
            if (activity.res_model or "").startswith("it.kpi.")
            and activity.active
            and activity.user_id
            and activity.date_deadline > today
        )

    def _tell_clock(self, before):
        """Tell the web clients of users how the number of their later activities changed."""
        after = self._count_later()
        # One recordset, so that all users are read at once.
        for user in self.env["res.users"].union(*before, *after):
            change = after[user] - before[user]
            if change:
                key = "activity_created" if change > 0 else "activity_deleted"
                user._bus_send("mail.activity/updated", {key: True, "count_diff": change})

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
