from odoo import models


class ItKpiResult(models.Model):
    """The notice that a unit finds its result in."""

    _inherit = "it.kpi.result"

    def action_open_document(self):
        """Open number, date and stamped file of the notice of this result.

        :raise ValidationError: nothing is entered yet, and it is not for the user to enter it
        """
        self.ensure_one()
        self.check_access("read")
        return self.publication_id.action_open_document()
