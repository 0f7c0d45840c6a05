from odoo import models
from odoo.http import request
from odoo.tools import config

from ..const import AT_ONCE
from ..tools.text import make_all_storable


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

    @classmethod
    def _dispatch(cls, endpoint):
        """Take out of the request's texts what the database cannot hold.

        Every door passes here: values, domains, names of files and the texts that methods take. A
        NUL or half a surrogate pair would otherwise end as an error of the database's driver.
        """
        request.params = make_all_storable(request.params)
        return super()._dispatch(endpoint)

    def session_info(self):
        """Add how many documents the web client prints itself; more are printed by a job."""
        return {**super().session_info(), "it_kpi_printed_at_once": AT_ONCE}
