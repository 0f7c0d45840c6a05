from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, hmac

# Wrong codes and files from one address within an hour; after them it waits for the next hour.
MOST_WRONG = 20


class ItKpiGuess(models.Model):
    """How often an address asked for a code that there is not: in the database, so that all
    processes of Odoo count together.

    An address is kept as a keyed fingerprint, for a day.
    """

    _name = "it.kpi.guess"
    _description = "Wrong Verification Codes of an Address"
    _rec_name = "hour"

    address = fields.Char(required=True, readonly=True)
    hour = fields.Datetime(required=True, readonly=True)
    count = fields.Integer(required=True, readonly=True, aggregator=None)

    _hour_unique = models.Constraint("UNIQUE(address, hour)", "An address is counted by the hour.")

    @api.model
    def _is_waiting(self, address):
        """Return whether an address (a text) has to wait, because it was wrong too often."""
        query = SQL(
            "SELECT count FROM it_kpi_guess WHERE address = %s AND hour = %s",
            *self._get_key(address),
        )
        return any(count >= MOST_WRONG for [count] in self.env.execute_query(query))

    @api.model
    def _count_wrong(self, address):
        """Count one wrong code of an address. The transaction has to be committed."""
        self.env.execute_query(
            SQL(
                """INSERT INTO it_kpi_guess (address, hour, count, create_uid, create_date)
                   VALUES (%s, %s, 1, %s, now() AT TIME ZONE 'UTC')
                       ON CONFLICT (address, hour) DO UPDATE SET count = it_kpi_guess.count + 1
                RETURNING count""",
                *self._get_key(address),
                self.env.uid,
            )
        )

    @api.model
    def _get_key(self, address):
        """Return the fingerprint of an address, of IPv6 its network, and the hour."""
        if ":" in address:
            address = ":".join(address.split(":")[:4])
        hour = fields.Datetime.now().replace(minute=0, second=0)
        return hmac(self.env(su=True), "it_kpi_assessment-guess", address), hour

    @api.autovacuum
    def _gc_guesses(self):
        """Forget what is older than a day."""
        before = fields.Datetime.now() - timedelta(days=1)
        self.env.execute_query(SQL("DELETE FROM it_kpi_guess WHERE hour < %s RETURNING id", before))
