"""Pictures of a result: shares of the dimensions, who sees means, and what a page costs."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ..helpers.common import EXAMPLE, BureauCase
from ..helpers.queries import recorded

# 利州 from its marks: points earned of those of the dimension (10, 20, 35, 20, 10, 5), in percent.
ASSESSMENT = [96, 90, 97.14, 90, 100, 80]
SURVEY = [88, 90, 88.57, 90, 90, 80]
# What the pictures read of a page (static/src/pictures/picture_source.js).
SCORES = {"rank": {}, "final": {}, "note": {}, "unit_id": {}, "unit_short_name": {}}
CELLS = {"unit_id": {}, "indicator_id": {}, "kind": {}, "score": {}, "origin": {}}


class TestDimensionShares(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.publication = cls.publish(cls.example_year())

    def result(self, short_name, role):
        results = self.publication.result_ids
        own = results.filtered(lambda result: result.unit_id.short_name == short_name)
        return own.with_user(self.users[role])

    def shares(self, short_name, role="leadership"):
        return self.result(short_name, role).get_dimension_shares()

    def test_points_earned_of_the_points_of_the_dimension(self):
        shares = self.shares("利州")
        self.assertEqual([share["assessment"] for share in shares], ASSESSMENT)
        self.assertEqual([share["survey"] for share in shares], SURVEY)
        self.assertEqual(shares[0]["name"], "组织管理")

    def test_means_are_over_the_units_that_filed(self):
        shares = self.shares("利州")
        # Security: 34, 32, 28, 34, and 16 for the leak (R7), of 35 each; 剑阁 did not file (R8).
        self.assertEqual(shares[2]["mean_assessment"], 82.29)
        # The last row: 4, 3, 3.75 (mean), 4, 4 of 5 each; on site 4, 3, 3.40 (mean), 3, 4, 3.
        self.assertEqual(shares[5]["mean_assessment"], 75)
        self.assertEqual(shares[5]["mean_survey"], 68)
        self.assertEqual(shares[2]["mean_survey"], self.shares("青川")[2]["mean_survey"])

    def test_a_zeroed_indicator_counts_as_zero(self):
        self.assertEqual(self.shares("青川")[2]["assessment"], 45.71, "16 of 35")

    def test_a_form_that_was_not_filed_has_no_shares(self):
        shares = self.shares("剑阁")
        self.assertEqual({share["assessment"] for share in shares}, {None})
        self.assertTrue(all(share["survey"] for share in shares))

    def test_what_dropped_out_is_left_out_of_the_dimension(self):
        cycle = self.open_cycle(year=2097)
        marks = {name: ("AN" + "A" * 14, "A" * 15 + "N") for name in EXAMPLE}
        self.file_forms(cycle, marks)
        shares = self.publish(cycle).result_ids[0].get_dimension_shares()
        self.assertEqual({share["assessment"] for share in shares}, {100})
        self.assertEqual((shares[5]["assessment"], shares[5]["survey"]), (100, None))

    def test_a_unit_sees_its_own_and_no_mean(self):
        for role in ("reporter", "leader"):
            shares = self.shares("利州", role)
            self.assertEqual([share["survey"] for share in shares], SURVEY)
            means = {share[f"mean_{kind}"] for share in shares for kind in ("assessment", "survey")}
            self.assertEqual(means, {None}, "the mean of all units is not theirs to see")
            with self.assertRaises(AccessError):
                self.shares("昭化", role)

    def test_no_mean_for_two_units_either(self):
        self.get_unit("昭化").reporter_ids = [Command.link(self.users["reporter"].id)]
        self.assertIsNone(self.shares("利州", "reporter")[0]["mean_survey"])

    def test_who_reads_all_sees_means(self):
        expected = self.shares("昭化")
        for role in ("head", "division"):
            self.assertEqual(self.shares("昭化", role), expected)

    def test_an_assessor_sees_the_unit_he_belongs_to(self):
        with self.assertRaises(AccessError):
            self.shares("昭化", "assessor")
        self.get_unit("昭化").member_ids = [Command.link(self.users["assessor"].id)]
        self.assertIsNone(self.shares("昭化", "assessor")[0]["mean_survey"])


class TestPicturePages(BureauCase):
    """A page costs the same number of queries, however many units there are."""

    def publish_units(self, count, year):
        units = self.env["it.kpi.unit"].create(
            [{"name": f"{year}-{n}", "short_name": f"{year}-{n}"} for n in range(count)]
        )
        cycle = self.open_cycle(units, year)
        self.file_forms(cycle, {unit.short_name: ("N" + "B" * 15, "C" * 16) for unit in units[1:]})
        self.file_forms(cycle, {units[0].short_name: ("A" * 16, "B" * 16)})
        return self.publish(cycle)

    def read(self, publication):
        """Read what the pictures of a page and of its first unit ask for."""
        env = self.env(user=self.users["leadership"])
        scope = [("publication_id", "=", publication.id)]
        page = env["it.kpi.result"].web_search_read(
            scope, SCORES, order="rank asc nulls last, unit_order", limit=20
        )
        units = [record["unit_id"] for record in page["records"]]
        domain = [*scope, ("unit_id", "in", units)]
        cells = env["it.kpi.result.line"].web_search_read(domain, CELLS)
        env["it.kpi.result.line"].formatted_read_group(scope, ["unit_id", "kind"], ["score:sum"])
        env["it.kpi.result"].browse(page["records"][0]["id"]).get_dimension_shares()
        return page, cells

    def count_queries(self, publication):
        self.read(publication)
        with recorded(self.env) as statements:
            page, cells = self.read(publication)
        self.assertEqual(len(cells["records"]), 32 * len(page["records"]))
        return len(statements)

    def test_queries_do_not_grow_with_the_units(self):
        few, many = self.publish_units(5, 2091), self.publish_units(25, 2092)
        counting_the_pages = 1
        expected = self.count_queries(few) + counting_the_pages
        self.assertEqual(self.count_queries(many), expected)


@tagged("post_install", "-at_install")
class TestPicturesTour(HttpCase, BureauCase):
    def test_every_picture_leads_to_what_it_shows(self):
        self.publish(self.example_year())
        self.start_tour("/odoo/it-kpi-pictures", "it_kpi_pictures", login="test_leadership")

    def test_a_unit_sees_its_own_pictures(self):
        result = self.publish(self.example_year()).result_ids.filtered(
            lambda result: result.unit_id == self.own_unit
        )
        url = f"/odoo/it.kpi.result/{result.id}"
        self.start_tour(url, "it_kpi_pictures_of_my_unit", login="test_reporter")
