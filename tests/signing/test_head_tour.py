"""Twenty units: the head assigns all of them and confirms all of them, in few clicks."""

import json

from odoo.tests import HttpCase, tagged

from ..helpers.common import SIGNATURE, BureauCase

UNITS = 20
# Clicks for all assignments and for all confirmations, thirty together at most.
MOST_CLICKS = 15


@tagged("post_install", "-at_install")
class TestHeadTour(HttpCase, BureauCase):
    def play(self, name):
        told = {
            "units": UNITS,
            "assessor": self.users["assessor"].id,
            "most": MOST_CLICKS,
        }
        ready = f"odoo.itKpiMany = {json.dumps(told)}, odoo.isTourReady({name!r})"
        login = self.users["head"].login
        self.start_tour("/odoo/it-kpi-surveys", name, login=login, ready=ready, timeout=180)
        self.env.invalidate_all()

    def test_twenty_assignments_and_twenty_confirmations(self):
        names = [{"name": f"第{n}所", "short_name": f"{n}所"} for n in range(UNITS)]
        cycle = self.open_cycle(self.env["it.kpi.unit"].create(names))
        cycle.assessment_ids.write({"state": "unfiled"})
        surveys = cycle.survey_ids
        self.play("it_kpi_assign_many")
        self.assertEqual(surveys.assessor_ids, self.users["assessor"])
        self.assertTrue(all(surveys.mapped("assessor_ids")))
        for survey in surveys:
            self.fill(survey, "B" * 16)
            survey.visit_date = "2099-11-20"
        surveys.with_user(self.users["assessor"]).action_sign(SIGNATURE)
        self.play("it_kpi_confirm_many")
        self.assertEqual(set(surveys.mapped("state")), {"confirmed"})
        self.assertEqual(set(surveys.mapped("confirmed_by_id")), {self.users["head"]})
