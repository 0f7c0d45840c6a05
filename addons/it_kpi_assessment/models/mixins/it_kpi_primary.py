from odoo import api, models


def on_primary(method):
    """Have a method that Odoo takes for read-only run on the primary database server.

    Odoo's routes ask the topmost method that says anything; one that says nothing is passed over.
    """
    method._readonly = False
    return method


class ItKpiCurrent(models.AbstractModel):
    """A record that people are at work on: whoever reads it sees what was just saved.

    With ``db_replica_host`` Odoo sends reads to a replica, which may lag. Somebody would mark a
    line and not see the mark, or press a button and read the state before. What is ranked,
    published and counted is not of this kind: a moment does not matter there, and the queries
    are the long ones.
    """

    _name = "it.kpi.current"
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
