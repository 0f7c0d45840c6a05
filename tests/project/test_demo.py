"""The demonstration: a published year and a year under way, at whatever date it is loaded."""

from freezegun import freeze_time

from odoo import fields
from odoo.tests import TransactionCase, tagged
from odoo.tools.convert import convert_file

DEMO_FILES = ("it_kpi_unit_demo.xml", "it_kpi_user_demo.xml", "it_kpi_year_demo.xml")


def load(env):
    """Load the demonstration and return its years."""
    for file in DEMO_FILES:
        convert_file(env, "it_kpi_assessment", f"data/{file}", {}, mode="init", noupdate=True)
    return env["it.kpi.cycle"].search([], order="year")


@tagged("post_install", "-at_install")
class TestDemoDates(TransactionCase):
    @freeze_time("2031-12-14 20:00:00")
    def test_on_the_eve_of_a_deadline(self):
        published, current = load(self.env)
        self.assertEqual((published.year, published.state), (2030, "published"))
        self.assertEqual((current.year, current.state), (2031, "open"))
        self.assertGreater(current.deadline.isoformat(), "2031-12-14T20")

    @freeze_time("2031-12-20 09:00:00")
    def test_after_a_deadline_the_open_year_is_the_next(self):
        published, current = load(self.env)
        self.assertEqual((published.year, current.year), (2031, 2032))
        self.assertEqual(len(published.publication_id.result_ids), 20)
        self.assertEqual(published.publication_ids.mapped("revision"), [2, 1])
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
class TestDemo(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.published, cls.current = load(cls.env)

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
        told = self.current.sudo().survey_ids.line_ids.filtered("last_remark")
        self.assertGreater(len(told), 3)

    def test_a_version_in_preparation_shows_every_kind_of_mapping(self):
        draft = self.env["it.kpi.rubric"].search([("state", "=", "draft")])
        self.assertEqual(
            set(draft.indicator_ids.mapped("place")), {"same", "merged", "split", "new"}
        )
        self.assertEqual(draft.dropped_indicator_ids.mapped("code"), ["16"])
        self.assertFalse(draft._get_problems())
