from odoo import models


class DiscussChannel(models.Model):
    """Users with a role are not made members of Odoo's channel for everybody, #general.

    Where a bureau talks in it, it is theirs and stays as it is.
    """

    _inherit = "discuss.channel"

    def _subscribe_users_automatically_get_members(self):
        members = super()._subscribe_users_automatically_get_members()
        general = self.env.ref("mail.channel_all_employees", raise_if_not_found=False)
        if general and general.id in members and general._get_silent():
            ours = self.env.ref("it_kpi_assessment.group_user").sudo().all_user_ids.partner_id
            members[general.id] = [i for i in members[general.id] if i not in ours.ids]
        return members

    def _get_silent(self):
        """Return the channels among these into which nobody has written but Odoo's robot."""
        messages = self.env["mail.message"].sudo()
        domain = [
            *(("model", "=", self._name), ("res_id", "in", self.ids)),
            ("message_type", "in", ("comment", "email")),
            ("author_id", "!=", self.env.ref("base.partner_root").id),
        ]
        talks = [channel_id for [channel_id] in messages._read_group(domain, ["res_id"])]
        return self.filtered(lambda channel: channel.id not in talks)
