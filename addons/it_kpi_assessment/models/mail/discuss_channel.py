from odoo import models


class DiscussChannel(models.Model):
    """Users with a role are not made members of Odoo's channel for everybody, #general."""

    _inherit = "discuss.channel"

    def _subscribe_users_automatically_get_members(self):
        members = super()._subscribe_users_automatically_get_members()
        general = self.env.ref("mail.channel_all_employees", raise_if_not_found=False)
        if general and general.id in members:
            ours = self.env.ref("it_kpi_assessment.group_user").sudo().all_user_ids.partner_id
            members[general.id] = [i for i in members[general.id] if i not in ours.ids]
        return members
