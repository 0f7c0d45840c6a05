from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

from ...const import CYCLE_UNDER_WAY, REASON_LENGTH, UNIT_STAFF
from ...tools.text import is_blank
from .it_kpi_unit import PEOPLE


class ItKpiUnit(models.Model):
    """The people of a unit that takes part in a year under way change with a reason.

    Who they are decides who signs for the unit and who is recused (回避). So the change stands in
    the log of the unit's forms, nobody changes their own part, and who leaves stays recused.
    """

    _inherit = "it.kpi.unit"

    is_in_open_year = fields.Boolean(
        compute="_compute_is_in_open_year",
        help="The unit takes part in a year that is not published yet.",
    )
    people_reason = fields.Char(
        "Reason for the Change",
        store=False,
        max_length=REASON_LENGTH,
        multiline=True,
        help="Why the people change while the year is under way. It stands in the log of the "
        "unit's forms.",
    )

    def _compute_is_in_open_year(self):
        """With sudo: that a year is under way is known to everybody."""
        years = self.env["it.kpi.cycle"].sudo()
        found = years.search(
            [("state", "in", CYCLE_UNDER_WAY), ("unit_ids", "in", self.ids)]
        ).unit_ids
        for unit in self:
            unit.is_in_open_year = unit._origin.id in found._ids

    def _get_named(self):
        """Return the people that each unit names: ``{(unit, field): users}``."""
        return {(unit, name): unit._get_people(name) for unit in self for name in PEOPLE}

    def _follow_people(self, before, reason):
        """Check, log and keep what a change of the people of these units means.

        :param dict before: what ``_get_named`` returned before the change
        :raise UserError: the change is the user's own, or a year is under way and the reason lacks
        """
        for unit in self:
            changes = {
                name: (unit._get_people(name) - before[unit, name],
                       before[unit, name] - unit._get_people(name))
                for name in PEOPLE
            }  # fmt: skip
            if not any(added or removed for added, removed in changes.values()):
                continue
            if not self.env.su:
                unit._check_not_for_oneself(changes)
                unit._log_people(changes, unit._check_people_reason(reason))
            _joined, left = changes["member_ids"]
            surveys = self.env["it.kpi.survey"].sudo().search([("unit_id", "=", unit.id)])
            surveys._keep_recused(left)

    def _check_not_for_oneself(self, changes):
        """Raise a UserError if users name themselves to act for a unit, or leave it by their own
        hand."""
        user = self.env.user
        named = any(user in changes[f"{role}_ids"][0] for role in UNIT_STAFF)
        if user in changes["member_ids"][1] or (named and self.is_in_open_year):
            raise UserError(
                self.env._(
                    "Nobody changes their own part in a unit that is assessed. Ask a colleague of "
                    "the informatization division to enter it for %s.",
                    self.name,
                )
            )

    def _check_people_reason(self, reason):
        """Return the reason; without a year under way there need be none.

        :raise UserError: there has to be one
        """
        reason = self._tidy_text("people_reason", reason)
        if self.is_in_open_year and is_blank(reason):
            raise UserError(
                self.env._(
                    "%s takes part in a year that is not published yet. Say under “Reason for the "
                    "Change” why its people change: it stands in the log of its forms.",
                    self.name,
                )
            )
        return reason

    def _log_people(self, changes, reason):
        """Log the change with its reason on the unit's forms of years under way, and on the unit.

        The unit's own log has the names already, as tracked values.
        """
        if not reason:
            return
        sentences = [
            self.env._(
                "%(field)s: added %(added)s; removed %(removed)s",
                field=self._fields[name]._description_string(self.env),
                added=self._list_people(added),
                removed=self._list_people(removed),
            )
            for name, (added, removed) in changes.items()
            if added or removed
        ]
        heading = self.env._("The people of the unit changed. Reason: %s", reason)
        items = Markup().join(Markup("<li>%s</li>") % sentence for sentence in sentences)
        body = Markup("<p>%s</p><ul>%s</ul>") % (heading, items)
        self.sudo()._message_log(body=body)
        under_way = [("unit_id", "=", self.id), ("cycle_id.state", "in", CYCLE_UNDER_WAY)]
        for form in self.env["it.kpi.assessment"].sudo().search(under_way):
            form._message_log(body=body)

    def _list_people(self, people):
        return format_list(self.env, people.mapped("name")) if people else self.env._("nobody")
