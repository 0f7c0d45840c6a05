"""A small bureau: the worked example's units, one user per role, and ways to play a year."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import TransactionCase

POINTS = (2, 2, 2, 4, 5, 5, 5, 5, 15, 15, 5, 10, 10, 5, 5, 5)
RATIOS = {"A": 1, "B": "0.8", "C": "0.6", "D": "0.4"}
ROLES = ("reporter", "leader", "assessor", "head", "division", "leadership")
# A black pixel beside a transparent one: what a signature is to the server.
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAD0lEQVR4"
    "2mNgYGD4D8QMAAUEAQAJfvTVAAAAAElFTkSuQmCC"
)
EXAMPLE = {
    "利州": ("ABAABAABAABABAAB", "ABABBAABABBABABB"),
    "昭化": ("BBANBBABBAABBNAC", "BBBNBCABBBABCNBC"),
    "朝天": ("BCBBCBBCBBBCBBBN", "CCBBCBCCBBBCCBBN"),
    "旺苍": ("AABBBBNBAABBABBB", "ABBBBBNBBABBBBBC"),
    "青川": ("BBBBBBBBBBBBBBBB", "BBBBBBBBBBBBBBBB"),
    "剑阁": (None, "CBBCBCBCBBBCBCBC"),
}


class Bureau:
    """Users of every role and the units of the worked example; 利州 is the users' unit.

    Subclasses provide ``env``.
    """

    @classmethod
    def set_up_bureau(cls):
        cls.env["res.lang"]._activate_lang("en_US")  # the database speaks Chinese
        cls.env = cls.env(context={**cls.env.context, "tz": "Asia/Shanghai", "lang": "en_US"})
        users = cls.new_users({f"test_{role}": role for role in ROLES})
        cls.users = dict(zip(ROLES, users, strict=True))
        cls.rubric = cls.env.ref("it_kpi_assessment.rubric_2023")
        cls.units = cls.env["it.kpi.unit"].search([("short_name", "in", list(EXAMPLE))])
        cls.own_unit = cls.get_unit("利州")
        cls.own_unit.write(
            {
                "reporter_ids": [Command.link(cls.users["reporter"].id)],
                "leader_ids": [Command.link(cls.users["leader"].id)],
            }
        )

    @classmethod
    def new_user(cls, role, login=None):
        """Return a new user who holds one role; the password is the login."""
        return cls.new_users({login or f"test_{role}": role})

    @classmethod
    def new_users(cls, roles):
        """Return new users, made at once from ``{login: role}``, to whom no invitation is sent."""
        values = [
            {
                "login": login,
                "password": login,
                "name": f"{login} ({role})",
                "email": f"{login}@example.com",
                "group_ids": [
                    Command.link(cls.env.ref("base.group_user").id),
                    Command.link(cls.env.ref(f"it_kpi_assessment.group_{role}").id),
                ],
                "tz": "Asia/Shanghai",
                "lang": "en_US",
            }
            for login, role in roles.items()
        ]
        users = cls.env["res.users"].with_context(no_reset_password=True).create(values)
        return users.with_env(cls.env)

    @classmethod
    def hold(cls, role, bureau, user):
        """Let a user hold a role in a bureau that the user works in."""
        return cls.env["it.kpi.holding"].create(
            {"user_id": user.id, "company_id": bureau.id, "role": role}
        )

    @classmethod
    def get_unit(cls, short_name):
        return cls.units.filtered(lambda unit: unit.short_name == short_name)

    @classmethod
    def open_cycle(cls, units=None, year=2099):
        """Return an opened cycle, by default of the worked example's units."""
        cycle = cls.env["it.kpi.cycle"].create(
            {
                "year": year,
                "source_rubric_id": cls.rubric.id,
                "unit_ids": [Command.set((units or cls.units).ids)],
            }
        )
        cycle.with_user(cls.users["division"]).action_open(accepted=True)
        return cycle

    @classmethod
    def get_form(cls, cycle, short_name, kind="assessment"):
        return cycle[f"{kind}_ids"].filtered(lambda form: form.unit_id.short_name == short_name)

    @classmethod
    def fill(cls, form, marks, explanation="如实说明"):
        """Write the marks, a letter per line, N for 无此项; all of one letter at once."""
        grades = {grade.code: grade.id for grade in form.rubric_id.grade_ids}
        given = dict(zip(form.line_ids, marks, strict=False))
        for mark in sorted(set(marks)):
            vals = {"not_applicable": True} if mark == "N" else {"grade_id": grades[mark]}
            if form._name == "it.kpi.assessment":
                vals["explanation"] = explanation
            form.line_ids.filtered(lambda line, mark=mark: given.get(line) == mark).write(vals)

    @classmethod
    def file_forms(cls, cycle, marks):
        """Put forms straight into their filed states: ``{unit: (assessment, survey)}``."""
        for short_name, (assessment, survey) in marks.items():
            form = cls.get_form(cycle, short_name)
            if assessment is None:
                form.write({"state": "unfiled", "unfiled_reason": "未报"})
            else:
                cls.fill(form, assessment)
                form.state = "submitted"
            visit = cls.get_form(cycle, short_name, "survey")
            cls.fill(visit, survey)
            visit.state = "confirmed"

    @classmethod
    def withdraw(cls, cycle, short_name, reason="并入市局", decision="广编办〔2099〕3号"):
        """Let the division withdraw a unit from a year, and return its self-assessment."""
        form = cls.get_form(cycle, short_name)
        form.with_user(cls.users["division"]).action_withdraw(reason, decision)
        return form

    @classmethod
    def sign(cls, survey):
        """Let everybody who is assigned to a complete survey sign it."""
        survey.visit_date = survey.visit_date or f"{survey.cycle_id.year}-11-20"
        for user in survey.assessor_ids:
            survey.with_user(user).action_sign(SIGNATURE)

    @classmethod
    def confirm(cls, survey):
        """Let the assessors sign a complete survey, and the head confirm it."""
        cls.sign(survey)
        survey.with_user(cls.users["head"]).action_confirm(SIGNATURE)

    @classmethod
    def put_signature(cls, survey, role, **vals):
        """Put a signature below a survey, whatever its state."""
        user = cls.users[role]
        return cls.env["it.kpi.survey.signature"].create(
            {
                "form_id": survey.id,
                "user_id": user.id,
                "name": user.name,
                "signature": SIGNATURE,
                "signed_at": f"{survey.cycle_id.year}-11-20 02:00:00",
                **vals,
            }
        )

    @classmethod
    def record_incident(cls, short_name, kind, day="2099-06-01"):
        return cls.env["it.kpi.incident"].create(
            {
                "unit_id": cls.get_unit(short_name).id,
                "kind": kind,
                "date": day,
                "description": "经核查属实",
                "decision": "通报〔2099〕1号",
            }
        )

    @classmethod
    def pass_deadline(cls, cycle):
        """Let the clock pass the deadline of a year, and that of its extended forms."""
        cycle.sudo().assessment_ids.extended_until = False
        cycle.sudo().deadline = fields.Datetime.now() - timedelta(hours=1)

    @classmethod
    def example_year(cls):
        """Return the worked example, open, with all forms filed."""
        cycle = cls.open_cycle()
        cls.file_forms(cycle, EXAMPLE)
        cls.record_incident("旺苍", "network_security")
        cls.record_incident("青川", "leak")
        return cycle

    @classmethod
    def publish(cls, cycle):
        """Review, approve and publish as the people whose part it is."""
        division = cycle.with_user(cls.users["division"])
        division.action_start_review()
        cls.approve(cycle)
        division.action_publish()
        return cycle.publication_id

    @classmethod
    def approve(cls, cycle):
        """Approve as the head, or as a second one if the head belongs to a unit of the year."""
        head = cls.users["head"]
        if head in cycle.unit_ids.member_ids:
            head = cls.get_second_head()
        cycle.with_user(head).action_approve()

    @classmethod
    def get_second_head(cls):
        """Return a head of the same bureau who belongs to no unit."""
        login = f"test_second_head_{cls.env.company.id}"
        found = cls.env["res.users"].search([("login", "=", login)])
        return found or cls.new_user("head", login)

    @classmethod
    def scores(cls, cycle):
        """Return the live ranking as ``{unit's short name: record}``."""
        cls.env.invalidate_all()
        ranking = cls.env["it.kpi.ranking"].search([("cycle_id", "=", cycle.id)])
        return {score.unit_id.short_name: score for score in ranking}

    def as_role(self, role, record):
        return record.with_user(self.users[role])

    def assertRefused(self, text, method, *args, **kwargs):
        """The call raises a sentence that contains ``text``."""
        with self.assertRaises(UserError) as caught:
            method(*args, **kwargs)
            self.env.flush_all()
        self.assertIn(text, str(caught.exception))

    def flush_tracking(self):
        """Let the chatter write what was tracked so far, as the end of a request does."""
        self.env.flush_all()
        self.env.cr.precommit.run()

    def assertPoints(self, value, expected):
        """Compare amounts as a reader sees them: in hundredths of a point."""
        self.assertEqual(f"{value:.2f}", f"{expected:.2f}")


class BureauCase(Bureau, TransactionCase):
    """The bureau in a transaction that leaves nothing behind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_bureau()
