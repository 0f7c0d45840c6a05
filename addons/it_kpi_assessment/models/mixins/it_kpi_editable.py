from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.i18n import format_list

from ...const import ROLES
from ...tools.roles import get_held_roles

DEFAULT = "default_"


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
    # Fields that decide what is editable, for views that show it.
    _editable_depends = ()
    # Fields that a record gets with its creation, and that are not written afterwards.
    _creation_fields = set()
    # Fields whose change can move a record out of the user's record rules: access is checked again.
    _rule_fields = {"company_id"}

    editable_fields = fields.Char(
        compute="_compute_editable_fields",
        help="Fields that the current user can fill in now, each between commas.",
    )

    @api.depends(lambda self: self._editable_depends)
    @api.depends_context("uid")
    def _compute_editable_fields(self):
        for record in self:
            editable = record._get_editable_names()
            names = [name for name in self._editable if name in editable]
            record.editable_fields = f",{','.join(names)}," if names else ""

    @api.model_create_multi
    def create(self, vals_list):
        """Create records with values that the user may write in the state that they begin in.

        Defaults of the caller's context count as values; those of other fields are left out.
        """
        if self.env.su:
            return super().create(vals_list)
        model = self._without_foreign_defaults()
        records = super(ItKpiEditable, model).create(vals_list).with_env(self.env)
        given = model._get_context_defaults()
        for record, vals in zip(records, vals_list, strict=True):
            record._check_editable(self._get_written_names({**given, **vals}))
        return records

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_editable(vals)
        result = super().write(vals)
        if self._rule_fields & vals.keys():
            self.check_access("write")
        return result

    def _without_foreign_defaults(self):
        """Return the model without context defaults of fields that users do not write.

        A record that belongs to another one is created with it: the defaults are the other's.
        """
        names = () if self._state_holder else (*self._editable, *self._creation_fields)
        own = {f"{DEFAULT}{name}" for name in names}
        context = {
            key: value
            for key, value in self.env.context.items()
            if not key.startswith(DEFAULT) or key in own
        }
        return self.with_env(self.env(context=context))

    def _get_context_defaults(self):
        """Return the defaults of the caller's context as values."""
        return {
            key.removeprefix(DEFAULT): value
            for key, value in self.env.context.items()
            if key.startswith(DEFAULT)
        }

    def _get_written_names(self, vals):
        """Return the fields that values for ``create`` set to more than their default."""
        return [
            name
            for name, value in vals.items()
            if value and name not in self._creation_fields and not self._is_default(name, value)
        ]

    def _is_default(self, name, value):
        """Return whether a field that users do not write gets the value it would have anyway."""
        default = name not in self._editable and name in self._fields and self._fields[name].default
        return bool(default) and default(self) == value

    def _get_state_holder(self):
        """Return the record whose state and roles decide."""
        return self[self._state_holder] if self._state_holder else self

    def _get_roles(self):
        """Return the names of the roles that the current user plays towards this record: those
        held in its bureau. What is not saved yet may have none, and gets the current one."""
        return get_held_roles(self.env, self.sudo().company_id or self.env.company)

    def _get_editable_names(self):
        """Return the names of the fields of this record that the current user can write now.

        Models override it to add conditions to the table, such as that the cycle is open.
        """
        self.ensure_one()
        holder = self._get_state_holder()
        roles = holder._get_roles()
        return {
            name
            for name, rule in self._editable.items()
            if not roles.isdisjoint(rule.roles)
            and (rule.states is None or holder.state in rule.states)
        }

    def _check_editable(self, names):
        """Raise unless the current user can write all of these fields of all records now.

        :raise AccessError: a field is for other roles
        :raise UserError: a field is not editable, or not in this state
        """
        names = [name for name in names if name in self._fields]
        self._lock_for_edit(names)
        for record in self:
            editable = record._get_editable_names() if names else ()
            locked = [name for name in names if name not in editable]
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
        unlisted = [name for name in names if name not in self._editable]
        if unlisted:
            return self.env._(
                "“%(fields)s” of %(record)s cannot be changed by hand. Use the buttons, or ask the "
                "one in charge.",
                fields=self._get_field_labels(unlisted),
                record=self.display_name,
            )
        return self._get_rule_error(names[0])

    def _get_rule_error(self, name):
        """Return the sentence that says for which roles a field is, and in which states."""
        holder = self._get_state_holder()
        states, roles = self._editable[name]
        words = {
            "record": holder.display_name,
            "field": self._get_field_labels([name]),
            "roles": format_list(self.env, [self.env._(ROLES[role]) for role in roles], "or"),
        }
        if states is None:
            return self.env._("“%(field)s” of %(record)s is for: %(roles)s.", **words)
        labels = [holder._get_state_label(state) for state in states]
        return self.env._(
            "%(record)s is “%(state)s”. “%(field)s” is for: %(roles)s, and only while the state "
            "is: %(states)s.",
            state=holder._get_state_label(holder.state),
            states=format_list(self.env, labels, "or"),
            **words,
        )

    def _get_field_labels(self, names):
        return format_list(
            self.env, [self._fields[name]._description_string(self.env) for name in names]
        )
