"""A revision that changes nothing is neither announced nor published; a change of a name is one."""

from odoo.tests import tagged

from .revising import RevisionCase


@tagged("post_install", "-at_install")
class TestNothingChanges(RevisionCase):
    """A whole revision that changes nothing is no publication."""

    def publish_unchanged(self):
        self.approve(self.cycle)
        self.assertRefused("would change nothing", self.division.action_publish)

    def test_it_is_refused_with_what_it_was_compared_with(self):
        self.division.action_revise("申诉待核")
        self.approve(self.cycle)
        self.assertRefused(
            f"compared with “{self.first.with_context(lang='en_US').display_name}”",
            self.division.action_publish,
        )
        self.assertEqual(self.cycle.publication_id, self.first)
        self.division.action_drop_revision("申诉不成立")

    def test_no_public_notice_is_opened_for_it_either(self):
        self.division.action_revise("申诉待核")
        self.cycle.rubric_id.flush_recordset()
        self.env.cr.execute(
            "UPDATE it_kpi_rubric SET notice_days = 5 WHERE id = %s", [self.cycle.rubric_id.id]
        )
        self.env.invalidate_all()
        self.approve(self.cycle)
        self.assertRefused("would change nothing", self.division.action_propose)

    def test_a_mark_that_was_changed_and_put_back_changes_nothing(self):
        self.division.action_revise("申诉待核")
        line = self.get_form(self.cycle, "利州", "survey").line_ids[0]
        grade = line.grade_id
        line.grade_id = line.rubric_id.grade_ids[3]
        line.grade_id = grade
        self.publish_unchanged()

    def test_another_name_of_a_unit_is_a_change(self):
        self.division.action_revise("机构更名")
        self.get_unit("利州").name = "利州区交通运输综合行政执法大队"
        self.approve(self.cycle)
        self.division.action_publish()
        self.assertEqual(self.cycle.publication_id.revision, 2)

    def test_another_name_of_the_bureau_is_a_change(self):
        self.division.action_revise("机构更名")
        self.env.company.name = "新的交通运输局"
        self.approve(self.cycle)
        self.division.action_publish()
        self.assertEqual(self.cycle.publication_id.revision, 2)

    def test_an_incident_that_changes_no_score_is_a_change(self):
        self.division.action_revise("补登事件")
        self.record_incident("旺苍", "network_security", "2099-07-01")
        self.approve(self.cycle)
        self.division.action_publish()
        self.assertEqual(self.cycle.publication_id.revision, 2)
        self.assertFalse(self.cycle.publication_id.change_ids)
