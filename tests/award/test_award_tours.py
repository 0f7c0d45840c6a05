"""Grades tried, and funds proposed, on the screen."""

from odoo import Command
from odoo.tests import HttpCase, tagged

from ..helpers.common import BureauCase

BANDS = (("优秀", 80), ("良好", 70), ("合格", 60), ("不合格", 0))


@tagged("post_install", "-at_install")
class TestAwardTours(HttpCase, BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        bands = [Command.create({"name": name, "threshold": least}) for name, least in BANDS]
        settings = {"quota_kind": "number", "quota": 5, "proposes_funds": True}
        cls.rubric.sudo().write({"band_ids": bands, **settings})
        cls.cycle = cls.example_year()

    def test_the_division_tries_other_grades(self):
        self.start_tour("/odoo/it-kpi-ranking", "it_kpi_trial_bands", login="test_division")
        self.assertEqual(self.scores(self.cycle)["昭化"].band, "优秀", "nothing is stored")

    def test_the_division_proposes_funds(self):
        publication = self.publish(self.cycle)
        page = f"/odoo/it-kpi-publications/{publication.id}"
        self.start_tour(page, "it_kpi_funds", login="test_division")
        allocation = publication.allocation_ids
        self.assertEqual((allocation.state, allocation.method), ("proposed", "gate"))
        self.assertEqual(sum(allocation.line_ids.mapped("amount")), 500_000)
