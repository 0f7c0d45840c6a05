"""等次 of units in a year: preview, approval, publication, revision, trial, papers (spec, 7)."""

from io import BytesIO

import lxml.html
from openpyxl import load_workbook

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..helpers.common import EXAMPLE, BureauCase
from ..helpers.printing import squeeze

# Finals of the worked example: 利州 91.20, 昭化 81.85, 朝天 73.48, 青川 68.00, 剑阁 36.40, 旺苍 0.
BANDS = (("优秀", 80), ("良好", 70), ("合格", 60), ("不合格", 0))


class BandCase(BureauCase):
    @classmethod
    def set_bands(cls, bands=BANDS, **settings):
        """Give the rubric that years are opened with bands, as if it had been issued with them."""
        commands = [
            Command.create({"name": name, "threshold": threshold}) for name, threshold in bands
        ]
        cls.rubric.sudo().write({"band_ids": [Command.clear(), *commands], **settings})

    @classmethod
    def graded_year(cls, **settings):
        cls.set_bands(**settings)
        return cls.example_year()

    def read_bands(self, scores):
        return {score.unit_id.short_name: score.band for score in scores}


@tagged("post_install", "-at_install")
class TestBands(BandCase):
    def test_without_bands_there_are_no_grades_and_no_columns(self):
        cycle = self.example_year()
        publication = self.publish(cycle)
        self.assertFalse(any(publication.result_ids.mapped("band")))
        for model in ("it.kpi.ranking", "it.kpi.result"):
            for view in ("list", "form", "search"):
                arch = self.env[model].get_view(view_type=view)["arch"]
                self.assertNotIn('name="band', arch, f"{model} {view}")

    def test_a_graded_year_shows_the_grades(self):
        self.graded_year()
        for model in ("it.kpi.ranking", "it.kpi.result"):
            self.assertIn('name="band"', self.env[model].get_view(view_type="list")["arch"])

    def test_the_live_ranking_is_graded_by_the_finals(self):
        scores = self.scores(self.graded_year())
        expected = {
            **{"利州": "优秀", "昭化": "优秀", "朝天": "良好"},
            **{"青川": "合格", "剑阁": "不合格", "旺苍": "不合格"},
        }
        self.assertEqual({name: score.band for name, score in scores.items()}, expected)
        self.assertEqual(scores["利州"].band_text, "The final reaches “优秀”")

    def test_nobody_has_a_grade_before_all_finals_are_there(self):
        self.set_bands()
        cycle = self.open_cycle()
        self.file_forms(cycle, {"利州": ("A" * 16, "A" * 16)})
        self.assertFalse(self.scores(cycle)["利州"].band)

    def test_the_quota_pushes_out_and_says_so(self):
        cycle = self.graded_year(quota_kind="percent", quota=20)  # of six units: one
        score = self.scores(cycle)["昭化"]
        self.assertEqual((score.band, score.band_place, score.band_reached), ("良好", 2, "优秀"))
        chinese = score.with_context(lang="zh_CN")
        self.assertEqual(chinese.band_text, "得分达到优秀，因名额限制列为良好")

    def test_bars(self):
        cycle = self.graded_year(bands=(("优秀", 60), ("良好", 30), ("不合格", 0)), veto_bar="best")
        self.assertEqual(self.scores(cycle)["青川"].band, "良好", "a leak of the year")
        self.assertEqual(self.scores(cycle)["青川"].band_grounds, "veto")
        self.assertEqual(self.scores(cycle)["剑阁"].band, "良好")
        cycle.rubric_id.sudo().write({"unfiled_bar": "lowest"})
        self.assertEqual(self.scores(cycle)["剑阁"].band, "不合格", "未报")
        self.assertPoints(self.scores(cycle)["剑阁"].final, 36.40)

    def test_an_incident_that_was_lifted_bars_nobody(self):
        cycle = self.graded_year(bands=(("优秀", 60), ("良好", 0)), veto_bar="best")
        incident = self.env["it.kpi.incident"].search([("kind", "=", "leak")])
        incident.sudo().write({"state": "lifted", "lift_decision": "撤销〔2099〕1号"})
        self.assertEqual(self.scores(cycle)["青川"].band, "优秀")

    def test_an_unfinished_rectification_of_an_earlier_year_bars(self):
        earlier = self.publish(self.example_year())
        earlier.with_user(self.users["division"]).action_draw_up_orders()
        order = self.env["it.kpi.rectification"].search([("unit_name", "like", "青川")])
        self.set_bands(rectification_bar="lowest")
        cycle = self.open_cycle(year=2100)
        self.file_forms(cycle, {name: ("A" * 16, "A" * 16) for name in self.scores(cycle)})
        self.assertEqual(self.scores(cycle)["青川"].band, "优秀", "it is in preparation only")
        order.with_user(self.users["division"]).action_issue()
        self.assertEqual(self.scores(cycle)["青川"].band, "不合格")
        cycle.with_user(self.users["division"]).action_start_review()
        order.sudo().state = "closed"
        self.assertEqual(self.scores(cycle)["青川"].band, "不合格", "as when the review began")

    def test_withdrawn_units_have_no_grade_and_do_not_count_for_the_quota(self):
        cycle = self.graded_year(quota_kind="percent", quota=34)  # 2 of 6, 1 of 5
        self.assertEqual(self.scores(cycle)["昭化"].band, "优秀")
        self.withdraw(cycle, "剑阁")
        self.assertEqual(self.scores(cycle)["昭化"].band, "良好")
        self.assertFalse(self.scores(cycle)["剑阁"].band)

    def test_published_grades_are_frozen(self):
        cycle = self.graded_year(quota_kind="number", quota=1)
        live = {name: score.band for name, score in self.scores(cycle).items()}
        publication = self.publish(cycle)
        self.assertEqual(self.read_bands(publication.result_ids), live)
        pushed = publication.result_ids.filtered(lambda row: row.unit_id.short_name == "昭化")
        self.assertEqual((pushed.band_reached, pushed.band_grounds), ("优秀", "quota"))
        with self.assertRaisesRegex(UserError, "does not change"):
            pushed.sudo().write({"band": "优秀"})
        with self.assertRaisesRegex(UserError, "stays as it was used"):
            cycle.rubric_id.sudo().band_ids[:1].write({"threshold": 1})

    def test_the_head_approves_the_grades_too(self):
        cycle = self.graded_year()
        cycle.with_user(self.users["division"]).action_start_review()
        self.approve(cycle)
        cycle.rubric_id.sudo().band_ids[1].threshold = 75
        with self.assertRaisesRegex(UserError, "approve it again"):
            cycle.with_user(self.users["division"]).action_publish()

    def revise_so_that_a_place_of_the_quota_is_free(self):
        """利州 is barred after an incident, keeps its rank, and 昭化 moves up to the best grade."""
        self.set_bands(quota_kind="number", quota=1, veto_bar="best")
        cycle = self.open_cycle()
        self.file_forms(cycle, {**EXAMPLE, "利州": ("A" * 16, "A" * 16)})
        self.record_incident("旺苍", "network_security")
        self.publish(cycle)
        cycle.with_user(self.users["division"]).action_revise("漏登事件")
        incident = self.record_incident("利州", "leak")
        self.env.flush_all()
        return cycle, incident

    def test_the_preview_of_a_revision_lists_units_whose_grade_alone_would_change(self):
        cycle, incident = self.revise_so_that_a_place_of_the_quota_is_free()
        changes = {row.unit_short_name: row for row in cycle.change_ids}
        self.assertEqual(set(changes), {"利州", "昭化"})
        moved = changes["昭化"]
        self.assertEqual((moved.old_final, moved.old_rank), (moved.final, moved.rank))
        self.assertEqual((moved.old_band, moved.band), ("良好", "优秀"))
        self.assertEqual(moved.why, "Grade: 良好 → 优秀.")
        self.assertIn("Grade: 优秀 → 良好.", changes["利州"].why)
        sheet = load_workbook(BytesIO(self.as_role("division", cycle)._workbook()))["修订说明"]
        texts = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell]
        self.assertIn("等次：良好→优秀。", "".join(map(str, texts)).replace(" ", ""))
        self.assertRefused(
            "no longer be as it is published",
            cycle.with_user(self.users["division"]).action_drop_revision,
            "无变化",
        )
        incident.sudo().write({"state": "lifted", "lift_decision": "撤销〔2099〕1号"})
        self.env.invalidate_all()
        self.assertFalse(cycle.change_ids, "as it is published")

    def test_the_preview_and_the_published_revision_list_the_same_units(self):
        cycle, _incident = self.revise_so_that_a_place_of_the_quota_is_free()
        before = {row.unit_id: (row.old_band, row.band, row.why) for row in cycle.change_ids}
        self.approve(cycle)
        cycle.with_user(self.users["division"]).action_publish()
        published = cycle.publication_id.change_ids
        self.assertEqual(
            before, {row.unit_id: (row.old_band, row.band, row.why) for row in published}
        )

    def test_while_finals_are_missing_no_grade_is_compared(self):
        self.set_bands()
        cycle = self.example_year()
        self.publish(cycle)
        division = cycle.with_user(self.users["division"])
        division.action_revise("补查")
        division.action_resume("补查")
        self.get_form(cycle, "利州", "survey").sudo().state = "draft"
        self.env.flush_all()
        self.assertIn("利州", cycle.change_ids.mapped("unit_short_name"))
        self.assertFalse(any(cycle.change_ids.mapped("band")))
        self.assertNotIn("Grade", "".join(cycle.change_ids.mapped("why")))

    def test_a_revision_says_which_grades_it_changes(self):
        cycle = self.graded_year()
        self.publish(cycle)
        division = cycle.with_user(self.users["division"])
        division.action_revise("申诉成立")
        line = self.get_form(cycle, "昭化", "survey").line_ids[8]
        line.sudo().grade_id = line.rubric_id.grade_ids[3]
        self.approve(cycle)
        division.action_publish()
        change = cycle.publication_id.change_ids.filtered(lambda row: row.unit_short_name == "昭化")
        self.assertEqual((change.old_band, change.band), ("优秀", "良好"))
        self.assertIn("Grade: 优秀 → 良好.", change.why)


@tagged("post_install", "-at_install")
class TestBandSettings(BandCase):
    def draft(self):
        return self.rubric.copy().with_user(self.users["division"])

    def test_presets(self):
        draft = self.draft()
        draft.action_propose_good_from_80()
        self.assertEqual(draft.band_ids.mapped("threshold"), [90, 80, 60, 0])
        draft.action_propose_good_from_70()
        self.assertEqual(draft.band_ids.mapped("threshold"), [90, 70, 60, 0])
        self.assertEqual(draft.band_ids.mapped("name"), ["优秀", "良好", "合格", "不合格"])

    def test_a_rubric_in_force_keeps_its_settings(self):
        with self.assertRaisesRegex(UserError, "in force"):
            self.as_role("division", self.rubric).action_propose_good_from_70()
        with self.assertRaisesRegex(UserError, "in force"):
            self.as_role("division", self.rubric).quota = 3

    def test_every_unit_reaches_a_grade(self):
        draft = self.draft()
        draft.write({"band_ids": [Command.create({"name": "优秀", "threshold": 90})]})
        with self.assertRaisesRegex(ValidationError, "two grades of units at least"):
            draft.action_start_trial()
        draft.write({"band_ids": [Command.create({"name": "良好", "threshold": 80})]})
        with self.assertRaisesRegex(ValidationError, "begins at 0"):
            draft.action_start_trial()
        draft.write({"band_ids": [Command.create({"name": "合格", "threshold": 0})]})
        draft.action_start_trial()

    def test_a_copy_has_the_same_settings(self):
        self.set_bands(quota_kind="percent", quota=15, quota_by_kind=True, veto_bar="lowest")
        copy = self.rubric.copy()
        self.assertEqual(copy._get_band_rules(), self.rubric._get_band_rules())

    def test_a_number_of_units_is_whole(self):
        with self.assertRaisesRegex(ValidationError, "whole number"):
            self.draft().write({"quota_kind": "number", "quota": 1.5})


@tagged("post_install", "-at_install")
class TestBandTrial(BandCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.graded_year(veto_bar="best")

    def attempt(self, **terms):
        trial = self.env["it.kpi.trial"].with_user(self.users["division"])
        return {row["name"]: row for row in trial.try_ranking(self.cycle.id, **terms)}

    def test_as_it_is(self):
        live = {name: score.band for name, score in self.scores(self.cycle).items()}
        for name, row in self.attempt().items():
            self.assertEqual((row["band"], row["tried_band"]), (live[name], live[name]))

    def test_other_bands_and_another_quota(self):
        grading = {"bands": [["甲", "80.00"], ["乙", 0]], "quota_kind": "number", "quota": 1}
        rows = self.attempt(grading=grading)
        self.assertEqual((rows["利州"]["tried_band"], rows["昭化"]["tried_band"]), ("甲", "乙"))
        self.assertEqual(rows["昭化"]["band"], "优秀", "as it is")

    def test_an_incident_without_effect_bars_nobody(self):
        terms = {"grading": {"bands": [["甲", 60], ["乙", 0]]}}
        self.assertEqual(self.attempt(**terms)["青川"]["tried_band"], "乙")
        rows = self.attempt(readings={"leak": "none"}, **terms)
        self.assertEqual(rows["青川"]["tried_band"], "甲")

    def test_what_makes_no_sense_is_refused(self):
        for grading in (
            *(["甲"], {"colour": 1}, {"bands": "甲"}, {"bands": [["甲"]]}, {"bands": [["甲", 5]]}),
            *({"bands": [["甲", -1], ["乙", 0]]}, {"quota": "x"}, {"quota_kind": "share"}),
            *(
                {"edge": []},
                {"quota_by_kind": "yes"},
                {"quota": True},
                {"bands": [["甲", 0], ["乙", 0]]},
            ),
        ):
            with self.assertRaises(UserError, msg=grading):
                self.attempt(grading=grading)

    def test_a_year_without_bands_has_no_grades_in_its_trial(self):
        self.cycle.rubric_id.sudo().band_ids.unlink()
        self.assertNotIn("band", self.attempt()["利州"])


@tagged("post_install", "-at_install")
class TestBandPapers(BandCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.graded_year(quota_kind="number", quota=1, quota_by_kind=False)
        cls.publication = cls.publish(cls.cycle)
        cls.pushed = cls.publication.result_ids.filtered(
            lambda result: result.unit_id.short_name == "昭化"
        )

    def render(self, report, record):
        action = self.env.ref(f"it_kpi_assessment.{report}")
        html, _kind = action._render_qweb_html(action.report_name, record.ids)
        return squeeze(lxml.html.fromstring(html).text_content())

    def test_the_notice_has_a_column_and_the_rules(self):
        notice = self.render("publication_report", self.publication)
        self.assertIn("80分及以上为优秀,70分及以上为良好,60分及以上为合格,其余为不合格。", notice)
        self.assertIn("优秀名额不超过1个,得分相同而超出名额的一律不列入。", notice)
        self.assertIn("81.85良好名额限制", notice)
        name = self.pushed.unit_name
        self.assertIn(f"注:{name}得分达到优秀,因名额限制列为良好。", notice)

    def test_the_table_tells_a_reason_once_and_the_note_all_units_together(self):
        bands = [Command.create({"name": name, "threshold": least}) for name, least in BANDS]
        settings = {"veto_bar": "lowest", "unfiled_bar": "lowest", "quota": 0}
        self.rubric.sudo().write({"band_ids": [Command.clear(), *bands], **settings})
        cycle = self.open_cycle(year=2100)
        marks = {**EXAMPLE, "剑阁": (None, "A" * 16)}
        self.file_forms(cycle, marks)
        self.record_incident("青川", "leak", "2100-06-01")
        publication = self.publish(cycle)
        notice = self.render("publication_report", publication)
        pushed = publication.result_ids.filtered(lambda row: row.band_grounds == "quota")
        self.assertGreater(len(pushed), 2)
        names = "、".join(pushed.sorted("rank").mapped("unit_name"))
        self.assertIn(f"{names}得分达到优秀,因名额限制列为良好。", notice)
        self.assertIn("因年内发生事件列为不合格。", notice)
        self.assertNotIn("得分为0;年内发生事件", notice)

    def test_the_letter_says_how_the_grade_came_about(self):
        letter = self.render("result_report", self.pushed)
        self.assertIn("等次:良好(得分达到优秀,因名额限制列为良好)。", letter)

    def test_the_workbook_of_the_result_and_of_the_preview(self):
        division = self.as_role("division", self.publication)
        expected = ["优秀", "良好", "良好", "合格", "不合格", "不合格"]
        self.assertEqual(self.read_grades(division._workbook()), expected)
        again = self.cycle.with_user(self.users["division"])
        again.action_revise("申诉成立")
        self.assertEqual(self.read_grades(again._workbook()), expected)

    def read_grades(self, content):
        rows = list(load_workbook(BytesIO(content))["排名"].iter_rows(values_only=True))
        head = next(row for row in rows if row[0] == "排名" and row[1] == "单位")
        place = head.index("等次")
        return [row[place] for row in rows[rows.index(head) + 1 :][: len(self.units)]]

    def test_the_papers_of_a_rubric_without_bands_know_nothing_of_them(self):
        self.rubric.sudo().band_ids.unlink()
        cycle = self.open_cycle(year=2100)
        self.file_forms(cycle, {unit.short_name: ("A" * 16, "B" * 16) for unit in self.units})
        publication = self.publish(cycle)
        self.assertNotIn("优秀", self.render("publication_report", publication))
        self.assertNotIn("等次:", self.render("result_report", publication.result_ids[:1]))
        book = load_workbook(BytesIO(self.as_role("division", publication)._workbook()))
        heads = [cell for row in book["排名"].iter_rows(values_only=True) for cell in row]
        self.assertNotIn("等次", heads)
