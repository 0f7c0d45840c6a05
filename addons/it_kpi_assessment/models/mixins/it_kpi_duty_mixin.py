from collections.abc import Callable
from typing import NamedTuple

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools.misc import groupby

from ...tools.timezone import format_moment, get_day
from .it_kpi_workflow import ROLES

QUEUE = "it_kpi_assessment.duties"
NO_DEADLINE = False


class Rhythm(NamedTuple):
    """When people are reminded: so many days before the deadline, then every so many days."""

    before: tuple[int, ...]
    late_every: int

    def get_occasion(self, today, until, since):
        """Return a name for the reminder that is due, or None.

        It stays the same until the next one is due: a server that was off makes up for the
        latest only. What fell due before the duty began was said when it began.
        """
        left = (until - today).days
        if left < 0:
            return f"{until} +{(-left - 1) // self.late_every}"
        steps = [days for days in self.before if left <= days <= (until - since).days]
        return f"{until} -{min(steps)}" if steps else None


class Duty(NamedTuple):
    """One row of what waits for whom: in which states, who plays which role, until when.

    ``deputies`` play where nobody has the first role; ``until`` names the field of the deadline,
    and without one the activity type proposes a day.
    """

    states: tuple[str, ...]
    roles: tuple[str, ...]
    when: Callable = lambda record: True
    until: str | None = None
    rhythm: Rhythm | None = None
    deputies: tuple[str, ...] = ()


class ItKpiWorkflow(models.AbstractModel):
    """What waits for whom: its class lists the duties, and activities follow that list.

    Every duty has an activity type ``activity_<duty>``. Activities are brought in line once,
    before the transaction ends, however many records and people it changed.
    """

    _name = "it.kpi.workflow"
    _inherit = ["it.kpi.workflow", "mail.activity.mixin"]

    _duties = {}
    # What duties hang on: a change of these fields has them looked at.
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
        """Have the activities of these records looked at before the transaction ends."""
        precommit = self.env.cr.precommit
        if QUEUE not in precommit.data:
            precommit.data[QUEUE] = {}
            precommit.add(self.env["it.kpi.workflow"]._settle_queue)
        precommit.data[QUEUE].setdefault(self._name, set()).update(self.ids)

    @api.model
    def _settle_queue(self):
        """Settle what was queued, and what hangs on it."""
        queue = self.env.cr.precommit.data.pop(QUEUE, {})
        system = self._as_system().env
        for name in list(queue):
            for dependents in system[name].browse(queue[name])._get_dependents():
                queue.setdefault(dependents._name, set()).update(dependents.ids)
        for name, ids in queue.items():
            system[name].browse(ids).exists()._settle_duties()

    def _as_system(self):
        """Return these records as the system sees them, whatever the caller's context says."""
        return self.with_env(self.env(user=SUPERUSER_ID, context={}, su=True))

    def _get_dependents(self):
        """Return recordsets whose duties hang on these records."""
        return []

    def _settle_duties(self):
        """Bring the activities of these records in line with what waits now, and tell people.

        A deadline that moved makes a new activity, so that people are told. The number of
        queries does not grow with the records; it runs as the system.
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
            for user in record._get_players(duty)
        }

    def _create_activities(self, days):
        """Create activities from ``{(record's id, activity type, user): day or NO_DEADLINE}``,
        in the languages of whom they are for."""
        self.env["res.users"].union(*(user for _id, _kind, user in days)).mapped("lang")
        for lang, keys in groupby(days, lambda key: key[2].lang):
            records = self.with_context(
                lang=lang, mail_activity_quick_update=True, it_kpi_no_followers=True
            )
            records.mapped("display_name")  # for all at once
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
        """Return the activity type, or none if the administrator deleted it: nobody's work stops
        for want of a notice."""
        xml_id = f"it_kpi_assessment.activity_{name}"
        return self.env["mail.activity.type"].browse(
            self.env["ir.model.data"]._xmlid_to_res_id(xml_id, raise_if_not_found=False)
        )

    def _get_players(self, duty):
        """Return who has the duty: people who play one of its roles towards this record."""
        self.ensure_one()
        for roles in (duty.roles, duty.deputies):
            people = self.env["res.users"].union(*(self._get_cast(role) for role in roles))
            if people:
                return people
        return self.env["res.users"]

    def _get_cast(self, role):
        """Return active users of the bureau who play the role, as record rules see it, too."""
        users = self._get_candidates(role).sudo()
        users.mapped("group_ids")  # for all at once
        return users.filtered(
            lambda user: (
                user.active
                and self.company_id in user.company_ids
                and role in self.with_user(user).sudo()._get_roles()
            )
        )

    def _get_candidates(self, role):
        """Return users who may play the role; by default all who hold it."""
        assert role in ROLES
        # Not by ``env.ref``, which asks the database each time whether the group is there.
        group_id = self.env["ir.model.data"]._xmlid_to_res_id(f"it_kpi_assessment.group_{role}")
        return self.env["res.groups"].sudo().browse(group_id).all_user_ids

    def _get_duty_day(self, duty):
        """Return the day of the deadline in China, or NO_DEADLINE."""
        value = duty.until and self[duty.until]
        return get_day(value) if value else NO_DEADLINE

    def _get_duty_deadline(self, activity_type):
        """Return the deadline of an activity's duty as people read it, or an empty text."""
        for name, duty in self._duties.items():
            if duty.until and self._get_duty_type(name) == activity_type:
                value = self[duty.until]
                is_moment = self._fields[duty.until].type == "datetime"
                return format_moment(value) if is_moment else str(value)
        return ""
