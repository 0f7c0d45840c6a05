"""The roles that read the results of all units, and not only those of their own unit."""

READERS_OF_ALL = ("head", "division", "leadership")


def reads_all(env):
    """Return whether the user may read every unit's result (spec, section 4)."""
    groups = (f"it_kpi_assessment.group_{role}" for role in READERS_OF_ALL)
    return env.su or any(env.user.has_group(group) for group in groups)
