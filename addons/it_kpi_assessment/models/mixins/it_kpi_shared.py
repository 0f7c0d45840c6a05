from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.roles import may_share


class ItKpiShared(models.AbstractModel):
    """Mixin for what Odoo lets every employee share with others.

    On the screens of the addon that is for the division and the administrators. A shared favourite
    with a filter, for example, would hide units from the head's ranking.
    """

    _name = "it.kpi.shared"
    _description = "Shared on the Screens of the Assessment"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_may_share()
        return records

    def write(self, vals):
        self._check_may_share()
        result = super().write(vals)
        self._check_may_share()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shared(self):
        self._check_may_share()

    def _is_shared(self):
        """Return whether other users than the current one see this on a screen of the addon."""
        raise NotImplementedError

    def _check_may_share(self):
        """Raise an AccessError if one of these is shared, and the user may not share."""
        if not may_share(self.env) and any(record._is_shared() for record in self.sudo()):
            raise AccessError(
                self.env._(
                    "What others see on the screens of the assessment is set up by the "
                    "informatization division and the administrator. Save it for yourself only."
                )
            )
