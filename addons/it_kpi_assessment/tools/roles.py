"""The roles that a user holds, whatever the record."""


def has_role(env, role):
    """Return whether the current user holds a role of ``const.ROLES``."""
    return env.user.has_group(f"it_kpi_assessment.group_{role}")


def reads_all(env):
    """Return whether the user may read every unit's result (spec, section 4)."""
    return env.su or env.user.has_group("it_kpi_assessment.group_reads_all")
