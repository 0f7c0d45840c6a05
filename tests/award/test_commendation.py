"""建议通报表扬名单: by the rubric, changed and approved by the leadership, on paper (spec, 7)."""

import lxml.html

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..helpers.common import BureauCase
from ..helpers.printing import squeeze

# Finals of the worked example: 利州 91.20, 昭化 81.85, 朝天 73.48, 青川 68.00, 剑阁 36.40, 旺苍 0.


class CommendationCase(BureauCase):
    def draw_up(self, **settings):
        self.rubric.sudo().write(settings)
        self.cycle = self.example_year()
        self.publication = self.publish(self.cycle)
        self.as_role("division", self.publication).action_propose_commendation()
        return self.publication.commendation_ids.with_user(self.users["division"])

    def hand_over(self, commendation):
        commendation.action_propose()
        return commendation.with_user(self.users["leadership"])

    def names(self, commendation):
        return commendation.line_ids.filtered("is_listed").unit_id.mapped("short_name")

    def line(self, commendation, short_name):
        return commendation.line_ids.filtered(lambda line: line.unit_id.short_name == short_name)

    def render(self, report, record):
        action = self.env.ref(f"it_kpi_assessment.{report}")
        html, _kind = action._render_qweb_html(action.report_name, record.ids)
        return squeeze(lxml.html.fromstring(html).text_content())


@tagged("post_install", "-at_install")
class TestCommendation(CommendationCase):
    def test_the_first_units(self):
        commendation = self.draw_up(commended="first", commended_count=2)
        self.assertEqual(self.names(commendation), ["利州", "昭化"])

    def test_the_first_of_each_kind(self):
        self.get_unit("青川").kind = "direct"
        self.get_unit("剑阁").kind = "direct"
        settings = {"commended": "first", "commended_count": 1, "commended_by_kind": True}
        self.assertEqual(self.names(self.draw_up(**settings)), ["利州", "青川"])

    def test_units_that_share_the_last_place_are_all_listed(self):
        self.rubric.sudo().write({"commended": "first", "commended_count": 2})
        self.cycle = self.open_cycle()
        marks = {unit.short_name: ("B" * 16, "B" * 16) for unit in self.units}
        self.file_forms(self.cycle, {**marks, "利州": ("A" * 16, "A" * 16)})
        publication = self.publish(self.cycle)
        self.as_role("division", publication).action_propose_commendation()
        self.assertEqual(publication.commendation_ids.listed_count, len(self.units))

    def test_the_units_of_the_best_grade(self):
        bands = [("优秀", 70), ("良好", 0)]
        commands = [Command.create({"name": name, "threshold": least}) for name, least in bands]
        commendation = self.draw_up(
            commended="band", band_ids=commands, quota_kind="number", quota=2
        )
        self.assertEqual(self.names(commendation), ["利州", "昭化"], "the quota counts")

    def test_the_archive_holds_what_was_approved(self):
        commendation = self.draw_up(commended="first", commended_count=2)
        division = self.as_role("division", self.cycle)
        self.assertNotIn("award", [piece.kind for piece, _source in division._list_archive()])
        self.hand_over(commendation).action_approve()
        [piece] = [each for each, _source in division._list_archive() if each.kind == "award"]
        self.assertIn("建议通报表扬名单", piece.title)
        self.assertEqual(piece.author, self.publication.bureau_name)

    def test_a_rubric_without_a_commendation_proposes_none(self):
        publication = self.publish(self.example_year())
        with self.assertRaisesRegex(UserError, "no such proposals"):
            self.as_role("division", publication).action_propose_commendation()

    def test_settings_that_make_no_sense_are_named(self):
        draft = self.rubric.copy().with_user(self.users["division"])
        draft.commended = "band"
        with self.assertRaisesRegex(ValidationError, "there are no grades"):
            draft.action_start_trial()
        draft.commended = "first"
        with self.assertRaisesRegex(ValidationError, "how many of the first"):
            draft.action_start_trial()

    def test_the_leadership_strikes_and_adds_with_a_reason(self):
        commendation = self.draw_up(commended="first", commended_count=2)
        line = self.line(commendation, "昭化")
        with self.assertRaises(UserError):
            line.action_amend("不妥")
        leadership = self.hand_over(commendation)
        with self.assertRaises(AccessError):
            line.action_amend("不妥")
        struck, added = self.line(leadership, "昭化"), self.line(leadership, "朝天")
        with self.assertRaisesRegex(UserError, "Give a reason"):
            struck.action_amend(" ")
        struck.action_amend("正在接受审计")
        added.action_amend("进步明显")
        self.assertEqual(self.names(commendation), ["利州", "朝天"])
        self.assertEqual(struck.reason, "正在接受审计")
        struck.action_amend("审计已结束")
        self.assertFalse(struck.reason, "it is as the rubric says again")
        leadership.action_approve()
        with self.assertRaises(UserError):
            added.action_amend("再议")

    def test_a_line_of_another_list_is_refused(self):
        commendation = self.draw_up(commended="first", commended_count=2)
        leadership = self.hand_over(commendation)
        with self.assertRaisesRegex(UserError, "of this list"):
            leadership.action_amend(0, "不妥")

    def test_a_revision_makes_it_void(self):
        commendation = self.draw_up(commended="first", commended_count=2)
        self.hand_over(commendation).action_approve()
        division = self.cycle.with_user(self.users["division"])
        division.action_revise("申诉成立")
        line = self.get_form(self.cycle, "昭化", "survey").line_ids[8]
        line.sudo().grade_id = line.rubric_id.grade_ids[3]
        self.approve(self.cycle)
        division.action_publish()
        self.assertEqual(commendation.state, "void")
        self.assertNotIn("通报表扬", self.render("publication_report", self.cycle.publication_id))


@tagged("post_install", "-at_install")
class TestCommendationPapers(CommendationCase):
    def test_the_notice_has_a_paragraph_once_it_is_approved(self):
        commendation = self.draw_up(commended="first", commended_count=2)
        self.assertNotIn("通报表扬", self.render("publication_report", self.publication))
        self.hand_over(commendation).action_approve()
        notice = self.render("publication_report", self.publication)
        names = "、".join(self.get_unit(name).name for name in ("利州", "昭化"))
        self.assertIn(f"三、通报表扬经局领导审定,对以下单位予以通报表扬:{names}。", notice)
        self.assertIn("四、督促整改", notice)
        self.assertNotIn("予以表彰", notice)

    def test_the_word_of_a_higher_authority_needs_its_document(self):
        commendation = self.draw_up(commended="first", commended_count=2)
        commendation.approval_document = "川评组函〔2099〕1号"
        self.hand_over(commendation).action_approve()
        notice = self.render("publication_report", self.publication)
        self.assertIn("三、表彰根据川评组函〔2099〕1号,经局领导审定,对以下单位予以表彰:", notice)

    def test_the_list_says_what_the_leadership_changed(self):
        commendation = self.draw_up(commended="first", commended_count=2)
        leadership = self.hand_over(commendation)
        self.line(leadership, "昭化").action_amend("正在接受审计")
        self.line(leadership, "朝天").action_amend("进步明显")
        text = self.render("commendation_report", commendation)
        self.assertIn("2099年度信息化绩效考核建议通报表扬名单", text)
        self.assertIn("局领导增列:进步明显", text)
        self.assertIn(f"{self.get_unit('昭化').name}符合条件,局领导不予列入:正在接受审计", text)
