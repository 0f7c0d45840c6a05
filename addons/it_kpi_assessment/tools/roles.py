"""The roles that a user holds in a bureau: asked here by moves, fields, downloads and pages.

Record rules ask the same of ``company_ids_as`` (``models/role/ir_rule.py``).
"""

from odoo import Command

from ..const import READS_ALL, ROLES

# What every employee is, and the choice to read notices on the screen, which is a group in Odoo.
OF_EVERYBODY = ("base.group_user", "mail.group_mail_notification_type_inbox")


def has_role(env, role, companies):
    """Return whether the current user holds a role of ``const.ROLES`` in all of these bureaus."""
    return role in get_held_roles(env, companies)


def get_held_roles(env, companies):
    """Return the names of the roles that the current user holds in all of these bureaus."""
    wanted = frozenset(companies._ids)
    held = env.user._get_held_roles()
    return {role for role, bureaus in held.items() if wanted and wanted <= bureaus}


def reads_all(env, companies):
    """Return whether the user may read every unit's result in these bureaus (spec, section 4)."""
    held = env.user._get_company_ids_as(*READS_ALL)
    return env.su or (bool(companies) and held.issuperset(companies._ids))


def may_share(env):
    """Return whether the user may change what others see on the screens of the addon.

    It is seen by all who share a bureau with the user (``it_kpi_shared_rules.xml``), so who serves
    several has to be of the division in each.
    """
    bureaus = env.user.sudo().company_ids.filtered("it_kpi_holding_ids")
    return env.su or env.is_admin() or has_role(env, "division", bureaus)


def may_be_named(user, company, roles):
    """Return whether a record of a bureau may name a user.

    The user must be active, internal and of that bureau, and hold one of the roles there, if
    there are any.
    """
    user = user.sudo()
    return (
        user.active
        and user._is_internal()
        and company in user.company_ids
        and (not roles or company.id in user._get_company_ids_as(*roles))
    )


def manages_users(env):
    """Return whether the user gives every role: the administrator of users."""
    return env.user.has_group("base.group_erp_manager")


def get_group(env, role):
    """Return the group (``res.groups``) that a role is, readable by everybody."""
    return find_group(env, f"it_kpi_assessment.group_{role}")


def find_group(env, name):
    """Return a group by its external id, without the query by which ``env.ref`` looks for it."""
    return env["res.groups"].sudo().browse(env["ir.model.data"]._xmlid_to_res_id(name))


def get_holders_domain(company, role):
    """Return the domain of the active users who hold a role in a bureau."""
    holding = [("role", "=", role), ("company_id", "=", company.id)]
    return [("active", "=", True), ("it_kpi_holding_ids", "any", holding)]


def get_roles(user, company):
    """Return the roles of ``const.ROLES`` that a user holds in a bureau."""
    return [role for role in ROLES if company.id in user._get_company_ids_as(role)]


def prepare_roles(env, roles):
    """Return the values of a new employee with these roles, and no other group.

    The roles are held in the companies of the user.
    """
    groups = [find_group(env, "base.group_user"), *(get_group(env, role) for role in roles)]
    return {"group_ids": [Command.set([group.id for group in groups])]}


def give_roles(user, roles, company):
    """Give roles in a bureau to a user; the caller has checked that they may be given."""
    held = get_roles(user, company)
    user.env["it.kpi.holding"].sudo().create(
        [
            {"user_id": user.id, "company_id": company.id, "role": role}
            for role in roles
            if role not in held
        ]
    )


def holds_at_most(user, roles):
    """Return whether a user can do no more than an employee with these roles."""
    env = user.env
    names = [*OF_EVERYBODY, *(f"it_kpi_assessment.group_{role}" for role in roles)]
    groups = env["res.groups"].sudo().union(*(find_group(env, name) for name in names))
    return user.sudo().all_group_ids <= groups.all_implied_ids
