from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

from .it_kpi_workflow import ROLES


class Filling(NamedTuple):
    """In which states a field is filled in by hand, and by whom."""

    states: tuple[str, ...]
    roles: tuple[str, ...]


class ItKpiFilling(models.AbstractModel):
    """A record whose fields are filled in by different people in different states.

    Its class lists them; screens and checks read that list.
    """

    _name = "it.kpi.filling"
    _inherit = ["it.kpi.workflow"]
    _description = "Fields Filled in by State"

    # What is filled in by hand; everything else changes by moves only.
    _fillings = {}

    editable_fields = fields.Char(
        compute="_compute_editable_fields",
        help="Fields that the current user can fill in now, each between commas.",
    )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_editable_fields(self):
        for record in self:
            names = [name for name in self._fillings if record._is_fillable(name)]
            record.editable_fields = f",{','.join(names)}," if names else ""

    def _is_fillable(self, name):
        """Tell whether the current user can fill in a field by hand now."""
        self.ensure_one()
        filling = self._fillings.get(name, Filling((), ()))
        return self.state in filling.states and not self._get_roles().isdisjoint(filling.roles)

    def write(self, vals):
        if not self.env.su:
            for record in self:
                record._check_fillable(vals)
        return super().write(vals)

    def _check_fillable(self, names):
        """Raise a UserError unless the current user can fill in all of these fields now."""
        for name in names:
            if name in self._fields and not self._is_fillable(name):
                raise UserError(self._get_filling_error(name))

    def _get_filling_error(self, name):
        label = self._fields[name]._description_string(self.env)
        if name not in self._fillings:
            return self.env._(
                "“%(field)s” of %(record)s cannot be changed by hand. Use the buttons.",
                field=label,
                record=self.display_name,
            )
        states, roles = self._fillings[name]
        return self.env._(
            "%(record)s is “%(state)s”. “%(field)s” is for: %(roles)s, and only while the state "
            "is: %(states)s.",
            record=self.display_name,
            state=self._get_state_label(self.state),
            field=label,
            roles=format_list(self.env, [self.env._(ROLES[role]) for role in roles], "or"),
            states=format_list(self.env, [self._get_state_label(state) for state in states], "or"),
        )
