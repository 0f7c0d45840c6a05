from odoo import Command, api, fields, models, tools

from ...const import ROLES

# Administrators give roles; the others choose among those who hold one.
READERS = (
    "base.group_erp_manager,it_kpi_assessment.group_assessor,it_kpi_assessment.group_reads_all"
)


class ResUsers(models.Model):
    """The roles that users hold, and in which bureaus.

    A group that is given makes the role's rows, one for each company of the user; a group or a
    company that is taken away takes its rows with it. A company that a user gets later brings no
    role: the administrator adds it.
    """

    _inherit = "res.users"

    it_kpi_holding_ids = fields.One2many(
        "it.kpi.holding",
        "user_id",
        "Roles in the Assessment",
        groups=READERS,
        copy=True,
        help="Which roles of the assessment the user holds in which bureau.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._sync_holdings()
        return users

    def _get_company_ids_as(self, *roles):
        """Return the ids of the companies in which this user holds one of the roles.

        :param roles: names of ``const.ROLES``; without any, all of them
        """
        held = self._get_held_roles()
        return {company for role in roles or ROLES for company in held.get(role, ())}

    @tools.ormcache("self.id")
    def _get_held_roles(self):
        """Return ``{role: ids of the companies}``: what rows, groups and companies agree on.

        It reads fields only, which are fetched for many users at once where many are asked.
        """
        self.ensure_one()
        user, held = self.with_env(self.env(context={}, su=True)), {}
        for holding in user.it_kpi_holding_ids:
            role, company = holding.role, holding.company_id
            if company in user.company_ids and user.has_group(f"it_kpi_assessment.group_{role}"):
                held.setdefault(role, set()).add(company.id)
        return {role: frozenset(bureaus) for role, bureaus in held.items()}

    def _sync_holdings(self):
        """Bring the rows of these users in line with their groups and companies."""
        users = self.sudo().with_context(active_test=False)
        groups = {role: self.env["it.kpi.holding"]._get_role_group(role) for role in ROLES}
        holdings = users.it_kpi_holding_ids
        held = {(holding.user_id, holding.role) for holding in holdings}
        stale = holdings.filtered(
            lambda holding: (
                groups[holding.role] not in holding.user_id.all_group_ids
                or holding.company_id not in holding.user_id.company_ids
            )
        )
        given = [
            {"user_id": user.id, "role": role, "company_id": company.id}
            for user in users
            for role, group in groups.items()
            if group in user.all_group_ids and (user, role) not in held
            for company in user.company_ids
        ]
        stale.unlink()
        holdings.create(given)

    def _follow_holdings(self):
        """Give these users the groups of the roles that they hold somewhere, and take away others.

        Record rules depend on the rows, so their cache is cleared in all processes.
        """
        self.env.registry.clear_cache()
        for user in self.sudo().with_context(active_test=False):
            held = set(user.it_kpi_holding_ids.mapped("role"))
            commands = []
            for role in ROLES:
                group = self.env["it.kpi.holding"]._get_role_group(role)
                if role in held and group not in user.all_group_ids:
                    commands.append(Command.link(group.id))
                elif role not in held and group in user.group_ids:
                    commands.append(Command.unlink(group.id))
            if commands:
                user.write({"group_ids": commands})
