"""The dashboard of a year: units by stage, who is late, what comes next, and who may know it."""

from freezegun import freeze_time

from odoo import Command

from ..helpers.common import EXAMPLE, BureauCase

READERS = ("head", "division", "leadership")
BEFORE, AFTER = "2099-12-01 02:00:00", "2099-12-18 02:00:00"
# 利州 has not begun, 剑阁 is recorded as not filed.
ASSESSMENTS = {
    "昭化": ("A", "draft", "filling"),
    "朝天": ("A" * 16, "returned", "returned"),
    "旺苍": ("A" * 16, "to_sign", "to_sign"),
    "青川": ("A" * 16, "submitted", "submitted"),
    "剑阁": ("", "unfiled", "unfiled"),
}


class DashboardCase(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.open_cycle()
        for name, (marks, state, _stage) in ASSESSMENTS.items():
            form = cls.get_form(cls.cycle, name)
            cls.fill(form, marks)
            form.state = state

    def ask(self, role="division", **arguments):
        self.env.invalidate_all()
        return self.dashboard(role).get_dashboard(self.cycle.id, **arguments)["cycle"]

    def dashboard(self, role):
        return self.env["it.kpi.dashboard"].with_user(self.users[role])

    def count(self, kind, role="division"):
        """Return ``{stage: count}`` of the stages that are not empty."""
        return {
            stage["name"]: stage["count"]
            for stage in self.ask(role)["stages"][kind]
            if stage["count"]
        }

    def open_list(self, role, kind, stage):
        """Return the records that a click on the number opens."""
        action = self.dashboard(role).action_open_stage(self.cycle.id, kind, stage)
        model = self.env[action["res_model"]].with_user(self.users[role])
        return model.with_context(**action["context"]).search(action["domain"])


class TestStages(DashboardCase):
    def test_every_unit_is_in_one_stage_of_its_self_assessment(self):
        stages = [stage for _marks, _state, stage in ASSESSMENTS.values()]
        self.assertEqual(self.count("assessment"), dict.fromkeys(["not_begun", *stages], 1))

    def test_not_applicable_is_a_beginning(self):
        self.get_form(self.cycle, "利州").line_ids[0].not_applicable = True
        self.assertEqual(self.count("assessment")["filling"], 2)

    def test_a_survey_waits_for_its_unit_then_for_the_group(self):
        for state in ("submitted", "unfiled"):
            self.get_form(self.cycle, "利州").state = state
            self.assertEqual(self.count("survey"), {"awaiting": 3, "unassigned": 3})
        survey = self.get_form(self.cycle, "青川", "survey")
        second = self.new_user("assessor", "second_assessor")
        survey.assessor_ids = self.users["assessor"] + second
        self.assertEqual(self.count("survey")["assigned"], 1)
        self.fill(survey, "B")
        self.assertEqual(self.count("survey")["grading"], 1)
        self.fill(survey, "B" * 16)
        self.put_signature(survey, "assessor")
        self.assertEqual(self.count("survey")["grading"], 1, "one signature of two")
        survey.assessor_ids = [Command.unlink(second.id)]
        self.assertEqual(self.count("survey")["to_confirm"], 1)
        survey.state = "confirmed"
        self.assertEqual(self.count("survey"), {"awaiting": 3, "unassigned": 2, "confirmed": 1})

    def test_what_waits_says_for_whom(self):
        stages = {
            stage["name"]: stage["waits_for"]
            for kind in self.ask()["stages"].values()
            for stage in kind
        }
        self.assertEqual(stages["filling"], ["reporter of the unit"])
        self.assertEqual(stages["to_sign"], ["leader of the unit"])
        self.assertEqual(stages["unassigned"], ["head of the assessment group"])
        self.assertEqual(stages["submitted"], [])

    def test_the_three_roles_count_alike(self):
        expected = {kind: self.count(kind) for kind in ("assessment", "survey")}
        for role in READERS:
            for kind, counts in expected.items():
                self.assertEqual(self.count(kind, role), counts, role)

    def test_a_number_opens_what_it_counts(self):
        for role in READERS:
            for kind in ("assessment", "survey"):
                for stage, count in self.count(kind, role).items():
                    with self.subTest(role=role, kind=kind, stage=stage):
                        self.assertEqual(len(self.open_list(role, kind, stage)), count)

    def test_who_may_not_read_the_forms_gets_the_units(self):
        filling = self.get_form(self.cycle, "昭化")
        self.assertEqual(self.open_list("division", "assessment", "filling"), filling)
        for role in ("head", "leadership"):
            self.assertEqual(self.open_list(role, "assessment", "filling"), self.get_unit("昭化"))
            submitted = self.open_list(role, "assessment", "submitted")
            self.assertEqual(submitted, self.get_form(self.cycle, "青川"))
        self.get_unit("昭化").active = False
        self.assertEqual(
            self.open_list("leadership", "assessment", "filling"), self.get_unit("昭化")
        )

    def test_a_head_is_not_shown_the_survey_of_his_own_unit(self):
        self.assertFalse(self.ask("head")["avoids_own_unit"])
        self.get_unit("青川").member_ids = self.users["head"]
        self.assertEqual(self.count("survey", "head")["unassigned"], 2)
        other = self.get_form(self.cycle, "剑阁", "survey")
        self.assertEqual(self.open_list("head", "survey", "unassigned"), other)
        self.assertTrue(self.ask("head")["avoids_own_unit"])
        self.assertFalse(self.ask("division")["avoids_own_unit"])

    def test_what_there_is_not_is_refused(self):
        dashboard, year = self.dashboard("division"), self.cycle.id
        for kind, stage in (
            ("assessment", "confirmed"),
            ("survey", ""),
            ("line", "late"),
            ([1], "late"),
            ("survey", [1]),
        ):
            self.assertRefused("no stage", dashboard.action_open_stage, year, kind, stage)
        for order in ("id; DROP TABLE", ["until"], None):
            self.assertRefused("sorted by", dashboard.get_dashboard, year, order=order)

    def test_a_year_that_does_not_exist_is_refused(self):
        dashboard = self.dashboard("leadership")
        missing = self.env["it.kpi.cycle"].search([], order="id DESC", limit=1).id + 1
        for year in (missing, 10**12, -1, "2099", True, [self.cycle.id]):
            self.assertRefused("does not exist", dashboard.get_dashboard, year)
            self.assertRefused(
                "does not exist", dashboard.action_open_stage, year, "survey", "awaiting"
            )
        for year in (None, False, 0):
            self.assertRefused(
                "does not exist", dashboard.action_open_stage, year, "survey", "awaiting"
            )


class TestLate(DashboardCase):
    def late(self, role="division", **arguments):
        return [row["unit"] for row in self.ask(role, **arguments)["late_units"]]

    def names(self, *short_names):
        return [self.get_unit(name).name for name in short_names]

    def test_nobody_is_late_before_the_deadline(self):
        with freeze_time(BEFORE):
            self.assertEqual((self.ask()["late_count"], self.late()), (0, []))

    def test_who_has_not_submitted_is_late_after_it(self):
        with freeze_time(AFTER):
            answer = self.ask()
            self.assertEqual(self.late(), self.names("利州", "昭化", "朝天", "旺苍"))
            self.assertEqual(answer["late_count"], self.cycle.late_count)
            [first] = answer["late_units"][:1]
            self.assertEqual((first["until"], first["days"]), ("2099-12-15 23:59", 3))
            late = {row["name"]: row["late_count"] for row in answer["stages"]["assessment"]}
            self.assertEqual((late["not_begun"], late["to_sign"], late["submitted"]), (1, 1, 0))

    def test_an_extension_is_not_late_until_it_ends(self):
        self.get_form(self.cycle, "利州").extended_until = "2099-12-20 04:00:00"
        with freeze_time(AFTER):
            self.assertNotIn(self.own_unit.name, self.late())
        with freeze_time("2099-12-20 05:00:00"):
            self.assertEqual(self.late()[-1], self.own_unit.name)
            self.assertEqual(self.ask()["late_units"][-1]["days"], 0)

    def test_the_late_can_be_sorted(self):
        with freeze_time(AFTER):
            self.assertEqual(self.late(order="unit", descending=True), self.late()[::-1])
            by_stage = self.names("旺苍", "朝天", "昭化", "利州")
            self.assertEqual(self.late(order="stage", descending=True), by_stage)

    def test_a_click_opens_the_late(self):
        with freeze_time(AFTER):
            self.assertEqual(len(self.open_list("division", "assessment", "late")), 4)
            self.assertEqual(
                self.open_list("head", "assessment", "late").mapped("name"), self.late("head")
            )

    def test_only_the_division_reminds_and_reads_when(self):
        with freeze_time(AFTER):
            self.assertTrue(self.ask("division")["can_remind"])
            self.assertTrue(all(row["form_id"] for row in self.ask()["late_units"]))
            for role in ("head", "leadership"):
                answer = self.ask(role)
                self.assertFalse(answer["can_remind"])
                for row in answer["late_units"]:
                    self.assertEqual((row["form_id"], row["reminded"]), (False, False))


class TestDeadline(DashboardCase):
    def words(self, moment):
        with freeze_time(moment):
            deadline = self.ask()["deadline"]
            return deadline["words"], deadline["is_past"]

    def test_days_are_those_of_the_calendar_in_china(self):
        self.assertEqual(self.words("2099-12-13 15:59:00"), ("2 days left", False))
        self.assertEqual(self.words("2099-12-13 16:00:00"), ("1 day left", False))
        self.assertEqual(self.words("2099-12-14 16:00:00"), ("This is the last day.", False))
        self.assertEqual(self.words("2099-12-15 16:00:00"), ("The deadline has passed.", True))
        self.assertEqual(self.ask()["deadline"]["moment"], "2099-12-15 23:59")

    def test_a_deadline_in_the_morning_leaves_a_day_the_day_before(self):
        self.cycle.deadline = "2099-12-20 02:00:00"
        self.assertEqual(self.words("2099-12-19 08:00:00"), ("1 day left", False))

    def test_no_words_when_nothing_is_filed_any_more(self):
        self.as_role("division", self.cycle).action_start_review("按期转入")
        self.assertEqual(self.words(AFTER), ("", False))


class TestNextStep(DashboardCase):
    def assertNext(self, text, *roles):
        answer = self.ask("leadership")
        self.assertIn(text, answer["next"])
        self.assertEqual(answer["next_roles"], list(roles))

    def test_from_filling_to_publication(self):
        division = self.as_role("division", self.cycle)
        with freeze_time(BEFORE):
            self.assertNext("fill in", "reporter of the unit", "leader of the unit")
        with freeze_time(AFTER):
            self.assertNext("Remind", "informatization division")
        for form in self.cycle.assessment_ids:
            form.state = "submitted"
        self.assertNext("visits", "assessor of this unit", "head of the assessment group")
        self.file_forms(self.cycle, EXAMPLE)
        self.assertNext("Start the review", "informatization division")
        division.action_start_review("按期转入")
        self.assertNext("approve", "head of the assessment group")
        self.as_role("head", self.cycle).action_approve()
        self.assertNext("Publish it", "informatization division")
        division.action_publish()
        self.assertNext("rectification orders", "informatization division")
        division.action_draw_up_orders()
        self.assertNext("every order is drawn up")
        division.action_archive_cycle()
        self.assertNext("archived")

    def test_obstacles_are_named_to_who_can_do_something_about_them(self):
        self.as_role("division", self.cycle).action_start_review("按期转入")
        self.assertNext("in the way", "informatization division")
        for role in ("division", "head"):
            answer = self.ask(role)
            obstacles = self.as_role(role, self.cycle).obstacles.splitlines()
            self.assertEqual(answer["obstacles"], obstacles)
            self.assertEqual(answer["obstacle_count"], 4 + 6)
        self.assertEqual(self.ask("leadership")["obstacle_count"], 0)


class TestChoice(DashboardCase):
    def choose(self, role="leadership", cycle=None):
        answer = self.dashboard(role).get_dashboard(cycle and cycle.id)
        return answer["cycle"] and answer["cycle"]["id"], [row["id"] for row in answer["cycles"]]

    def test_the_latest_year_under_way_unless_another_is_chosen(self):
        earlier = self.example_year_of(2097)
        self.env["it.kpi.cycle"].create(
            {"year": 2100, "source_rubric_id": self.rubric.id, "unit_ids": self.units.ids}
        )
        chosen, others = self.choose()
        self.assertEqual(chosen, self.cycle.id)
        self.assertIn(earlier.id, others)
        self.assertEqual(self.choose(cycle=earlier)[0], earlier.id)

    def example_year_of(self, year):
        cycle = self.open_cycle(year=year)
        self.file_forms(cycle, EXAMPLE)
        self.publish(cycle)
        return cycle

    def test_none_under_way(self):
        self.env["it.kpi.cycle"].search([("id", "!=", self.cycle.id)]).state = "archived"
        self.cycle.state = "published"
        chosen, others = self.choose()
        self.assertFalse(chosen)
        self.assertIn(self.cycle.id, others)
