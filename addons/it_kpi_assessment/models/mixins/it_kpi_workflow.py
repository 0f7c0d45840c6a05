from typing import NamedTuple

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.i18n import format_list
from odoo.tools.translate import LazyTranslate

from ...const import ROLES
from ...tools import drawings
from ...tools.drawings import MOST_HEIGHT, MOST_WIDTH, NoDrawing, read_drawing
from ...tools.locking import lock
from ...tools.reasons import check_reason


class Move(NamedTuple):
    """One row of a state machine: which roles lead a record from which states to which one."""

    label: LazyTranslate
    origins: tuple[str, ...]
    target: str
    roles: tuple[str, ...]


class ItKpiWorkflow(models.AbstractModel):
    """Mixin: a record with states. Its class lists the moves; buttons and checks read them."""

    _name = "it.kpi.workflow"
    _inherit = ["it.kpi.primary", "it.kpi.editable", "it.kpi.duty.mixin", "mail.thread"]
    _description = "States and Moves"

    # The table: {name: Move(label, origins, target, roles)}.
    _moves = {}

    allowed_moves = fields.Char(
        compute="_compute_allowed_moves",
        help="Names of the moves that the current user can make now, each between commas.",
    )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_allowed_moves(self):
        for record in self:
            names = [name for name in self._moves if record._is_move_allowed(name)]
            record.allowed_moves = f",{','.join(names)}," if names else ""

    def _is_move_allowed(self, name):
        self.ensure_one()
        move = self._moves[name]
        return self.state in move.origins and not self._get_roles().isdisjoint(move.roles)

    def _check_move(self, name):
        """Raise unless the current user can make the move on every record now.

        :raise AccessError: the move is not for this user
        :raise UserError: the record is in another state
        """
        self.check_access("read")
        move = self._moves[name]
        for record in self:
            if record._get_roles().isdisjoint(move.roles):
                raise AccessError(record._get_role_error(move))
            if record.state not in move.origins:
                raise UserError(record._get_state_error(move))

    def _get_role_error(self, move):
        return self.env._(
            "“%(move)s” on %(record)s is for: %(roles)s.",
            move=move.label,
            record=self.sudo().display_name,
            roles=format_list(self.env, [self.env._(ROLES[role]) for role in move.roles], "or"),
        )

    def _get_state_error(self, move):
        return self.env._(
            "%(record)s is “%(state)s”. “%(move)s” is possible only from: %(origins)s. "
            "Reload the page to see how things stand now.",
            record=self.display_name,
            state=self._get_state_label(self.state),
            move=move.label,
            origins=format_list(
                self.env, [self._get_state_label(state) for state in move.origins], "or"
            ),
        )

    def _get_state_label(self, state):
        return dict(self._fields["state"]._description_selection(self.env))[state]

    def _move(self, name, reason=None, **values):
        """Check the move, make it together with ``values``, and log it with its reason.

        The rows are locked first: of two concurrent moves the second one finds the state that the
        first one left, and what the checks looked at cannot change meanwhile.
        """
        self.check_access("read")
        each = self.browse(dict.fromkeys(self.ids))  # once, however often it is named
        records = each._as_logged().sudo()
        lock(records)
        records._lock_parts()
        self._check_move(name)
        move = self._moves[name]
        for record in records:
            origin = record.state
            record.write({"state": record._get_target(name), **values})
            record._log_move(move, origin, reason, record._get_move_notes(name))

    def _lock_parts(self):
        """Lock child rows that must not change during the transition."""

    def _get_target(self, name):
        """Return the state that the move leads this record to."""
        return self._moves[name].target

    def _get_move_notes(self, name):
        """Return what the log entry of a move just made lists: ``[(heading, sentences)]``."""
        return []

    def _log_move(self, move, origin, reason, notes=()):
        text = self.env._(move.label)
        if origin != self.state:
            text = self.env._(
                "%(move)s: %(origin)s → %(target)s",
                move=move.label,
                origin=self._get_state_label(origin),
                target=self._get_state_label(self.state),
            )
        if reason:
            text = self.env._("%(text)s. Reason: %(reason)s", text=text, reason=reason)
        lists = Markup().join(
            Markup("<p>%s</p><ul>%s</ul>")
            % (heading, Markup().join(Markup("<li>%s</li>") % sentence for sentence in sentences))
            for heading, sentences in notes
            if sentences
        )
        self._message_log(body=escape(text) + lists)

    def _check_signature(self, signature):
        """Raise a UserError unless something is drawn, as a PNG or JPEG in base64."""
        try:
            picture = signature and read_drawing(signature)
        except NoDrawing as error:
            raise UserError(
                self.env._(
                    "This is no signature: it is a drawing of at most %(width)s × %(height)s "
                    "points. Draw it again.",
                    width=MOST_WIDTH,
                    height=MOST_HEIGHT,
                )
            ) from error
        if not picture or drawings.is_blank(picture):
            raise UserError(self.env._("Draw your signature first."))

    def _parse_moment(self, value):
        """Return the moment that a client sent as a text (naive, UTC).

        :raise UserError: it is none
        """
        try:
            moment = fields.Datetime.to_datetime(value)
        except ValueError:
            moment = None
        if not moment:
            raise UserError(
                self.env._("“%s” is no date and time. Write it as 2026-12-20 10:00:00.", value)
            )
        return moment

    def _check_reason(self, reason):
        """Return the reason tidied; raise a UserError if it says nothing, or too much."""
        return check_reason(self.env, reason)
