from odoo import models
from odoo.http import request
from odoo.tools import config

from .job.it_kpi_cycle_job import AT_ONCE


def ask_primary(env):
    """Ask the primary whether what this process remembers, roles among it, still holds.

    Odoo asks the replica at the beginning of every request, and learns of a role that was taken
    away only when the replica does. What goes on to the primary asks again.
    """
    if config["db_replica_host"] and not env.cr.readonly:
        env.registry.check_signaling(env.cr)


class IrHttp(models.AbstractModel):
    """Whoever reads or writes on the primary database server has the rights that hold there."""

    _inherit = "ir.http"

    @classmethod
    def _authenticate(cls, endpoint):
        ask_primary(request.env)
        return super()._authenticate(endpoint)

    def session_info(self):
        """Add how many documents the web client prints itself; more are printed by a job."""
        return {**super().session_info(), "it_kpi_printed_at_once": AT_ONCE}
