from odoo import models
from odoo.http import request
from odoo.tools import config

from ..const import AT_ONCE


def check_signaling_on_primary(env):
    """Check registry and cache signaling on the primary, so that revoked roles take effect at once.

    Odoo checks it on the replica at the beginning of every request, and a replica may lag.
    """
    if config["db_replica_host"] and not env.cr.readonly:
        env.registry.check_signaling(env.cr)


class IrHttp(models.AbstractModel):
    """Requests to the primary database server run with the rights that hold there."""

    _inherit = "ir.http"

    @classmethod
    def _authenticate(cls, endpoint):
        check_signaling_on_primary(request.env)
        return super()._authenticate(endpoint)

    def session_info(self):
        """Add how many documents the web client prints itself; more are printed by a job."""
        return {**super().session_info(), "it_kpi_printed_at_once": AT_ONCE}
