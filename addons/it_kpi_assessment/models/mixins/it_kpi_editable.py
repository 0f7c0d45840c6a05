from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import clean_context
from odoo.tools.i18n import format_list

from ...const import ROLES
from ...tools.roles import has_role


class Editable(NamedTuple):
    """In which states of the record users write a field, and in which roles.

    ``states`` is None where a record has no states, or where they do not matter.
    """

    states: tuple[str, ...] | None
    roles: tuple[str, ...]


class ItKpiEditable(models.AbstractModel):
    """Mixin: one table says who may write which field in which state.

    Views read the table by ``editable_fields``, the server by ``create`` and ``write``. A field
    that is not in the table changes by moves only. The superuser is not restricted.
    """

    _name = "it.kpi.editable"
    _description = "Fields Editable by State and Role"

    # The table: {field: Editable(states, roles)}.
    _editable = {}
    # The field that leads to the record whose state and roles decide; by default the record's own.
    _state_holder = ""
    # Fields that a record gets with its creation, and that are not written afterwards.
    _creation_fields = set()
    # Fields that record rules depend on: users must have access to what they move elsewhere.
    _rule_fields = {"company_id"}

    editable_fields = fields.Char(
        compute="_compute_editable_fields",
        help="Fields that the current user can fill in now, each between commas.",
    )

    @api.depends(lambda self: self._get_state_fields())
    @api.depends_context("uid")
    def _compute_editable_fields(self):
        for record in self:
            names = [name for name in self._editable if record._is_editable(name)]
            record.editable_fields = f",{','.join(names)}," if names else ""

    @api.model_create_multi
    def create(self, vals_list):
        """Create records with values that the user may write in the state that they begin in.

        Defaults of the caller's context are left out: they would set what the values may not.
        """
        if self.env.su:
            return super().create(vals_list)
        clean = self.with_context(clean_context(self.env.context))
        records = super(ItKpiEditable, clean).create(vals_list).with_env(self.env)
        for record, vals in zip(records, vals_list, strict=True):
            names = {name for name, value in vals.items() if value}
            record._check_editable(sorted(names - self._creation_fields))
        return records

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_editable(vals)
        result = super().write(vals)
        if self._rule_fields & vals.keys():
            self.check_access("write")
        return result

    def _get_state_fields(self):
        """Return the fields that decide what is editable, for ``depends``."""
        path = f"{self._state_holder}.state" if self._state_holder else "state"
        return [path] if any(rule.states for rule in self._editable.values()) else []

    def _get_state_holder(self):
        """Return the record whose state and roles decide."""
        return self[self._state_holder] if self._state_holder else self

    def _get_roles(self):
        """Return the names of the roles that the current user plays towards this record."""
        return {role for role in ROLES if has_role(self.env, role)}

    def _is_editable(self, name):
        """Return whether the current user can write a field of this record now."""
        self.ensure_one()
        if name not in self._editable:
            return False
        states, roles = self._editable[name]
        holder = self._get_state_holder()
        return (states is None or holder.state in states) and not (
            holder._get_roles().isdisjoint(roles)
        )

    def _check_editable(self, names):
        """Raise unless the current user can write all of these fields of all records now.

        :raise AccessError: a field is for other roles
        :raise UserError: a field is not editable, or not in this state
        """
        names = [name for name in names if name in self._fields]
        self._lock_for_edit(names)
        for record in self:
            locked = [name for name in names if not record._is_editable(name)]
            if locked:
                error = AccessError if record._lacks_role(locked) else UserError
                raise error(record._get_edit_error(locked))

    def _lacks_role(self, names):
        """Return whether one of these fields is for roles that the current user does not have."""
        roles = self._get_state_holder()._get_roles()
        rules = (self._editable[name] for name in names if name in self._editable)
        return any(roles.isdisjoint(rule.roles) for rule in rules)

    def _lock_for_edit(self, names):
        """Lock what must not change its state while these fields are written."""

    def _get_edit_error(self, names):
        """Return the sentence that says why these fields of this record are locked."""
        holder = self._get_state_holder()
        unlisted = [name for name in names if name not in self._editable]
        if unlisted:
            return self.env._(
                "“%(fields)s” of %(record)s cannot be changed by hand. Use the buttons, or ask the "
                "one in charge.",
                fields=self._get_field_labels(unlisted),
                record=self.display_name,
            )
        states, roles = self._editable[names[0]]
        words = {
            "record": holder.display_name,
            "field": self._get_field_labels(names[:1]),
            "roles": format_list(self.env, [self.env._(ROLES[role]) for role in roles], "or"),
        }
        if states is None:
            return self.env._("“%(field)s” of %(record)s is for: %(roles)s.", **words)
        return self.env._(
            "%(record)s is “%(state)s”. “%(field)s” is for: %(roles)s, and only while the state "
            "is: %(states)s.",
            state=holder._get_state_label(holder.state),
            states=format_list(
                self.env, [holder._get_state_label(state) for state in states], "or"
            ),
            **words,
        )

    def _get_field_labels(self, names):
        return format_list(
            self.env, [self._fields[name]._description_string(self.env) for name in names]
        )
