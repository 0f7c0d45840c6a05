from odoo import api, models


def on_primary(method):
    """Have a method that Odoo takes for read-only run on the primary database server.

    Odoo uses ``_readonly`` of the most derived override that sets it.
    """
    method._readonly = False
    return method


class ItKpiPrimary(models.AbstractModel):
    """Mixin: reads go to the primary server, so that users see what they have just saved.

    With ``db_replica_host`` Odoo sends reads to a replica, which may lag: users would mark a line
    and not see the mark, or press a button and read the state before. Rankings, results and counts
    do without the mixin: a moment does not matter there, and their queries are the long ones.
    """

    _name = "it.kpi.primary"
    _description = "Read from the Primary Database Server"

    @on_primary
    @api.model
    def search(self, domain, offset=0, limit=None, order=None):
        return super().search(domain, offset=offset, limit=limit, order=order)

    @on_primary
    @api.model
    def search_count(self, domain, limit=None):
        return super().search_count(domain, limit=limit)

    @on_primary
    @api.model
    def search_read(self, domain=None, fields=None, offset=0, limit=None, order=None, **read):
        return super().search_read(domain, fields, offset, limit, order, **read)

    @on_primary
    def read(self, fields=None, load="_classic_read"):
        return super().read(fields, load)

    @on_primary
    def web_read(self, specification):
        return super().web_read(specification)

    @on_primary
    @api.model
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        return super().web_search_read(domain, specification, offset, limit, order, count_limit)

    @on_primary
    @api.model
    def web_read_group(self, domain, groupby, aggregates=(), limit=None, offset=0, **options):
        return super().web_read_group(domain, groupby, aggregates, limit, offset, **options)
