from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...const import UNIT_STAFF
from ...tools.roles import get_held_roles
from ...tools.terms import end_of_weekdays
from ...tools.timezone import format_moment


class ItKpiResult(models.Model):
    """The objection of a unit to its proposed or published result."""

    _inherit = "it.kpi.result"

    objection_ids = fields.One2many("it.kpi.objection", "result_id", readonly=True)
    objection_until = fields.Datetime(
        "Objections Until",
        compute="_compute_objection_until",
        help="Until then the unit can object to this result.",
    )
    can_object = fields.Boolean(
        compute="_compute_can_object", help="The current user can write an objection for the unit."
    )

    @api.depends("cycle_id.notice_until", "cycle_id.proposal_id", "cycle_id.publication_id")
    def _compute_objection_until(self):
        now = fields.Datetime.now()
        for result in self:
            until = result._get_objection_end()
            result.objection_until = until and until > now and until

    @api.depends("cycle_id.notice_until", "objection_ids")
    @api.depends_context("uid")
    def _compute_can_object(self):
        for result in self:
            result.can_object = (
                not result.sudo().objection_ids
                and result._is_of_own_unit()
                and not result._get_objection_error()
            )

    def action_object(self):
        """Begin the objection of the unit to this result, and open it.

        :raise AccessError: the user is neither reporter nor leader of the unit
        :raise UserError: the time to object is over, the unit was withdrawn, or nothing changed for
            it in a renewed notice
        """
        self.ensure_one()
        self.check_access("read")
        if not self._is_of_own_unit():
            raise AccessError(
                self.env._("Only reporters and leaders of %s object to its result.", self.unit_name)
            )
        objection = self.sudo().objection_ids
        if not objection:
            error = self._get_objection_error()
            if error:
                raise UserError(error)
            objection = objection.create({"result_id": self.id})
        return objection.sudo(False)._get_records_action()

    def action_open_objection(self):
        """Open the objection to this result, as far as the user can read it."""
        self.ensure_one()
        self.check_access("read")
        return self.objection_ids._get_records_action()

    def _is_of_own_unit(self):
        """Return whether the user is reporter or leader of the unit."""
        held = get_held_roles(self.env, self.sudo().company_id)
        unit = self.sudo().unit_id.with_context(active_test=False)
        return any(role in held and self.env.user in unit[f"{role}_ids"] for role in UNIT_STAFF)

    def _get_objection_end(self):
        """Return the moment until which the unit can object, or False."""
        publication = self.sudo().publication_id
        if not publication.is_current:
            return False
        if publication.state == "proposed":
            return publication.cycle_id.notice_until
        days = publication.rubric_id.objection_days
        return bool(days) and end_of_weekdays(publication.published_at, days)

    def _get_objection_error(self):
        """Return the sentence that says why the unit cannot object to this result now, or False."""
        until = self._get_objection_end()
        if not until:
            return self.env._("There are no objections to this result.")
        if until <= fields.Datetime.now():
            return self.env._("Objections could be filed until %s.", format_moment(until))
        if self.withdrawn:
            return self.env._("%s was withdrawn from the year: it has no numbers.", self.unit_name)
        if self not in self.sudo().publication_id._get_concerned():
            return self.env._(
                "The notice was renewed for the units whose numbers changed. Nothing changed for "
                "%s.",
                self.unit_name,
            )
        return False
