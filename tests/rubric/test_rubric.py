"""The rubric of the regulation, and how versions come about and are protected."""

from psycopg2.errors import UniqueViolation

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..helpers.common import POINTS, BureauCase


@tagged("post_install", "-at_install")
class TestRubric(BureauCase):
    def new_version(self):
        return self.as_role("division", self.rubric).copy()

    def test_the_regulation_is_complete(self):
        rubric = self.rubric
        self.assertEqual(len(rubric.dimension_ids), 6)
        self.assertEqual(len(rubric.dimension_ids.item_ids), 13)
        self.assertEqual(tuple(rubric.indicator_ids.mapped("points")), POINTS)
        self.assertEqual(len(rubric.indicator_ids.criterion_ids), 64)
        self.assertEqual(rubric.grade_ids.mapped("ratio"), [1, 0.8, 0.6, 0.4])
        self.assertFalse(rubric._get_problems())

    def test_names_differ_on_the_forms_where_the_attachments_differ(self):
        named = {x.code: x for x in self.rubric.indicator_ids}
        self.assertEqual(named["03"].name, "规章制度建立情况")
        self.assertEqual(named["03"].form_label, "规章制度取的实效情况")
        self.assertEqual(named["02"].form_label, "工作机构协调推进情况")

    def test_a_copy_is_a_draft_with_all_parts(self):
        copy = self.new_version()
        self.assertEqual(copy.state, "draft")
        self.assertEqual(len(copy.indicator_ids.criterion_ids), 64)
        self.assertEqual(copy.indicator_ids.criterion_ids.grade_id, copy.grade_ids)
        veto = copy.veto_ids.filtered("indicator_id")
        self.assertEqual(veto.indicator_id.rubric_id, copy)
        self.assertEqual(veto.indicator_id.code, "10")
        self.assertFalse(copy._get_problems())

    def test_points_that_do_not_add_up_are_named(self):
        copy = self.new_version()
        copy.indicator_ids[0].points = 3
        with self.assertRaises(ValidationError) as caught:
            copy.action_start_trial()
        message = str(caught.exception)
        self.assertIn("组织保障", message)
        self.assertIn("4.00", message)
        self.assertIn("5.00", message)
        self.assertEqual(copy.state, "draft")

    def test_a_missing_text_is_named(self):
        copy = self.new_version()
        copy.indicator_ids[1].criterion_ids[0].unlink()
        self.assertRefused("工作机构协调推进情况", copy.action_start_trial)

    def test_versions_go_from_draft_to_trial_to_effective_to_archived(self):
        copy = self.new_version()
        copy.action_start_trial()
        self.assertEqual(copy.state, "trial")
        copy.action_make_effective()
        self.assertEqual(copy.state, "effective")
        copy.action_archive_version()
        self.assertEqual(copy.state, "archived")
        self.assertRefused("possible only from", copy.action_start_trial)

    def test_a_rubric_in_force_cannot_be_changed(self):
        rubric = self.as_role("division", self.rubric)
        change = "Duplicate it"
        self.assertRefused(change, rubric.write, {"last_count": 5})
        self.assertRefused(change, rubric.indicator_ids[0].write, {"points": 9})
        self.assertRefused(change, rubric.indicator_ids[0].criterion_ids[0].write, {"text": "x"})
        self.assertRefused(change, rubric.grade_ids[0].unlink)
        self.assertRefused(change, rubric.unlink)

    def test_the_copy_of_a_cycle_cannot_be_changed_and_later_edits_do_not_reach_it(self):
        cycle = self.open_cycle()
        frozen = self.as_role("division", cycle.rubric_id)
        self.assertNotEqual(frozen, self.rubric)
        self.assertEqual(frozen.origin_id, self.rubric)
        self.assertRefused("Duplicate it", frozen.indicator_ids[0].write, {"points": 9})
        self.rubric.indicator_ids[0].points = 9
        self.assertEqual(frozen.indicator_ids[0].points, 2)

    def test_a_version_exists_once(self):
        copy = self.new_version()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            copy.version = self.rubric.version
            copy.flush_recordset()
