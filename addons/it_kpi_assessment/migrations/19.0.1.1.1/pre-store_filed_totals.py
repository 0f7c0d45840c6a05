"""Store with every filed form what its lines earn, which the ranking reads in their place.

Odoo would compute the new column form by form; this takes one statement a kind of form.
"""

import logging

from odoo.tools import SQL

_logger = logging.getLogger(__name__)

FILED_STATE = {"assessment": "submitted", "survey": "confirmed"}


def migrate(cr, version):
    for kind, filed in FILED_STATE.items():
        forms = SQL.identifier(f"it_kpi_{kind}")
        cr.execute(SQL("ALTER TABLE %s ADD COLUMN IF NOT EXISTS filed_total numeric", forms))
        cr.execute(
            SQL(
                """UPDATE %(forms)s form
                      SET filed_total =
                              CASE WHEN form.state = %(filed)s THEN summed.total ELSE 0 END
                     FROM (SELECT form_id, sum(score) AS total FROM %(lines)s
                            GROUP BY form_id) summed
                    WHERE summed.form_id = form.id""",
                forms=forms,
                lines=SQL.identifier(f"it_kpi_{kind}_line"),
                filed=filed,
            )
        )
        _logger.info("Stored what the lines of %s forms earn (%s).", cr.rowcount, kind)
