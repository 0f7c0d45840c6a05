from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

from .ir_http import check_signaling_on_primary


class ResUsers(models.Model):
    """Users with a role do not change their own name: signatures and the log show it.

    Calls by XML-RPC run with the rights that hold on the primary database server. Where people are
    named for a task, their login is shown beside their name: two may have the same.
    """

    _inherit = "res.users"

    # Odoo has no Chinese for these labels; named here, they are in our catalogue.
    state = fields.Selection(selection_add=[("new", "Invited")])
    notification_type = fields.Selection(selection_add=[("email", "By Mail")])

    @api.model
    def _check_uid_passwd(self, uid, passwd):
        check_signaling_on_primary(self.env)
        return super()._check_uid_passwd(uid, passwd)

    @api.depends("login")
    @api.depends_context("it_kpi_show_login")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        if self.env.context.get("it_kpi_show_login"):
            for user in self.filtered("login"):
                user.display_name = f"{user.display_name} ({user.login})"
        return result

    def write(self, vals):
        if "name" in vals and not self.env.su:
            self._check_name_is_not_chosen(vals["name"])
        result = super().write(vals)
        if "password" in vals:
            self.sudo().api_key_ids._remove()  # sessions end with the old password, keys as well
        if "password" in vals or vals.get("active") is False:
            self.env["it.kpi.kept.signature"]._forget(self)  # it is behind the old password
        if {"group_ids", "company_ids"} & vals.keys():
            self._sync_holdings()
        return result

    @api.model
    def signup(self, values, token=None):
        """Write into the log of an account that its link of first access was used."""
        login, password = super().signup(values, token)
        if token:
            self.env["it.kpi.account"]._log_link_used(login)
        return login, password

    def _begin_in_app(self):
        """Spare users who got a role what Odoo greets them with: the chat of its robot, and its
        channel for everybody. Both stay where somebody has written there."""
        users = self.sudo()
        if "odoobot_state" in users._fields:  # of the module mail_bot
            users.odoobot_state = "disabled"
        partners = users.partner_id
        general = self.env.ref("mail.channel_all_employees", raise_if_not_found=False)
        if general:
            members = general.sudo()._get_silent().channel_member_ids
            members.filtered(lambda member: member.partner_id in partners).unlink()
        robot = self.env.ref("base.partner_root")
        chats = [("channel_type", "=", "chat"), ("channel_member_ids.partner_id", "=", robot.id)]
        own = [("channel_member_ids.partner_id", "in", partners.ids)]
        self.env["discuss.channel"].sudo().search([*chats, *own])._get_silent().unlink()

    @api.model
    def _get_activity_groups(self):
        """Count the duties that are due later as well: they wait from their first day on."""
        groups = super()._get_activity_groups()
        for group in groups:
            if group["model"].startswith("it.kpi."):
                group["total_count"] += group["planned_count"]
        return groups

    @api.ondelete(at_uninstall=False)
    def _unlink_except_acted(self):
        """Keep the users who did something that a record names: signed, approved, inspected."""
        for model, name in self._get_acts():
            domain = [(name, "in", self.ids)]
            records = model.sudo().with_context(active_test=False).search(domain, limit=1)
            if records:
                raise UserError(
                    self.env._(
                        "%(people)s cannot be deleted: “%(field)s” of “%(record)s” would no longer "
                        "say who it was. Archive the user instead.",
                        people=format_list(self.env, (records[name] & self).mapped("name")),
                        field=model._fields[name]._description_string(self.env),
                        record=records.display_name,
                    )
                )

    def _get_acts(self):
        """Return the fields of our models that name who did something: ``[(model, field)]``.

        They restrict deletion. Those that say whose a record is, as of a notice, delete it too.
        """
        return [
            (model, field.name)
            for model_name, model in self.env.items()
            if model_name.startswith("it.kpi.") and model._auto and not model._transient
            for field in model._fields.values()
            if field.store
            and field.comodel_name == "res.users"
            and field.type in ("many2one", "many2many")
            and field.ondelete == "restrict"
        ]

    def _check_name_is_not_chosen(self, name):
        """Raise a UserError if the current user has a role, renames themselves and does not manage
        users."""
        user = self.env.user
        if user not in self or name == user.name or user.has_group("base.group_erp_manager"):
            return
        if user._get_company_ids_as():
            raise UserError(
                self.env._(
                    "Your name stands below what you sign and in the log. The administrator "
                    "changes it."
                )
            )
