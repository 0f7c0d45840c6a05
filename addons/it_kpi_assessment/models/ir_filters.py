import datetime
import json
import logging
import time

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools.safe_eval import safe_eval, wrap_module

_logger = logging.getLogger(__name__)

# What a favourite's filter may compute with, as the web client does.
CLOCKS = {
    "datetime": wrap_module(datetime, ["date", "datetime", "timedelta", "time"]),
    "time": wrap_module(time, ["strftime"]),
    "relativedelta": relativedelta,
}


class IrFilters(models.Model):
    """Favourites: shared ones on the addon's screens are for the division and administrators.

    A default favourite that fails is not applied: it would keep the screen from opening.
    """

    _name = "ir.filters"
    _inherit = ["ir.filters", "it.kpi.shared"]

    def _is_shared(self):
        return (self.model_id or "").startswith("it.kpi.") and (
            self.with_context(active_test=False).user_ids != self.env.user
        )

    @api.model
    def get_filters(
        self, model, action_id=None, embedded_action_id=None, embedded_parent_res_id=None
    ):
        """Return the favourites of a screen, and none as the default that does not work."""
        filters = super().get_filters(model, action_id, embedded_action_id, embedded_parent_res_id)
        if model.startswith("it.kpi."):
            for favourite in filters:
                favourite["is_default"] &= self._is_working(model, favourite)
        return filters

    @api.model
    def _is_working(self, model, favourite):
        """Return whether the current user can apply a favourite: its filter, groups and order."""
        if not favourite["is_default"]:
            return False
        try:
            with self.env.cr.savepoint(flush=False):
                self._apply(self.env[model], favourite)
        except Exception as error:  # pylint: disable=broad-except
            # Any kind of text can be stored as a filter, and it fails in as many ways.
            _logger.info("The favourite %r of %s fails: %s", favourite["name"], model, error)
            return False
        return True

    @api.model
    def _apply(self, records, favourite):
        """Search as the web client does with a favourite; raise an error if that fails."""
        names = {
            **CLOCKS,
            "uid": self.env.uid,
            "context_today": lambda: fields.Date.context_today(self),
            "current_date": fields.Date.to_string(fields.Date.context_today(self)),
            "true": True,
            "false": False,
        }
        domain = safe_eval(favourite["domain"], names)
        context = safe_eval(favourite["context"], names)
        groups = context.get("group_by") or []
        groups = [groups] if isinstance(groups, str) else groups
        grouped = {group.partition(":")[0].partition(".")[0] for group in groups}
        if missing := grouped - records.fields_get(grouped).keys():
            raise ValueError(f"no fields to group by: {missing}")
        records.search(domain, order=",".join(json.loads(favourite["sort"])) or None, limit=1)
