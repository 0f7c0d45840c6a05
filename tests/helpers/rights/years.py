"""A bureau whose forms stand in every state, with another one beside it."""

from odoo import Command
from odoo.tests import new_test_user

from ..common import EXAMPLE, ROLES, SIGNATURE, Bureau, BureauCase

OPEN_YEAR, PUBLISHED_YEAR, REVISED_YEAR = 2099, 2098, 2092
ASSESSMENT_STATES = {
    "利州": "draft",
    "昭化": "submitted",
    "朝天": "to_sign",
    "旺苍": "returned",
    "青川": "submitted",
    "剑阁": "unfiled",
}
CONFIRMED = ("青川", "剑阁")
# 旺苍 has no order yet. The assessor verifies the orders of ASSIGNED, once they are issued.
ORDER_STATES = {
    "利州": "planned",
    "昭化": "draft",
    "朝天": "reported",
    "青川": "reported",
    "剑阁": "verified",
}
ASSIGNED = ("昭化", "朝天")
# The objections to the published result, each to one line.
OBJECTION_STATES = {"利州": "draft", "昭化": "received", "青川": "received", "剑阁": "filed"}
# Who recorded an inspection of which unit in the open year.
INSPECTED = (
    ("昭化", "assessor"),
    ("朝天", "division"),
    ("旺苍", "division"),
    ("利州", "assessor"),
    ("剑阁", "assessor"),
    ("青川", "division"),
)


class Years(Bureau):
    """The years of the bureau: an open one, a published one, and a revised one.

    The revised year was published twice and is being revised once more: in review.
    """

    @classmethod
    def play_years(cls):
        cls.get_unit("剑阁").member_ids = cls.users["assessor"]
        cls.get_unit("青川").member_ids = cls.users["head"]
        cls.rubric.objection_days = 30
        cls.rubric.write(
            {
                **{"quota_kind": "percent", "quota": 20, "veto_bar": "best"},
                **{"proposes_funds": True, "commended": "first", "commended_count": 2},
                "band_ids": [
                    Command.create({"name": name, "threshold": threshold})
                    for name, threshold in (("优秀", 80), ("良好", 60), ("不合格", 0))
                ],
            }
        )
        cls.published = cls.play_published_year()
        cls.revised = cls.play_revised_year()
        cls.cycle = cls.play_open_year()
        cls.ask_for_prints("division", cls.published)
        cls.play_awards(cls.users["division"], cls.published)
        cls.play_awards(cls.users["division"], cls.revised, "draft")
        cls.allocation = cls.published.publication_id.allocation_ids
        cls.commendation = cls.published.publication_id.commendation_ids
        graders = cls.users["assessor"] | cls.users["head"]
        # The round on a result that is being revised was opened before; a new one is not opened.
        year = {"year": REVISED_YEAR + 1}
        cls.calibration = cls.play_calibration(cls.revised, graders, "open", **year)
        cls.draft_calibration = cls.play_calibration(cls.published, graders[:0], "draft")

    @classmethod
    def play_calibration(cls, cycle, graders, state, **values):
        """Make a calibration round on a published year, with a sheet for each grader."""
        publication = {"publication_id": cycle.publication_id.id}
        calibration = cls.env["it.kpi.calibration"].create({**publication, "state": state})
        calibration.write(values)  # the year is computed, whatever it is created with
        calibration.flush_recordset()
        lines = calibration._prepare_lines()["first"]
        cls.env["it.kpi.calibration.sheet"].create(
            [
                {
                    "calibration_id": calibration.id,
                    "sample": "first",
                    "user_id": user.id,
                    "line_ids": [Command.create(line) for line in lines],
                }
                for user in graders
            ]
        )
        return calibration

    @classmethod
    def play_awards(cls, division, cycle, state="proposed"):
        """Let a division draw up funds and a commendation on a published year."""
        publication = cycle.publication_id.with_user(division)
        publication.action_propose_funds()
        publication.action_propose_commendation()
        cycle.publication_id.commendation_ids.state = state
        allocation = cycle.publication_id.allocation_ids
        allocation.write({"total": 500_000, "base_kind": "entered"})
        allocation.line_ids.write({"base": 10_000})
        allocation.state = state

    @classmethod
    def make_accounts(cls, role, login, count=1):
        """Let the division of a bureau make accounts of reporters, who have not logged in yet."""
        user = cls.users[role]
        logins = [f"{login}_{number}" if number else login for number in range(count)]
        people = [
            {
                "name": "新人",
                "login": login,
                "email": f"{login}@example.com",
                "roles": ["reporter"],
            }
            for login in logins
        ]
        accounts = cls.env["it.kpi.account"].with_user(user)
        accounts = accounts.with_context(allowed_company_ids=user.company_id.ids)
        made = accounts._make(people, user.company_id, "查")
        return cls.env["it.kpi.account"].browse(made.ids)

    @classmethod
    def ask_for_prints(cls, role, cycle):
        """Let a role order the prints of a published year."""
        results = cycle.publication_id.result_ids.with_user(cls.users[role])
        report = cls.env.ref("it_kpi_assessment.result_report")
        results.env["it.kpi.job"]._ask("print", results, report)

    @classmethod
    def play_published_year(cls):
        cycle = cls.open_cycle(year=PUBLISHED_YEAR)
        cls.file_forms(cycle, EXAMPLE)
        cls.record_incident("旺苍", "network_security", f"{PUBLISHED_YEAR}-06-01")
        cls.inspect(cls.get_unit("青川"), "division", PUBLISHED_YEAR)
        for survey in cycle.survey_ids:
            cls.put_signature(survey, "division")
        results = cls.publish(cycle).result_ids
        cls.play_orders(results.filtered(lambda result: result.unit_id.short_name in ORDER_STATES))
        cls.play_objections(results)
        return cycle

    @classmethod
    def play_objections(cls, results):
        """Let units object to the first line of their result; of the other bureau all do."""
        for result in results:
            state = OBJECTION_STATES.get(result.unit_id.short_name)
            if state or result.company_id != cls.env.company:
                objection = cls.env["it.kpi.objection"].create({"result_id": result.id})
                line = {"claim": "更正", "reason": "查", "result_line_id": result.line_ids[0].id}
                objection.line_ids = [Command.create(line)]
                objection.state = state or "draft"

    @classmethod
    def play_revised_year(cls):
        """Return a year of which every unit's mark on the first line changed, and changes."""
        cycle = cls.open_cycle(year=REVISED_YEAR)
        cls.file_forms(cycle, {name: ("A" * 16, "A" * 16) for name in EXAMPLE})
        cls.publish(cycle)
        for grade in (1, 2):
            cls.change_marks(cycle, cls.users["division"], grade)
            if grade == 1:
                cls.approve(cycle)
                cycle.with_user(cls.users["division"]).action_publish()
        return cycle

    @classmethod
    def change_marks(cls, cycle, division, grade):
        """Take a published year up again, and give every form's first line another grade."""
        cycle.with_user(division).action_revise("申诉成立")
        for form in (*cycle.assessment_ids, *cycle.survey_ids):
            form.line_ids[0].grade_id = cycle.rubric_id.grade_ids[grade]

    @classmethod
    def play_orders(cls, results):
        """Give each result an order with a weak indicator and a measure, in its state."""
        for order in cls.env["it.kpi.rectification"]._draw_up(results):
            weakness = order.weakness_ids or order.weakness_ids.create(
                {"order_id": order.id, "indicator_id": order.result_id.line_ids[:1].indicator_id.id}
            )
            order.measure_ids = [
                Command.create(
                    {
                        "name": "整改",
                        "owner": "某人",
                        "due_date": order.report_until,
                        "weakness_ids": weakness.ids,
                        "done": True,
                    }
                )
            ]
            name = order.unit_id.short_name
            order.verifier_id = cls.users["assessor"] if name in ASSIGNED else False
            order.write({"state": ORDER_STATES.get(name, "draft"), "report": "报"})
            order.effectiveness = "好"
            cls.env["it.kpi.rectification.talk"].create(
                {"order_id": order.id, "date": "2026-01-05", "people": "某人", "points": "查"}
            )
            cls.env["it.kpi.document"].create(order._propose_document())
        cls.env["it.kpi.document"].create(results.publication_id._propose_document())
        cls.env["it.kpi.retention"]._get_all(results.company_id)

    @classmethod
    def play_open_year(cls):
        cycle = cls.open_cycle(year=OPEN_YEAR)
        for name, state in ASSESSMENT_STATES.items():
            form = cls.get_form(cycle, name)
            cls.fill(form, "A" * 15 + "N")
            form.state = state
            cls.get_form(cycle, name, "survey").assessor_ids = (
                cls.users["assessor"] if name in ASSIGNED else False
            )
        cls.get_form(cycle, "旺苍").line_ids[:2].write({"returned": True, "return_reason": "补充"})
        cls.get_form(cycle, "昭化").write(
            {"signature": SIGNATURE, "signed_by_id": cls.env.ref("base.user_admin").id}
        )
        cls.fill(cls.get_form(cycle, "利州", "survey"), "BBB")
        for name in CONFIRMED:
            survey = cls.get_form(cycle, name, "survey")
            cls.fill(survey, "B" * 16)
            survey.state = "confirmed"
        for survey in cycle.survey_ids:
            cls.put_signature(survey, "division")
        cls.record_incident("昭化", "leak", f"{OPEN_YEAR}-06-01")
        cls.record_incident("利州", "leak", f"{OPEN_YEAR}-06-02")
        for name, role in INSPECTED:
            cls.inspect(cls.get_unit(name), role, OPEN_YEAR)
        return cycle

    @classmethod
    def inspect(cls, unit, role, year):
        """Record an inspection in the name of a role, even of a unit that it belongs to."""
        return (
            cls.env["it.kpi.inspection"]
            .with_user(cls.users[role])
            .sudo()
            .create(
                {
                    "unit_id": unit.id,
                    "date": f"{year}-03-01",
                    "inspector_ids": False,
                    "finding": "查",
                }
            )
        )


class RightsCase(Years, BureauCase):
    """The years, and the same once more in another bureau."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["nobody"] = new_test_user(
            cls.env, "test_nobody", groups="base.group_user", password="test_nobody"
        )
        cls.play_years()
        cls.set_up_other_bureau()
        cls.ask_for_prints("other", cls.other_published)
        for role in ("head", "other"):
            cls.env["it.kpi.kept.signature"].with_user(cls.users[role])._keep(SIGNATURE)
            cls.env["it.kpi.guess"].with_user(cls.users[role])._count_wrong(f"address of {role}")
        cls.account = cls.make_accounts("division", "made_here")
        cls.other_account = cls.make_accounts("other", "made_there")
        cls.env.cr.flush()  # with the activities that the end of a request makes
        cls.env.invalidate_all()

    @classmethod
    def set_up_other_bureau(cls):
        """Give another company a rubric, a unit, a published and an open year, an incident."""
        cls.other = cls.env["res.company"].create({"name": "另一局"})
        cls.other_user = cls.new_user_elsewhere(cls.other, "test_other", *ROLES)
        cls.users["other"] = cls.other_user
        staff = {f"{role}_ids": cls.other_user.ids for role in ("reporter", "leader")}
        cls.other_unit = cls.env["it.kpi.unit"].create(
            {"name": "另一局的单位", "short_name": "另一", "company_id": cls.other.id, **staff}
        )
        rubric = cls.rubric.copy({"version": "另", "company_id": cls.other.id})
        rubric.state = "effective"
        cls.play_other_years(rubric)
        cls.env["it.kpi.incident"].create(
            {
                "unit_id": cls.other_unit.id,
                "kind": "leak",
                "date": f"{OPEN_YEAR}-02-01",
                "description": "另",
                "decision": "另",
            }
        )
        cls.inspect(cls.other_unit, "other", OPEN_YEAR)

    @classmethod
    def new_user_elsewhere(cls, company, login, *roles):
        """Return a new user of another company, who holds these roles there."""
        groups = [f"it_kpi_assessment.group_{role}" for role in roles]
        return new_test_user(
            cls.env,
            login,
            groups=",".join(["base.group_user", *groups]),
            password=login,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def play_other_years(cls, rubric):
        """Play a published, a revised and an open year of the other bureau."""
        cls.other_published = cls.play_other_year(rubric, PUBLISHED_YEAR)
        cls.publish_of_other(cls.other_published)
        cls.play_orders(cls.other_published.publication_id.result_ids)
        cls.play_objections(cls.other_published.publication_id.result_ids)
        cls.play_awards(cls.other_user, cls.other_published)
        cls.play_calibration(cls.other_published, cls.other_user, "open")
        cls.other_revised = cls.play_other_year(rubric, REVISED_YEAR)
        cls.publish_of_other(cls.other_revised)
        cls.change_marks(cls.other_revised, cls.other_user, 1)
        cls.publish_of_other(cls.other_revised)
        cls.change_marks(cls.other_revised, cls.other_user, 2)
        cls.other_cycle = cls.play_other_year(rubric, OPEN_YEAR)

    @classmethod
    def play_other_year(cls, rubric, year):
        cycle = cls.env["it.kpi.cycle"].create(
            {
                "year": year,
                "company_id": cls.other.id,
                "source_rubric_id": rubric.id,
                "unit_ids": [Command.set(cls.other_unit.ids)],
            }
        )
        cycle.with_user(cls.other_user).action_open(accepted=True)
        for forms, state in ((cycle.assessment_ids, "submitted"), (cycle.survey_ids, "confirmed")):
            cls.fill(forms, "A" * 16)
            forms.state = state
        cls.put_signature(cycle.survey_ids, "other")
        return cycle

    @classmethod
    def publish_of_other(cls, cycle):
        if cycle.state == "open":
            cycle.with_user(cls.other_user).action_start_review("按期转入")
        cycle.write({"approved_by_id": cls.users["head"].id, "approved_at": "2098-12-20 00:00:00"})
        cycle.approved_digest = cycle._get_ranking_digest()
        cycle.with_user(cls.other_user).action_publish()

    @classmethod
    def get_own_models(cls):
        """Return the names of all models of the addon that hold records."""
        return sorted(
            name
            for name, model in cls.env.registry.items()
            if name.startswith("it.kpi.") and not model._abstract
        )
