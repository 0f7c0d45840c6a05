"""A small bureau: the worked example's units, one user per role, and ways to play a year."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user

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
        cls.users = {role: cls.new_user(role) for role in ROLES}
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
        return new_test_user(
            cls.env,
            login or f"test_{role}",
            groups=f"base.group_user,it_kpi_assessment.group_{role}",
            tz="Asia/Shanghai",
            lang="en_US",
            password=login or f"test_{role}",
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
        cycle.with_user(cls.users["division"]).action_open()
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
