from odoo import models
from odoo.exceptions import AccessError, UserError

from ...tools.reasons import check_reason

# What papers call a unit, and where they put it.
NAMING = ("name", "short_name", "kind", "sequence")


class ItKpiUnit(models.Model):
    """更名: once a unit takes part in a year, its names change with a reason only.

    Published results keep the names that they were published with.
    """

    _inherit = "it.kpi.unit"
    _editable_depends = ("active",)

    def _get_editable_names(self):
        names = super()._get_editable_names()
        return names - set(NAMING) if self._takes_part() else names

    def _takes_part(self):
        """Return whether the unit takes part, or took part, in a year that was opened."""
        years = [("unit_ids", "in", self._origin.ids), ("state", "!=", "draft")]
        return bool(self.env["it.kpi.cycle"].sudo().search_count(years, limit=1))

    def _get_edit_error(self, names):
        if set(NAMING).intersection(names) and not self._lacks_role(names):
            return self.env._(
                "%s takes part in a year: use “Rename”, which asks for a reason. Published results "
                "keep the name.",
                self.display_name,
            )
        return super()._get_edit_error(names)

    def action_rename(self, values, reason):
        """Change what the unit is called, its kind or its order; the log tells the reason.

        :param dict values: of the fields ``name``, ``short_name``, ``kind`` and ``sequence``
        :raise AccessError: the user is not of the division
        :raise UserError: there is no reason, another field is given, or nothing changes
        """
        self.ensure_one()
        self.check_access("write")
        if self._lacks_role(NAMING):
            raise AccessError(self._get_rule_error("name"))
        others = values.keys() - set(NAMING)
        if others:
            raise UserError(
                self.env._("“Rename” changes names, kind and order only, not: %s.", sorted(others))
            )
        reason = check_reason(self.env, reason)
        changes = {name: value for name, value in values.items() if value != self[name]}
        if not changes:
            raise UserError(self.env._("%s is called so already.", self.display_name))
        self._rename(changes, self.env._("Renamed. Reason: %s", reason))

    def _rename(self, changes, text):
        """Write the changes, with an entry of their own in the log that begins with the text."""
        unit = self._as_logged().sudo()
        unit._track_finalize()
        unit.write(changes)
        unit._track_set_log_message(text)
        unit._track_finalize()
