"""Finding by name: every record can be found by what it is called."""

from odoo.tests import tagged

from ..helpers.common import BureauCase


@tagged("post_install", "-at_install")
class TestNames(BureauCase):
    def test_every_model_says_by_what_it_is_found(self):
        """Without it Odoo finds all records, whatever is looked for."""
        for name, model in self.env.items():
            if name.startswith("it.kpi.") and not (model._abstract or model._transient):
                self.assertTrue(model._rec_names_search or model._rec_name, name)

    def test_a_year_is_found_by_its_number(self):
        cycles = self.open_cycle(year=2098) + self.open_cycle(year=2097)
        for words, found in (
            ("2098", cycles[0]),
            ("209", cycles),
            ("2097年度考核", cycles[1]),
            ("Assessment 2097", cycles[1]),
            ("1999", cycles.browse()),
            ("没有", cycles.browse()),
        ):
            names = self.env["it.kpi.cycle"].name_search(words)
            self.assertEqual({number for number, _ in names}, set(found.ids), words)

    def test_forms_and_results_are_found_by_their_year(self):
        cycle = self.example_year()
        publication = self.publish(cycle)
        forms, results = self.env["it.kpi.assessment"], self.env["it.kpi.result"]
        for year, found in (("2099", True), ("1999", False)):
            self.assertEqual(bool(forms.search([("cycle_id", "ilike", year)])), found)
            self.assertEqual(bool(results.search([("publication_id", "ilike", year)])), found)
        self.assertEqual(publication.result_ids, results.search([("cycle_id", "ilike", "2099")]))

    def test_an_incident_is_found_by_its_unit(self):
        incident = self.record_incident("昭化", "network_security")
        for name, found in (("昭化", incident), ("利州", incident.browse())):
            domain = [("display_name", "ilike", name)]
            self.assertEqual(incident.search(domain), found)
