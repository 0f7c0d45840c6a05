"""From an empty database to an opened year, in few clicks and one file, as the administrator."""

import json
from base64 import b64encode

from odoo.tests import HttpCase, tagged

from .starting import make_roster, save

# Clicks from the first page after the login to the opened year, the choice of the file included.
MOST_CLICKS = 25
UNITS, ASSESSORS = 20, 18


@tagged("post_install", "-at_install")
class TestStartTour(HttpCase):
    def make_file(self):
        """Return 单位和人员.xlsx of another city: 20 units and 60 people."""
        units = [(f"第{n}区交通运输局", None, "区县局") for n in range(UNITS)]
        people = []
        for n, (name, _short_name, _kind) in enumerate(units):
            people += [
                (f"填报{n}", "填报员", name, f"reporter{n}", None, None),
                (f"领导{n}", "单位领导", name, None, f"139000000{n:02}", None),
            ]
        people += [
            (f"考核{n}", "考核小组成员", None, f"assessor{n}", None, None) for n in range(ASSESSORS)
        ]
        people += [(f"组长{n}", "考核小组组长", None, f"head{n}", None, None) for n in range(2)]
        self.assertEqual(len(people), 60)
        return save(make_roster(units, people))

    def test_twenty_units_and_sixty_people(self):
        admin = self.env.ref("base.user_admin")
        self.env.company.name = "My Company"  # as Odoo calls it
        self.assertFalse(self.env["it.kpi.cycle"].search([]))
        told = {
            "file": b64encode(self.make_file()).decode(),
            "name": "某市交通运输局",
            "most": MOST_CLICKS,
        }
        ready = f"odoo.itKpiStart = {json.dumps(told)}, odoo.isTourReady('it_kpi_start')"
        self.start_tour("/odoo", "it_kpi_start", login=admin.login, ready=ready, timeout=180)
        self.env.invalidate_all()
        [year] = self.env["it.kpi.cycle"].search([])
        self.assertEqual((year.state, len(year.assessment_ids)), ("open", UNITS))
        self.assertEqual(self.env["it.kpi.account"].search_count([]), 60)
        self.assertEqual(year.company_id.name, "某市交通运输局")
        self.assertFalse(year.unstaffed_count)
