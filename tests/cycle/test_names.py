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

    def test_names_stand_in_the_order_of_pinyin(self):
        names = ["阿坝", "安康", "北京", "昌都", "中卫"]
        values = [{"name": f"{name}测试局", "short_name": name} for name in reversed(names)]
        units = self.env["it.kpi.unit"].create([{**vals, "kind": "direct"} for vals in values])
        domain = [("id", "in", units.ids)]
        for order, expected in (
            ("name", names),
            ("short_name", names),
            ("short_name desc", names[::-1]),
        ):
            self.assertEqual(units.search(domain, order=order).mapped("short_name"), expected)
        groups = units._read_group(domain, ["short_name"], order="short_name")
        self.assertEqual([name for [name] in groups], names)

    def test_people_stand_in_the_order_of_pinyin(self):
        people = [self.new_user("reporter", f"pinyin_{name}") for name in ("张", "李", "王")]
        for user, name in zip(people, ("张三", "李四", "王五"), strict=True):
            user.name = name
        found = people[0].search([("login", "like", "pinyin_")])
        self.assertEqual(found.mapped("name"), ["李四", "王五", "张三"])

    def test_every_model_can_be_sorted_by_its_texts(self):
        for name, model in self.env.items():
            if name.startswith("it.kpi.") and not model._abstract:
                for field in model._fields.values():
                    if field.type == "char" and field.store:
                        with self.subTest(field=str(field)):
                            model.search([], order=f"{field.name} desc", limit=1)
