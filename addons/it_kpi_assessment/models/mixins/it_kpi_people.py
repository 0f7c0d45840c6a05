from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools.i18n import format_list

from ...const import ROLES
from ...tools.roles import may_be_named


class ItKpiPeople(models.AbstractModel):
    """Mixin: a record names only people who can do what it names them for.

    Only the people who are added are checked. Somebody who has lost the role since stays named,
    and does not keep others from changing the record.
    """

    _name = "it.kpi.people"
    _description = "Record That Names People"

    # The fields that name people, with the roles that suffice; none for every internal user.
    _people = {}

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for name in self._people:
            for record in records:
                record._check_people(name, record._get_people(name))
        return records

    def write(self, vals):
        names = [name for name in self._people if name in vals]
        before = {(record, name): record._get_people(name) for name in names for record in self}
        result = super().write(vals)
        for (record, name), people in before.items():
            record._check_people(name, record._get_people(name) - people)
        return result

    def _get_people(self, name):
        """Return the people of a field, archived ones too."""
        return self.sudo().with_context(active_test=False)[name]

    def _check_people(self, name, people):
        """Raise a ValidationError if one of these people may not be named in the field."""
        roles, company = self._people[name], self.sudo().company_id
        others = people.filtered(lambda user: not may_be_named(user, company, roles))
        if not others:
            return
        words = {
            "people": format_list(self.env, others.mapped("name")),
            "field": self._fields[name]._description_string(self.env),
            "bureau": company.name,
        }
        if not roles:
            raise ValidationError(
                self.env._(
                    "%(people)s cannot be entered as “%(field)s”. Choose internal users of "
                    "%(bureau)s who are not archived.",
                    **words,
                )
            )
        raise ValidationError(
            self.env._(
                "%(people)s cannot be entered as “%(field)s”. Choose internal users of %(bureau)s "
                "who are not archived and have this role: %(roles)s.",
                roles=format_list(self.env, [self.env._(ROLES[role]) for role in roles], "or"),
                **words,
            )
        )
