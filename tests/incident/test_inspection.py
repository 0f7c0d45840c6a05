"""Inspections: recorded with their evidence, tied to the year's survey, closed with the year."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..helpers.common import SIGNATURE, BureauCase


@tagged("post_install", "-at_install")
class TestInspection(BureauCase):
    def values(self, **more):
        return {
            "unit_id": self.own_unit.id,
            "kind": "focused",
            "date": "2099-05-01",
            "finding": "机房温度过高",
            **more,
        }

    def create(self, role="assessor", context=None, **more):
        model = self.env["it.kpi.inspection"].with_user(self.users[role])
        return model.with_context(**(context or {})).create(self.values(**more))

    def test_an_assessor_records_and_the_division_too(self):
        for role in ("assessor", "division"):
            inspection = self.create(role)
            self.assertEqual(inspection.inspector_ids, self.users[role])
            self.assertEqual((inspection.year, inspection.company_id), (2099, self.env.company))
            self.assertFalse(inspection.lock_reason)
            inspection.finding = "温度正常"

    def test_a_new_one_is_filled_in_on_the_screen(self):
        for role in ("assessor", "division"):
            form = Form(self.env["it.kpi.inspection"].with_user(self.users[role]))
            self.assertFalse(form.lock_reason)
            form.unit_id = self.own_unit
            form.finding = "机房温度过高"
            self.assertEqual(form.save().finding, "机房温度过高")

    def test_nobody_else_records(self):
        for role in ("reporter", "leader", "head", "leadership"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.create(role)

    def test_only_the_recorder_and_the_division_change_it(self):
        inspection = self.create("division")
        cycle = self.open_cycle()
        self.get_form(cycle, "利州", "survey").assessor_ids = self.users["assessor"]
        self.env.invalidate_all()
        seen = self.as_role("assessor", inspection)
        self.assertEqual(seen.finding, "机房温度过高")
        self.assertIn("Only the inspector", seen.lock_reason)
        self.assertRefused("Only the inspector", seen.write, {"finding": "改"})
        own = self.create()
        with self.assertRaises(AccessError):
            own.unlink()
        self.assertRefused("stays on record", self.as_role("division", own).unlink)

    def test_roles_together_write_no_more_than_each_of_them(self):
        inspection = self.create("division")
        user = self.new_user("assessor", "test_many")
        for role in ("head", "leadership"):
            user.group_ids += self.env.ref(f"it_kpi_assessment.group_{role}")
        seen = inspection.with_user(user)
        self.assertTrue(seen.has_access("read"))
        self.assertFalse(seen.has_access("write"))

    def test_it_finds_its_survey_whichever_comes_first(self):
        early = self.create()
        self.assertFalse(early.survey_id)
        cycle = self.open_cycle()
        survey = self.get_form(cycle, "利州", "survey")
        late = self.create()
        self.assertEqual((early | late).survey_id, survey)
        late.date = "2098-12-31"
        self.assertFalse(late.survey_id)
        self.assertEqual(self.as_role("head", survey).inspection_count, 1)
        self.assertEqual(self.as_role("head", self.own_unit).inspection_count, 2)

    def test_a_unit_that_joins_later_finds_its_inspections(self):
        cycle = self.open_cycle(units=self.units - self.own_unit)
        inspection = self.create()
        self.as_role("division", cycle).action_add_units(self.own_unit.ids, "新设机构")
        self.assertEqual(inspection.survey_id, self.get_form(cycle, "利州", "survey"))

    def test_what_follows_from_unit_and_date_cannot_be_set(self):
        survey = self.get_form(self.open_cycle(), "昭化", "survey")
        forged = {"survey_id": survey.id, "year": 2000}
        defaults = {f"default_{name}": value for name, value in forged.items()}
        for inspection in (self.create(**forged), self.create(context=defaults)):
            self.assertEqual(inspection.year, 2099)
            self.assertEqual(inspection.survey_id.unit_id, self.own_unit)
        for name, value in forged.items():
            self.assertRefused("follows from", inspection.write, {name: value})

    def test_nobody_inspects_the_own_unit(self):
        inspection = self.create()
        other = self.get_unit("昭化")
        other.member_ids = self.users["assessor"] | self.users["head"]
        with self.assertRaises(AccessError):
            self.create(unit_id=other.id, inspector_ids=False)
        with self.assertRaises(AccessError):
            inspection.write({"unit_id": other.id, "inspector_ids": False})
        people = self.users["head"].ids
        self.assertRefused("cannot inspect", self.create, "division",
                           unit_id=other.id, inspector_ids=people)  # fmt: skip

    def test_whoever_joins_the_unit_later_loses_sight_of_it(self):
        inspection = self.create()
        self.own_unit.member_ids += self.users["assessor"]
        self.env.invalidate_all()
        self.assertFalse(inspection.has_access("read"))

    def test_it_names_indicators_of_the_bureau_not_of_a_year(self):
        indicator = self.rubric.indicator_ids[4]
        inspection = self.create(indicator_ids=indicator.ids)
        self.assertEqual(inspection.rubric_id, self.rubric)
        frozen = self.open_cycle().rubric_id.indicator_ids[4]
        self.assertRefused("bureau itself", inspection.write, {"indicator_ids": frozen.ids})

    def test_the_indicators_offered_are_those_of_the_year(self):
        self.open_cycle()
        newer = self.rubric.copy({"version": "新"})
        newer.state = "effective"
        self.assertEqual(self.create().rubric_id, self.rubric)
        self.assertEqual(self.create(date="2050-01-01").rubric_id, newer)

    def test_a_published_year_is_closed(self):
        inspection = self.create("division")
        earlier = self.create("division", date="2098-05-01")
        file = self.attach(inspection)
        self.publish(self.example_year())
        for refused in (
            (self.create,),
            (earlier.write, {"date": "2099-01-01"}),
            (inspection.write, {"finding": "改"}),
            (inspection.write, {"date": "2098-01-01"}),
            (inspection.unlink,),
            (file.write, {"name": "改"}),
            (file.unlink,),
        ):
            self.assertRefused("is published", *refused)

    def attach(self, inspection):
        photo = {"name": "现场.png", "datas": SIGNATURE}
        inspection.attachment_ids = [Command.create(photo)]
        return inspection.attachment_ids

    def test_photos_belong_to_the_inspection(self):
        inspection = self.create()
        file = self.attach(inspection)
        self.assertEqual((file.res_model, file.res_id), (inspection._name, inspection.id))
        self.assertEqual(inspection.photo_id, file)
        self.assertTrue(self.as_role("leadership", file).has_access("read"))
        self.assertFalse(self.as_role("reporter", file).has_access("read"))
        stray = self.env["ir.attachment"].create({"name": "别人的.png", "datas": SIGNATURE})
        self.assertRefused("not allowed", self.create, attachment_ids=stray.ids)

    def test_a_change_stands_in_the_log(self):
        inspection = self.create()
        self.env.flush_all()
        self.cr.precommit.run()
        inspection.with_context(tracking_disable=True).write({"finding": "没有问题"})
        self.env.flush_all()
        self.cr.precommit.run()
        changes = inspection.message_ids.sudo().tracking_value_ids
        self.assertIn("机房温度过高", changes.mapped("old_value_text"))
