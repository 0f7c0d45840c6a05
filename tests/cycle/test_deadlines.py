"""W12: every act on a deadline has a reason and leaves the unit its time, three days at least."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.const import LEAST_DAYS

from ..helpers.common import SIGNATURE, BureauCase

EVE = "2099-12-15 15:58:59"  # a minute before the deadline


@tagged("post_install", "-at_install")
class TestDeadlines(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.late_unit = cls.get_unit("剑阁")
        cls.cycle = cls.open_cycle(cls.units - cls.late_unit)
        cls.sheet = cls.get_form(cls.cycle, "利州")

    def setUp(self):
        super().setUp()
        self.year = self.as_role("division", self.cycle)
        self.division = self.as_role("division", self.sheet)

    def test_the_dialogs_and_the_manual_say_three_days(self):
        self.assertEqual(LEAST_DAYS, 3)

    def submit(self):
        self.fill(self.sheet, "A" * 16)
        self.as_role("reporter", self.sheet).action_hand_over()
        self.as_role("leader", self.sheet).action_submit(SIGNATURE)

    def assertHasTime(self, form, moment):
        """The unit has the least time from a moment on."""
        form.invalidate_recordset()
        least = fields.Datetime.to_datetime(moment) + timedelta(days=LEAST_DAYS)
        self.assertGreaterEqual(form.deadline, least)

    def test_the_deadline_of_an_open_year_is_not_written_by_hand(self):
        self.flush_tracking()
        before = self.cycle.deadline
        for deadline in ("2099-12-20 00:00:00", "9999-12-31 00:00:00"):
            vals = {"deadline": deadline}
            self.assertRefused("with a reason", self.year.write, vals)
            self.assertRefused("with a reason", self.year.web_save, vals, {})
            rows = self.year.load([".id", "deadline"], [[self.cycle.id, deadline]])
            self.assertTrue(rows["messages"])
        self.cycle.invalidate_recordset()
        self.assertEqual(self.cycle.deadline, before)

    def test_a_deadline_moves_with_a_reason_and_leaves_three_days(self):
        move = self.year.action_move_deadline
        later = "2099-12-20 10:00:00"
        self.assertRefused("reason", move, later, " ")
        self.assertRefused("no date", move, "soon", "检修")
        self.assertRefused("no date", move, False, "检修")
        with freeze_time("2099-12-01 08:00:00"):
            for moment in ("2099-11-30 00:00:00", "2099-12-01 08:02:00", "2099-12-04 07:59:59"):
                self.assertRefused("at least 3 days", move, moment, "检修")
            move("2099-12-04 08:00:00", "检修")
            self.assertRefused("2100-12-31 23:59", move, "2100-12-31 16:00:00", "检修")
            move("2100-12-31 15:59:59", "检修")
        move(later, "系统检修")
        self.assertEqual(self.cycle.deadline, datetime(2099, 12, 20, 10))
        self.flush_tracking()
        self.assertIn("系统检修", "".join(self.cycle.message_ids.mapped("body")))
        tracked = self.cycle.message_ids.tracking_value_ids
        self.assertIn(datetime(2099, 12, 20, 10), tracked.mapped("new_value_datetime"))

    def test_a_year_is_prepared_and_opened_with_time_to_file(self):
        self.env.flush_all()
        cycles = self.env["it.kpi.cycle"].with_user(self.users["division"])
        vals = {"year": 2098, "unit_ids": self.late_unit.ids}
        for deadline in ("2098-01-01 00:00:00", "9999-12-31 00:00:00"):
            with freeze_time("2097-12-30"):
                self.assertRefused("3 days", cycles.create, {**vals, "deadline": deadline})
        draft = cycles.create(vals)
        with freeze_time("2098-12-14"):
            self.assertRefused("3 days", draft.action_open)

    def test_an_extension_is_within_reach(self):
        """It only adds to the time of the unit, so that it may be short; it is not endless."""
        extend = self.division.action_extend
        self.assertRefused("not after 2100-12-31 23:59", extend, "9999-12-31 00:00:00", "病假")
        with freeze_time("2099-12-16"):
            extend("2099-12-16 12:00:00", "病假")

    def test_not_filed_is_recorded_after_the_forms_own_deadline(self):
        self.assertRefused("2099-12-15 23:59", self.division.action_record_unfiled, "催报未报")
        self.division.action_extend("2099-12-20 10:00:00", "病假")
        with freeze_time("2099-12-20 09:59:59"):
            self.assertRefused("2099-12-20 18:00", self.division.action_record_unfiled, "催报未报")
            self.assertNotIn(",record_unfiled,", self.division.allowed_moves)
        with freeze_time("2099-12-20 10:00:01"):
            self.sheet.invalidate_recordset()
            self.assertIn(",record_unfiled,", self.division.allowed_moves)
            self.division.action_record_unfiled("催报未报")
        self.assertEqual(self.sheet.state, "unfiled")

    def test_not_filed_that_is_withdrawn_leaves_time_to_file(self):
        with freeze_time("2099-12-16"):
            self.division.action_record_unfiled("催报未报")
            self.division.action_withdraw_unfiled("误记")
        self.assertHasTime(self.sheet, "2099-12-16")
        self.assertIn("误记", self.sheet.message_ids[0].body)
        self.assertIn("Extended until 2099-12-19 23:59", self.sheet.message_ids[0].body)

    def test_a_return_leaves_time_to_answer(self):
        self.submit()
        reasons = {self.sheet.line_ids[0].id: "缺少文件"}
        answer = self.division.action_return
        with freeze_time(EVE):
            self.assertRefused("less than 3 days", answer, reasons)
            self.assertRefused("less than 3 days", answer, reasons, "2099-12-18 15:00:00")
            self.assertRefused("not after", answer, reasons, "2999-12-18 15:00:00")
            self.assertEqual(self.sheet.state, "submitted")
            dialog = self.env["it.kpi.return.wizard"].with_user(self.users["division"])
            proposed = dialog.create({"form_id": self.sheet.id}).extended_until
            answer(reasons, proposed)
        self.assertEqual(self.sheet.state, "returned")
        self.assertHasTime(self.sheet, EVE)

    def test_a_unit_that_joins_late_has_time_to_fill_its_form(self):
        join = self.year.action_add_units
        self.assertRefused("reason", join, self.late_unit.ids, "")
        self.assertRefused("do not take part yet", join, self.own_unit.ids, "新设机构")
        with freeze_time(EVE):
            join(self.late_unit.ids, "新设机构")
        form = self.get_form(self.cycle, "剑阁")
        self.assertHasTime(form, EVE)
        self.assertEqual(self.sheet.deadline, self.cycle.deadline, "the others' stays")
        log = "".join(self.cycle.message_ids.mapped("body"))
        self.assertIn("新设机构", log)
        self.assertIn(self.late_unit.name, log)
        self.assertIn("Extended until", "".join(form.message_ids.mapped("body")))

    def test_a_review_takes_no_time_from_who_could_still_file(self):
        """What the clock passes while nobody may file is given back."""
        overdue = self.get_form(self.cycle, "昭化")
        with freeze_time("2099-12-10"):
            self.division.action_extend("2099-12-21 00:00:00", "病假")
        with freeze_time("2099-12-20"):
            self.year.action_start_review("按期转入")
        with freeze_time("2099-12-25"):
            self.year.action_resume("尚有单位未报")
        self.assertHasTime(self.sheet, "2099-12-25")
        self.assertEqual(overdue.deadline, self.cycle.deadline, "it was late before the review")
