import logging

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ...const import CYCLE_REVIEWED, ORDER_ENDED
from ...tools.timezone import get_day

_logger = logging.getLogger(__name__)

# How many people are mailed, and how many records looked at, between two commits.
BATCH = 100

# Idempotent insert: a repeated or concurrent run hits the unique index. Users get no reminder about
# a record that they had a notice about on the same day.
NOTICES = """
INSERT INTO it_kpi_notice
       (activity_id, activity_type_id, user_id, res_model, res_id, res_name, cycle_id,
        company_id, kind, occasion, day, create_uid, create_date, write_uid, write_date)
SELECT activity.id, activity.activity_type_id, activity.user_id, activity.res_model,
       activity.res_id, activity.res_name, cycle.id, cycle.company_id, %(kind)s, told.occasion,
       %(day)s, %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
  FROM unnest(%(activities)s::integer[], %(occasions)s::varchar[], %(cycles)s::integer[])
       AS told (activity, occasion, cycle)
  JOIN mail_activity activity ON activity.id = told.activity
  JOIN it_kpi_cycle cycle ON cycle.id = told.cycle
 WHERE %(kind)s = 'began'
    OR NOT EXISTS (SELECT FROM it_kpi_notice notice
                    WHERE notice.user_id = activity.user_id
                      AND notice.res_model = activity.res_model
                      AND notice.res_id = activity.res_id
                      AND notice.day = %(day)s)
    ON CONFLICT DO NOTHING
RETURNING id"""


class ItKpiNotice(models.Model):
    """One notification about a pending duty: its start, or a reminder.

    A notice is recorded in the transaction that it is about, and mailed by a scheduled action
    afterwards, so that neither a wrong address nor a missing mail server stops anybody's work. All
    duties of one user go in one mail. Users who handle notifications in Odoo, or have no address,
    get no mail: the activity is their notice.
    """

    _name = "it.kpi.notice"
    _description = "Notice"
    _order = "id desc"
    _rec_name = "res_name"

    user_id = fields.Many2one("res.users", "Told To", required=True, ondelete="cascade")
    res_model = fields.Char("Model", required=True)
    res_id = fields.Many2oneReference("Record ID", model_field="res_model", required=True)
    res_name = fields.Char("About", max_length=False)
    cycle_id = fields.Many2one("it.kpi.cycle", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, index=True)
    activity_id = fields.Many2one("mail.activity", index="btree_not_null", ondelete="set null")
    activity_type_id = fields.Many2one("mail.activity.type", "What to Do", ondelete="cascade")
    kind = fields.Selection(
        [("began", "Began"), ("reminder", "Reminder"), ("asked", "Reminded by the Division")],
        required=True,
    )
    occasion = fields.Char(
        required=True,
        max_length=False,
        help="The reason for the notice: a person is notified of it once per record.",
    )
    day = fields.Date(required=True, help="Date of the notice, in China time.")
    sent_at = fields.Datetime("Sent On", index="btree")
    by_mail = fields.Boolean(help="If not set, the activity in Odoo is the only notice.")

    _told_once = models.UniqueIndex("(user_id, res_model, res_id, occasion)")
    _reminded_once_a_day = models.UniqueIndex(
        "(user_id, res_model, res_id, day) WHERE kind != 'began'"
    )
    _res_idx = models.Index("(res_model, res_id)")

    @api.model
    def _announce(self, activities):
        """Record that these activities began."""
        self._note("began", {activity: f"began {activity.id}" for activity in activities})

    @api.model
    def _remind_now(self, activities):
        """Record reminders that the division asked for; return the new notices."""
        today = get_day(fields.Datetime.now())
        return self._note("asked", {activity: f"asked {today}" for activity in activities})

    @api.model
    def _remind_due(self, records):
        """Record the reminders of these records that are due today; return the new notices."""
        today = get_day(fields.Datetime.now())
        occasions = {}
        for name, duty in records._duties.items():
            for activity in duty.schedule and records._get_activities([name]) or ():
                occasions[activity] = duty.schedule.get_due_reminder(
                    today, activity.date_deadline, get_day(activity.create_date)
                )
        due = {activity: occasion for activity, occasion in occasions.items() if occasion}
        return self._note("reminder", due)

    @api.model
    def _note(self, kind, occasions):
        """Insert ``{activity: occasion}`` unless recorded already; return the new notices."""
        self.env.flush_all()
        activities = [(activity, self._get_cycle(activity)) for activity in occasions]
        rows = self.env.execute_query(
            SQL(
                NOTICES,
                kind=kind,
                activities=[activity.id for activity, _cycle in activities],
                occasions=[occasions[activity] for activity, _cycle in activities],
                cycles=[cycle.id for _activity, cycle in activities],
                day=get_day(fields.Datetime.now()),
                uid=self.env.uid,
            )
        )
        if rows:
            self.env.ref("it_kpi_assessment.ir_cron_mail_notices").sudo()._trigger()
        return self.browse(notice_id for [notice_id] in rows)

    def _get_cycle(self, activity):
        record = self.env[activity.res_model].sudo().browse(activity.res_id)
        return record if record._name == "it.kpi.cycle" else record.cycle_id

    @api.model
    def _remind(self):
        """Daily cron: resync activities, then record due reminders."""
        batches = [
            (model, ids)
            for model, domain in self._get_watched()
            for ids in split_every(BATCH, self.env[model].search(domain).ids)
        ]
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(batches))
        count = 0
        for model, ids in batches:
            records = self.env[model].browse(ids).exists()
            records._sync_duties()
            count += len(self._remind_due(records))
            if not cron._commit_progress(1):
                break
        _logger.info("%s reminders noted", count)

    def _get_watched(self):
        """Return a domain per model: the records that may have open duties."""
        fillable = ["|", ("cycle_id.state", "=", "open"), ("in_correction", "=", True)]
        return (
            ("it.kpi.assessment", fillable),
            ("it.kpi.survey", fillable),
            ("it.kpi.cycle", [("state", "in", CYCLE_REVIEWED)]),
            ("it.kpi.objection", [("state", "in", ("to_sign", "filed", "received"))]),
            ("it.kpi.rectification", [("state", "not in", ORDER_ENDED)]),
            ("it.kpi.calibration", [("state", "=", "open")]),
            ("it.kpi.calibration.sheet", [("calibration_id.state", "=", "open")]),
        )

    @api.model
    def _mail_noted(self):
        """Mail notices that are not sent, one mail a user; those of ended duties are deleted."""
        waiting = [("sent_at", "=", False)]
        self.search([*waiting, ("activity_id", "=", False)]).unlink()
        people = [user.id for [user] in self._read_group(waiting, ["user_id"])]
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(people))
        for user_ids in split_every(BATCH, people):
            notices = self.search([*waiting, ("user_id", "in", user_ids)], order="id")
            notices.try_lock_for_update()._send()
            if not cron._commit_progress(len(user_ids)):
                break

    def _send(self):
        """Mark the notices as sent, and tell all people at once what waits for them."""
        self.write({"sent_at": fields.Datetime.now()})
        matters = {
            user.id: self.filtered(lambda notice, to=user: notice.user_id == to)._describe()
            for user in self.user_id
        }
        mailed = self._send_to(self.user_id, matters)
        self.filtered(lambda notice: notice.user_id in mailed).by_mail = True
        _logger.info("Notices mailed to %s of %s people", len(mailed), len(self.user_id))

    @api.model
    def _send_to(self, users, matters):
        """Tell people what waits for them, beside the activity in Odoo: here by mail.

        An addon that adds a channel (WeCom, DingTalk, short messages) extends this method. It is
        called by the scheduled action, once for up to ``BATCH`` people, each with all that is new
        for them. If it raises, the notices of these people stay unsent and the next run repeats
        them; so a message to another server leaves after the commit (``self.env.cr.postcommit``),
        and its failure is logged.

        :param users: all people with something new, also those who get no mail
        :param matters: ``{id of the user: [matter]}``; each matter is a dict with ``record`` (name
            of the form), ``task`` (what to do), ``deadline`` (in words, or empty), ``late``
            (whether it has passed), ``reminder`` (False if the duty began just now) and ``url``
        :return: the users that a mail leaves for
        """
        mailed = users.filtered(lambda user: user.email and user.notification_type == "email")
        reminded = mailed.filtered(
            lambda user: any(matter["reminder"] for matter in matters[user.id])
        )
        for template, people in (
            ("mail_template_reminder", reminded),
            ("mail_template_notice", mailed - reminded),
        ):
            # A mail without a record can be read by nobody but its recipient.
            self.env.ref(f"it_kpi_assessment.{template}").with_context(
                it_kpi_matters=matters
            ).send_mail_batch(people.ids, email_values={"model": False, "res_id": False})
        return mailed

    def _describe(self):
        """Return what a person is told, as in ``_send_to``: the notices are those of one person."""
        today = get_day(fields.Datetime.now())
        reminded = self.filtered(lambda notice: notice.kind != "began").activity_id
        lines = []
        for activity in self.activity_id.sorted(lambda act: (act.date_deadline, act.id)):
            record = self.env[activity.res_model].browse(activity.res_id)
            deadline = record._get_duty_deadline(activity.activity_type_id)
            lines.append(
                {
                    "record": activity.res_name,
                    "task": activity.summary,
                    "deadline": deadline,
                    "late": bool(deadline) and activity.date_deadline < today,
                    "reminder": activity in reminded,
                    "url": record._notify_get_action_link("view"),
                }
            )
        return lines
