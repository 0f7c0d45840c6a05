"""The roles that a user holds, whatever the record."""


def has_role(env, role):
    """Return whether the current user holds a role of ``const.ROLES``."""
    return env.user.has_group(f"it_kpi_assessment.group_{role}")


def reads_all(env):
    """Return whether the user may read every unit's result (spec, section 4)."""
    return env.su or env.user.has_group("it_kpi_assessment.group_reads_all")


def may_share(env):
    """Return whether the user may change what others see on the screens of the addon."""
    return env.su or env.is_admin() or has_role(env, "division")


def may_be_named(user, company, roles):
    """Return whether a record of a bureau may name a user.

    The user must be active, internal and of that bureau, and hold one of the roles, if there are
    any.
    """
    user = user.sudo()
    groups = [f"it_kpi_assessment.group_{role}" for role in roles]
    return (
        user.active
        and user._is_internal()
        and company in user.company_ids
        and (not groups or any(user.has_group(group) for group in groups))
    )
