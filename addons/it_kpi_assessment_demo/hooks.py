from odoo.exceptions import UserError

# What it_kpi_assessment named in its own name while it held the demonstration itself.
UNITS = (
    *("highway", "enforcement", "transport", "waterway", "quality", "information", "defence"),
    *("emergency", "cost", "design", "taxi", "bus", "port"),
)
USERS = ("reporter", "leader", "assessor", "assessor2", "head", "division", "leadership")


def take_over_old_demonstration(env):
    """Rename the external ids of an older demonstration, so that nothing is created twice.

    A bureau that has years of its own is refused: everybody knows the passwords of the
    demonstration.
    """
    names = [*(f"unit_{name}" for name in UNITS), *(f"user_{name}" for name in USERS)]
    old = env["ir.model.data"].search([("module", "=", "it_kpi_assessment"), ("name", "in", names)])
    if not old and env["it.kpi.cycle"].search_count([], limit=1):
        raise UserError(
            env._("The demonstration can only be installed in a database that has no years yet.")
        )
    old.module = "it_kpi_assessment_demo"
