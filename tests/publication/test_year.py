"""A whole year, from opening to a closed rectification and the memory of the next one.

Every act is made by the person whose part it is, through the method that the button calls.
"""

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ..helpers.common import EXAMPLE, SIGNATURE
from ..helpers.year import YearCase, score_year

YEAR = 2099
FIRST_CLAIM = "A" + EXAMPLE["昭化"][0][1:]  # before the first line was returned
FIRST_VISIT = "C" + EXAMPLE["青川"][1][1:]  # before the survey was reopened
READERS = dict.fromkeys(("head", "division", "leadership"), "")
ALL = dict.fromkeys(("reporter", "leader", "assessor"), "") | READERS


@tagged("post_install", "-at_install")
class TestYear(YearCase):
    def test_a_year_of_six_people(self):
        self.open_the_year()
        self.file_the_own_form()
        self.return_a_line()
        self.meet_the_deadline()
        self.record_facts()
        self.visit_the_units()
        self.reopen_a_survey()
        self.review_and_publish()
        self.explain_the_result()
        self.rectify()
        self.revise()
        self.begin_the_next_year()

    def open_the_year(self):
        """启动: the division creates the year and opens it for the units."""
        self.cycle = self.new_cycle(YEAR)
        self.division = self.as_role("division", self.cycle)
        self.head = self.as_role("head", self.cycle)
        self.assertMoves(self.cycle, **ALL | {"division": "open"})
        self.division.action_open(accepted=True)
        self.assertMoves(self.cycle, **ALL | {"division": "move_deadline add_units start_review"})
        self.assertSeen(
            self.cycle,
            assessment={"reporter": 1, "leader": 1, "division": 6},
            survey={"head": 6, "division": 6},
            ranking={"head": 6, "division": 6, "leadership": 6},
            result={},
        )

    def new_cycle(self, year):
        cycles = self.env["it.kpi.cycle"].with_user(self.users["division"])
        units = [Command.set(self.units.ids)]
        return cycles.create({"year": year, "unit_ids": units}).with_env(self.env)

    def file_the_own_form(self):
        """自评: filled with evidence, handed back once by the leader, signed."""
        form = self.get_form(self.cycle, "利州")
        reporter, leader = (self.as_staff(role, form) for role in ("reporter", "leader"))
        staff = {"reporter": "hand_over", "leader": "hand_over"}
        self.assertMoves(form, **staff, division="withdraw")
        self.fill(reporter, EXAMPLE["利州"][0])
        line = reporter.line_ids[0]
        self.prove(line)
        reporter.action_hand_over()
        self.assertMoves(form, reporter="recall", leader="take_back submit", division="withdraw")
        self.assertIn("locked", line.lock_reason)
        leader.action_take_back("第一项请写明文号")
        line.explanation = "印发广交函〔2099〕1号"
        reporter.action_hand_over()
        leader.action_submit(SIGNATURE)
        self.assertMoves(form, reporter="", leader="", **READERS | {"division": "return withdraw"})
        self.assertRefused("locked", line.write, {"remark": "补充"})

    def return_a_line(self):
        """退回: only the returned line unlocks; the leader signs again."""
        form = self.hand_over("昭化", FIRST_CLAIM)
        form.action_submit(SIGNATURE)
        reporter = self.as_staff("reporter", form)
        first, second = reporter.line_ids[:2]
        self.as_role("division", form).action_return({first.id: "依据不足"})
        self.assertFalse(form.signature)
        staff = {"reporter": "hand_over", "leader": "hand_over"}
        self.assertMoves(form, **staff, division="withdraw")
        self.assertIn("was not returned", second.lock_reason)
        self.assertRefused("was not returned", second.write, {"remark": "补充"})
        self.fill(reporter, EXAMPLE["昭化"][0][:1], "据实改为二级")
        reporter.action_hand_over()
        self.as_staff("leader", form).action_submit(SIGNATURE)

    def meet_the_deadline(self):
        """截止: one unit is in time, one gets an extension, one is recorded 未报."""
        for name in ("旺苍", "青川"):
            self.hand_over(name, EXAMPLE[name][0]).action_submit(SIGNATURE)
        late, missing = (self.get_form(self.cycle, name) for name in ("朝天", "剑阁"))
        leader = self.hand_over("朝天", EXAMPLE["朝天"][0])
        with freeze_time(f"{YEAR}-12-16"):
            self.assertRefused("extension", leader.action_submit, SIGNATURE)
            self.as_role("division", late).action_extend(f"{YEAR}-12-20 04:00:00", "系统检修")
            leader.action_submit(SIGNATURE)
            self.as_role("division", missing).action_record_unfiled("逾期未报")
        staff = {"reporter": "", "leader": ""}
        self.assertMoves(missing, **staff | READERS | {"division": "withdraw_unfiled withdraw"})
        self.assertSeen(
            self.cycle,
            assessment={"reporter": 1, "leader": 1, "head": 6, "division": 6, "leadership": 6},
            survey={"head": 6, "division": 6},
            ranking={"head": 6, "division": 6, "leadership": 6},
            result={},
        )

    def record_facts(self):
        """An inspection beside the survey; three incidents, of which one is lifted."""
        inspections = self.env["it.kpi.inspection"].with_user(self.users["assessor"])
        inspections.create(
            {
                "unit_id": self.get_unit("利州").id,
                "date": f"{YEAR}-05-06",
                "finding": "机房温度过高",
                "indicator_ids": [Command.link(self.rubric.indicator_ids[4].id)],
            }
        )
        incidents = [
            self.as_role("division", self.env["it.kpi.incident"]).create(
                {
                    "unit_id": self.get_unit(name).id,
                    "kind": kind,
                    "date": f"{YEAR}-06-01",
                    "description": "经核查属实",
                    "decision": "通报〔2099〕1号",
                }
            )
            for name, kind in (("旺苍", "network_security"), ("青川", "leak"), ("昭化", "leak"))
        ]
        self.security, self.leak, mistaken = incidents
        self.assertMoves(self.security, **ALL | {"division": "correct lift"})
        mistaken.action_lift("撤销通报〔2099〕2号", "经复核不成立")
        self.assertEqual(self.leak.with_env(self.env).state, "recorded")

    def visit_the_units(self):
        """实地调查: assigned with 回避, filled and signed by all, confirmed by the head."""
        own = self.get_form(self.cycle, "剑阁", "survey").with_user(self.users["head"])
        avoided = {"assessor_ids": [Command.set(self.users["assessor"].ids)]}
        self.assertRefused("cannot assess it", own.write, avoided)
        for survey in self.cycle.survey_ids:
            name = survey.unit_id.short_name
            self.assign(survey, {"利州": ("assessor", "second"), "剑阁": ("second",)}.get(name))
            self.visit(survey, FIRST_VISIT if name == "青川" else EXAMPLE[name][1])
        line = self.as_role("assessor", self.get_form(self.cycle, "利州", "survey").line_ids[4])
        self.assertEqual(line.inspection_ids.finding, "机房温度过高")
        self.assertEqual((line.own_mark, line.own_explanation), ("B", "如实说明"))

    def assign(self, survey, roles):
        assessors = [self.users[role].id for role in roles or ("assessor",)]
        self.as_role("head", survey).assessor_ids = [Command.set(assessors)]

    def visit(self, survey, marks):
        """Fill a survey as the first of its assessors, and have it signed and confirmed."""
        first, *_others = survey.assessor_ids
        own = survey.with_user(first)
        own.visit_date = f"{YEAR}-12-22"
        self.fill(own, marks)
        own.line_ids.filtered("lacks_reason").remark = "现场核查与自评不符"
        for user in survey.assessor_ids:
            self.assertRefused("not signed", self.as_role("head", survey).action_confirm, SIGNATURE)
            survey.with_user(user).action_sign(SIGNATURE)
        self.as_role("head", survey).action_confirm(SIGNATURE)

    def reopen_a_survey(self):
        """重开: a reason, corrected marks, and all signatures once more."""
        survey = self.get_form(self.cycle, "青川", "survey")
        self.assertMoves(survey, assessor="", **READERS | {"head": "reopen"})
        self.as_role("head", survey).action_reopen("第一项评级有误")
        self.assertFalse(survey.signature_ids)
        self.assertMoves(survey, assessor="sign", head="confirm reassign", division="")
        self.visit(survey, EXAMPLE["青川"][1])

    def review_and_publish(self):
        """综合考评, 组长审定, 公布: two people; the units read nothing before."""
        self.division.action_start_review("按期转入")
        self.assertMoves(self.cycle, **ALL | {"division": "resume publish", "head": "approve"})
        survey = self.as_role("assessor", self.get_form(self.cycle, "利州", "survey"))
        self.assertIn("not open", survey.lock_reason)
        self.first_scores = score_year(EXAMPLE, vetoed=("旺苍",), leaked=("青川",))
        live = self.env["it.kpi.ranking"].with_user(self.users["leadership"])
        self.assertScores(live.search([("cycle_id", "=", self.cycle.id)]), self.first_scores)
        self.assertRefused("approves first", self.division.action_publish)
        self.head.action_approve()
        self.division.action_publish()
        self.assertEqual(self.rubric.state, "effective")
        self.assertScores(self.get_results(), self.first_scores)
        self.assertMoves(self.cycle, **ALL | {"division": "revise archive"})
        forms = {role: 1 for role in ("reporter", "leader")} | {"assessor": 5}
        forms |= {role: 6 for role in ("head", "division", "leadership")}
        self.assertSeen(
            self.cycle,
            assessment=forms,
            survey=forms,
            ranking={},
            result=forms | {"assessor": 1},
        )

    def get_results(self):
        """Return the results in force, as the leadership reads them."""
        return self.as_role("leadership", self.cycle).publication_id.result_ids

    def explain_the_result(self):
        """R12: the unit reads how its final came about, and over how many a mean went."""
        results = self.env["it.kpi.result"]
        unit = self.get_unit("昭化")
        own = results.with_user(self.staff[unit]["reporter"]).search([])
        self.assertEqual(own.unit_id, unit)
        self.assertIn("81.85", own.final_explanation)
        means = own.line_ids.filtered(lambda line: line.origin == "mean")
        self.assertIn("3.40", " ".join(means.mapped("explanation")))
        self.assertEqual(means.mapped("unit_count"), [4, 4, 5, 5])

    def rectify(self):
        """整改: orders for the last three; one of them is followed until it is closed."""
        self.division.action_draw_up_orders()
        orders = self.env["it.kpi.rectification"].search([("cycle_id", "=", self.cycle.id)])
        self.orders = {order.unit_id.short_name: order for order in orders}
        self.assertEqual(set(self.orders), {"青川", "剑阁", "旺苍"})
        order = self.orders["青川"]
        self.assertMoves(order, **READERS | {"division": "issue"})
        self.as_role("division", orders).action_issue()
        self.plan(self.orders["剑阁"])
        self.plan(order)
        self.report(order)
        self.verify(order)
        self.as_role("division", order).action_close()
        self.assertMoves(order, **ALL)

    def plan(self, order):
        """Lay down one measure for all weak indicators; the leader signs it."""
        measure = {
            "name": "完善制度",
            "owner": "王芸",
            "due_date": order.report_until,
            "weakness_ids": [Command.set(order.weakness_ids.ids)],
        }
        self.assertMoves(order, reporter="", leader="sign_plan", **READERS)
        self.as_staff("reporter", order).measure_ids = [Command.create(measure)]
        self.as_staff("leader", order).action_sign_plan(SIGNATURE)

    def report(self, order):
        leader, reporter = (self.as_staff(role, order) for role in ("leader", "reporter"))
        self.assertRefused("not done", leader.action_sign_report, SIGNATURE)
        reporter.measure_ids.write({"done": True})
        reporter.report = "制度已印发执行"
        leader.action_sign_report(SIGNATURE)

    def verify(self, order):
        self.as_role("head", order).verifier_id = self.users["assessor"]
        assessor = self.as_role("assessor", order)
        found = {"division": "send_back", "assessor": "verify send_back"}
        self.assertMoves(order, **ALL | found)
        assessor.write({"effectiveness": "成效明显", "effect_percent": 90})
        assessor.action_verify()

    def revise(self):
        """修订: the incident is lifted after publication; the difference is there to read."""
        self.division.action_revise("旺苍申诉成立")
        self.as_role("division", self.security).action_lift("撤销通报〔2099〕3号", "申诉成立")
        self.assertMoves(
            self.cycle, **ALL | {"division": "resume publish drop_revision", "head": "approve"}
        )
        self.assertScores(self.get_results(), self.first_scores)
        self.head.action_approve()
        self.division.action_publish()
        revision = self.cycle.publication_id
        self.assertScores(self.get_results(), score_year(EXAMPLE, leaked=("青川",)))
        changes = {row.unit_id.short_name: row for row in self.as_role("head", revision).change_ids}
        change = changes["旺苍"]
        self.assertEqual((change.old_rank, change.rank), (6, 2))
        self.assertIn("Lifted: Network Security Incident", change.why)
        self.as_role("division", self.orders["旺苍"]).action_withdraw("修订后不在最后三名")
        self.division.action_draw_up_orders()
        last = self.env["it.kpi.rectification"].search([("publication_id", "=", revision.id)])
        self.assertEqual(last.unit_id, self.get_unit("朝天"))

    def begin_the_next_year(self):
        """来年: nothing is copied as an answer, and all of it is remembered."""
        cycle = self.new_cycle(YEAR + 1)
        self.as_role("division", cycle).action_open(accepted=True)
        form = self.get_form(cycle, "剑阁")
        line = self.as_staff("reporter", form).line_ids[0]
        self.assertFalse(line.is_marked or line.explanation)
        self.assertEqual((line.last_year, line.last_mark), (YEAR, EXAMPLE["剑阁"][1][0]))
        self.assertIn("完善制度", line.open_rectification)
        corrected = self.as_staff("reporter", self.get_form(cycle, "昭化")).line_ids[0]
        self.assertEqual((corrected.last_own_mark, corrected.last_mark), ("B", "B"))
        self.assertEqual(corrected.last_explanation, "据实改为二级")
