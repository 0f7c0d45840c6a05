from collections.abc import Callable
from typing import NamedTuple

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools.misc import groupby

from ...const import ROLES
from ...tools.timezone import format_moment, get_day

QUEUE = "it_kpi_assessment.duties"
NO_DEADLINE = False


class Schedule(NamedTuple):
    """When users are reminded: so many days before the deadline, then every so many days."""

    before: tuple[int, ...]
    late_every: int

    def get_due_reminder(self, today, until, since):
        """Return a name for the reminder that is due, or None.

        It stays the same until the next one is due, so that a server that was off sends the
        latest one only. Steps that lie before the duty's start are skipped: its start was
        announced.
        """
        left = (until - today).days
        if left < 0:
            return f"{until} +{(-left - 1) // self.late_every}"
        steps = [days for days in self.before if left <= days <= (until - since).days]
        return f"{until} -{min(steps)}" if steps else None


class Duty(NamedTuple):
    """One row of the table of duties: in which states, for which roles, until when.

    ``fallback_roles`` have the duty where nobody has the first role; ``until`` names the field of
    the deadline, and without one the activity type proposes a day.
    """

    states: tuple[str, ...]
    roles: tuple[str, ...]
    when: Callable = lambda record: True
    until: str | None = None
    schedule: Schedule | None = None
    fallback_roles: tuple[str, ...] = ()


class ItKpiDutyMixin(models.AbstractModel):
    """Mixin: ``_duties`` maps states to roles; activities are kept in sync with it.

    Every duty has an activity type ``activity_<duty>``. Activities are synchronised once, before
    the transaction ends, however many records and users it changed.
    """

    _name = "it.kpi.duty.mixin"
    _inherit = ["mail.activity.mixin"]
    _description = "Duties with Activities"

    # The table: {name: Duty(states, roles, when, until, schedule, fallback_roles)}.
    _duties = {}
    # Fields whose change triggers a sync of the activities.
    _duty_fields = {"state"}

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._queue_duties()
        return records

    def write(self, vals):
        result = super().write(vals)
        if self._duty_fields & vals.keys():
            self._queue_duties()
        return result

    def _queue_duties(self):
        """Have the activities of these records synchronised before the transaction ends."""
        precommit = self.env.cr.precommit
        if QUEUE not in precommit.data:
            precommit.data[QUEUE] = {}
            precommit.add(self.env["it.kpi.duty.mixin"]._sync_queued_duties)
        precommit.data[QUEUE].setdefault(self._name, set()).update(self.ids)

    @api.model
    def _sync_queued_duties(self):
        """Sync the activities of queued records and of their dependents."""
        queue = self.env.cr.precommit.data.pop(QUEUE, {})
        system = self._as_system().env
        for name in list(queue):
            for dependents in system[name].browse(queue[name])._get_duty_dependents():
                queue.setdefault(dependents._name, set()).update(dependents.ids)
        for name, ids in queue.items():
            system[name].browse(ids).exists()._sync_duties()

    def _as_system(self):
        """Return these records for the superuser, with an empty context."""
        return self.with_env(self.env(user=SUPERUSER_ID, context={}, su=True))

    def _get_duty_dependents(self):
        """Return recordsets whose duties depend on these records."""
        return []

    def _sync_duties(self):
        """Create and delete activities of these records until they match the duties.

        A deadline that moved makes a new activity, so that users are notified. The number of
        queries does not grow with the records. Runs as the superuser.
        """
        if not self._duties:
            return
        wanted = self._get_wanted_activities()
        stale = self.env["mail.activity"]
        for activity in self._get_activities():
            key = (activity.res_id, activity.activity_type_id, activity.user_id)
            if wanted.get(key) in (NO_DEADLINE, activity.date_deadline):
                del wanted[key]
            else:
                stale += activity
        stale.unlink()
        self._create_activities(wanted)

    def _get_activities(self, names=()):
        """Return the open activities of the given duties, or of all duties, on these records."""
        types = [self._get_duty_type(name).id for name in names or self._duties]
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("activity_type_id", "in", types),
                ]
            )
        )

    def _get_wanted_activities(self):
        """Return ``{(record's id, activity type, user): its day or NO_DEADLINE}``."""
        types = {name: self._get_duty_type(name) for name in self._duties}
        return {
            (record.id, types[name], user): record._get_duty_day(duty)
            for record in self
            for name, duty in self._duties.items()
            if types[name] and record.state in duty.states and duty.when(record)
            for user in record._get_duty_users(duty)
        }

    def _create_activities(self, days):
        """Create activities from ``{(record's id, activity type, user): day or NO_DEADLINE}``,
        in the languages of their users."""
        self.env["res.users"].union(*(user for _id, _kind, user in days)).mapped("lang")
        for lang, keys in groupby(days, lambda key: key[2].lang):
            records = self.with_context(
                lang=lang, mail_activity_quick_update=True, it_kpi_no_followers=True
            )
            records.mapped("display_name")  # prefetched in this language
            activities = records.env["mail.activity"].create(
                [records._prepare_activity(*key, days[key]) for key in keys]
            )
            activities.mapped("res_name")  # computed now, in this language
            self.env["it.kpi.notice"]._announce(activities)

    def _prepare_activity(self, res_id, kind, user, day):
        term = fields.Date.add(get_day(fields.Datetime.now()), days=kind.delay_count)
        return {
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": res_id,
            "activity_type_id": kind.id,
            "summary": kind.with_env(self.env).name,
            "user_id": user.id,
            "date_deadline": day or term,
            "automated": True,
        }

    def _get_duty_type(self, name):
        """Return the activity type, or an empty record if the administrator deleted it: a missing
        type only means that there is no activity."""
        xml_id = f"it_kpi_assessment.activity_{name}"
        return self.env["mail.activity.type"].browse(
            self.env["ir.model.data"]._xmlid_to_res_id(xml_id, raise_if_not_found=False)
        )

    def _get_duty_users(self, duty):
        """Return the users who have the duty: those with one of its roles for this record."""
        self.ensure_one()
        for roles in (duty.roles, duty.fallback_roles):
            users = self.env["res.users"].union(*(self._get_role_users(role) for role in roles))
            if users:
                return users
        return self.env["res.users"]

    def _get_role_users(self, role):
        """Return active users of the bureau who hold the role for this record, as ``_get_roles``
        and the record rules see it."""
        users = self._get_role_candidates(role).sudo()
        users.mapped("group_ids")  # prefetched
        users.mapped("it_kpi_holding_ids.role")
        return users.filtered(
            lambda user: (
                user.active
                and self.company_id in user.company_ids
                and role in self.with_user(user).sudo()._get_roles()
            )
        )

    def _get_role_candidates(self, role):
        """Return users who may hold the role for this record; by default all who hold it in the
        bureau."""
        assert role in ROLES
        holdings = self.sudo().company_id.it_kpi_holding_ids
        return holdings.filtered(lambda holding: holding.role == role).user_id

    def _get_duty_day(self, duty):
        """Return the day of the deadline in China, or NO_DEADLINE."""
        value = duty.until and self[duty.until]
        return get_day(value) if value else NO_DEADLINE

    def _get_duty_deadline(self, activity_type):
        """Return the deadline of an activity's duty as users read it, or an empty text."""
        for name, duty in self._duties.items():
            if duty.until and self._get_duty_type(name) == activity_type:
                value = self[duty.until]
                is_moment = self._fields[duty.until].type == "datetime"
                return format_moment(value) if is_moment else str(value)
        return ""
