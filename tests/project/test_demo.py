"""The demonstration: a published year and a year under way, at whatever date it is loaded."""

from contextlib import nullcontext

from freezegun import freeze_time

from odoo import fields, sql_db
from odoo.exceptions import AccessError, UserError
from odoo.modules import Manifest
from odoo.service.model import get_public_method
from odoo.tests import tagged

from odoo.addons.it_kpi_assessment_demo.hooks import take_over_old_demonstration

from ..helpers.common import BureauCase
from ..helpers.own_database import OwnDatabase

ADDON = "it_kpi_assessment"
DEMO = "it_kpi_assessment_demo"


class DemoCase(OwnDatabase):
    """A database in which the demonstration is installed, at ``moment`` or now."""

    moment = None

    @classmethod
    def setUpClass(cls):
        with freeze_time(cls.moment) if cls.moment else nullcontext():
            super().setUpClass()
        cls.published, cls.current = cls.env["it.kpi.cycle"].search([], order="year")

    @classmethod
    def load_registry(cls, install=(DEMO,), update=()):
        return super().load_registry(install, update)


@tagged("post_install", "-at_install")
class TestWithoutDemo(BureauCase):
    def test_the_addon_alone_has_nothing_of_it(self):
        self.assertNotIn("it.kpi.demo", self.env)
        self.assertFalse(Manifest.for_addon(ADDON)["demo"])
        names = self.env["ir.model.data"].search([("module", "=", ADDON)])
        self.assertFalse(names.filtered(lambda name: name.model == "res.users"))
        self.assertEqual(len(names.filtered(lambda name: name.model == "it.kpi.unit")), 7)
        self.assertFalse(self.env["it.kpi.cycle"].search([]))

    def test_a_bureau_with_years_of_its_own_is_refused(self):
        """The demonstration would give it logins whose passwords everybody knows."""
        take_over_old_demonstration(self.env)
        self.open_cycle()
        with self.assertRaises(UserError):
            take_over_old_demonstration(self.env)


@tagged("post_install", "-at_install")
class TestDemoBeforeDeadline(DemoCase):
    moment = "2031-12-14 20:00:00"

    @classmethod
    def load_registry(cls, install=(DEMO,), update=()):
        """Load the addons without Chinese, as in a new database of Odoo."""
        with sql_db.db_connect(cls.database).cursor() as cr:
            cr.execute("UPDATE res_lang SET active = (code = 'en_US')")
            cr.execute("UPDATE res_partner SET lang = 'en_US'")
        return super().load_registry(install, update)

    def test_on_the_eve_of_a_deadline(self):
        self.assertEqual((self.published.year, self.published.state), (2030, "published"))
        self.assertEqual((self.current.year, self.current.state), (2031, "open"))
        self.assertGreater(self.current.deadline.isoformat(), "2031-12-14T20")

    def test_it_speaks_chinese(self):
        users = self.env["res.users"].with_context(active_test=False).search([])
        self.assertEqual(set(users.mapped("lang")), {"zh_CN"})
        self.assertIn("已建立", self.current.message_ids[-1:].body)


@tagged("post_install", "-at_install")
class TestDemoAfterDeadline(DemoCase):
    moment = "2031-12-20 09:00:00"

    @freeze_time(moment)
    def test_after_a_deadline_the_open_year_is_the_next(self):
        published, current = self.published, self.current
        self.assertEqual((published.year, current.year), (2031, 2032))
        self.assertEqual(len(published.publication_id.result_ids), 20)
        self.assertEqual(published.edition_ids.mapped("revision"), [2, 1])
        changed = published.publication_id.change_ids.unit_id
        self.assertIn("利州", changed.mapped("short_name"))
        self.assertEqual(published.source_rubric_id.state, "effective")
        self.assertTrue(all(published.assessment_ids.filtered("signature").mapped("signed_by_id")))
        orders = self.env["it.kpi.rectification"].search([], order="number")
        self.assertEqual(orders.mapped("state"), ["reported", "issued", "planned"])
        self.assertEqual(orders.mapped("unit_id.short_name"), ["青川", "剑阁", "旺苍"])
        self.assertEqual(orders[:1].verifier_id.login, "assessor")
        self.assertLess(max(orders.mapped("issued_at")), fields.Datetime.now())
        states = set(current.assessment_ids.mapped("state"))
        self.assertEqual(states, {"draft", "to_sign", "submitted", "returned"})
        self.assertEqual(current._count_tampered_scores(), 0)


@tagged("post_install", "-at_install")
class TestDemo(DemoCase):
    def test_surveys_are_signed_by_their_group(self):
        surveys = (self.published | self.current).survey_ids
        for survey in surveys.filtered(lambda survey: survey.state == "confirmed"):
            group = survey.assessor_ids | survey.confirmed_by_id
            self.assertEqual(survey.signature_ids.user_id, group)
            self.assertEqual(survey.signature_ids.filtered("is_head").user_id.login, "head")
        signed = self.current.survey_ids.filtered(
            lambda survey: survey.state == "draft" and survey.signature_ids
        )
        self.assertEqual(signed.unsigned_ids.mapped("login"), ["assessor"])
        self.assertEqual(len(signed), 2, "one more waits for the head only")

    def test_the_open_year_recalls_the_published_one(self):
        assessor = self.env["res.users"].search([("login", "=", "assessor")])
        survey = self.current.survey_ids.filtered(lambda form: form.unit_id.short_name == "旺苍")
        lines = survey.with_user(assessor).line_ids
        self.assertEqual(set(lines.mapped("last_year")), {self.published.year})
        self.assertTrue(all(lines.mapped("last_mark")))
        self.assertTrue(all(lines.mapped("last_explanation")))
        self.assertTrue(any("○" in text for text in lines.mapped("open_rectification") if text))
        last_remarks = self.current.sudo().survey_ids.line_ids.filtered("last_remark")
        self.assertGreater(len(last_remarks), 3)

    def test_grades_commendation_and_funds_follow_from_the_result(self):
        publication = self.published.publication_id
        best = publication.result_ids.filtered(lambda result: result.band == "优秀")
        self.assertEqual(sorted(best.mapped("rank")), [1, 2, 3, 4])
        limited = publication.result_ids.filtered(lambda result: result.rank == 5)
        told = limited.with_context(lang="zh_CN").band_text
        self.assertIn("因名额限制列为良好", told)
        listed = publication.sudo().commendation_ids.line_ids.filtered("is_listed")
        self.assertEqual(listed.result_id, best)
        funds = publication.sudo().allocation_ids
        self.assertEqual(sum(funds.line_ids.mapped("amount")), 500_000)
        self.assertEqual({funds.state, publication.sudo().commendation_ids.state}, {"approved"})

    def test_the_group_calibrated_on_two_forms_without_names(self):
        calibration = self.env["it.kpi.calibration"].search([])
        self.assertEqual((calibration.state, calibration.year), ("closed", self.current.year))
        self.assertEqual(len(calibration.sheet_ids.user_id), 3)
        self.assertEqual(set(calibration.sheet_ids.mapped("state")), {"handed_in"})
        texts = "".join(calibration.sheet_ids.line_ids.mapped("own_explanation"))
        for unit in self.env["it.kpi.unit"].search([]):
            self.assertNotIn(unit.short_name, texts)

    def test_a_version_in_preparation_shows_every_kind_of_mapping(self):
        draft = self.env["it.kpi.rubric"].search([("state", "=", "draft")])
        self.assertEqual(
            set(draft.indicator_ids.mapped("place")), {"same", "merged", "split", "new"}
        )
        self.assertEqual(draft.dropped_indicator_ids.mapped("code"), ["16"])
        self.assertFalse(draft._get_problems())

    def test_its_methods_are_private_and_defined_once(self):
        """No override, so the order in which its files are imported does not matter."""
        demo = self.env["it.kpi.demo"]
        names = [
            name
            for owner in type(demo).__mro__
            if owner.__module__.startswith(f"odoo.addons.{DEMO}.")
            for name, member in vars(owner).items()
            if callable(member)
        ]
        self.assertIn("_load", names)
        self.assertCountEqual(names, set(names))
        for name in names:
            with self.subTest(method=name), self.assertRaises(AccessError):
                get_public_method(demo, name)


@tagged("post_install", "-at_install")
class TestOldDemo(DemoCase):
    """A database in which it_kpi_assessment held the demonstration itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.found = cls.count()
        cls.cr.execute(
            "UPDATE ir_model_data SET module = %s WHERE module = %s"
            " AND model IN ('it.kpi.unit', 'res.users', 'ir.model', 'ir.model.fields')",
            [ADDON, DEMO],
        )
        cls.cr.execute("DELETE FROM ir_model_data WHERE module = %s", [DEMO])
        cls.cr.execute("UPDATE ir_module_module SET state = 'uninstalled' WHERE name = %s", [DEMO])
        cls.cr.commit()

    @classmethod
    def count(cls):
        """Return how much there is of everything that the demonstration creates."""
        models = (
            *("it.kpi.cycle", "it.kpi.unit", "it.kpi.assessment.line", "it.kpi.survey.line"),
            *("it.kpi.rubric", "it.kpi.incident", "it.kpi.inspection", "it.kpi.result"),
            *("it.kpi.rectification", "res.users"),
        )
        return {model: cls.env[model].search_count([]) for model in models}

    def test_an_update_keeps_it_and_the_new_addon_takes_it_over(self):
        self.enter(self.load_registry(install=(), update=[ADDON]))
        self.assertNotIn("it.kpi.demo", self.env)
        self.assertFalse(self.env["ir.model"].search([("model", "=", "it.kpi.demo")]))
        self.assertEqual(self.count(), self.found)
        head = self.env.ref(f"{ADDON}.user_head")
        self.cr.rollback()

        self.enter(self.load_registry(install=[DEMO]))
        self.assertEqual(self.count(), self.found)
        self.assertEqual(self.env.ref(f"{DEMO}.user_head").id, head.id)
        self.cr.rollback()

        self.enter(self.load_registry(install=(), update=[DEMO]))
        self.assertEqual(self.count(), self.found)
