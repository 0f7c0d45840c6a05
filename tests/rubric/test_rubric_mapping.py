"""A changed rubric says whose place its indicators take, and keeps the memory by it."""

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from ..helpers.common import BureauCase


@tagged("post_install", "-at_install")
class TestRubricMapping(BureauCase):
    def new_version(self, source=None, version="2099"):
        return self.as_role("division", source or self.rubric).copy({"version": version})

    def change(self, rubric):
        """Merge 02 into 01, split 05 (its other half is 17), drop 16 in favour of 18, new."""
        row = {indicator.code: indicator for indicator in rubric.indicator_ids}
        row["01"].predecessor_ids += row["02"].predecessor_ids
        row["02"].write({"code": "17", "predecessor_ids": row["05"].predecessor_ids.ids})
        row["16"].write({"code": "18", "predecessor_ids": False})
        return {**row, "17": row["02"], "18": row["16"]}

    def match(self, own, other):
        """Return ``{code: codes of the other rubric's indicators that are of the same matter}``."""
        pairs = own.indicator_ids._get_counterparts(other.indicator_ids)
        return {one.code: "".join(sorted(found.mapped("code"))) for one, found in pairs.items()}

    def freeze(self, rubric, year):
        """Return the copy that a cycle of this version works with."""
        rubric.sudo().state = "effective"
        cycle = self.env["it.kpi.cycle"].create(
            {
                "year": year,
                "source_rubric_id": rubric.id,
                "unit_ids": [Command.set(self.own_unit.ids)],
            }
        )
        cycle.with_user(self.users["division"]).action_open(accepted=True)
        return cycle.rubric_id

    def test_a_duplicate_takes_the_place_of_what_it_was_copied_from(self):
        copy = self.new_version()
        self.assertEqual(copy.former_id, self.rubric)
        for own, former in zip(copy.indicator_ids, self.rubric.indicator_ids, strict=True):
            self.assertEqual(own.predecessor_ids, former)
            self.assertEqual(own.place, "same")
            self.assertPoints(own.predecessor_points, former.points)
        self.assertFalse(copy.dropped_indicator_ids)

    def test_what_became_of_the_former_version(self):
        copy = self.new_version()
        row = self.change(copy)
        self.assertEqual(row["01"].place, "merged")
        self.assertPoints(row["01"].predecessor_points, 4)
        self.assertEqual((row["05"].place, row["17"].place), ("split", "split"))
        self.assertEqual(row["18"].place, "new")
        self.assertEqual(row["03"].place, "same")
        self.assertEqual(copy.dropped_indicator_ids.mapped("code"), ["16"])

    def test_a_mapping_is_not_demanded(self):
        copy = self.new_version()
        copy.indicator_ids[3].predecessor_ids = False
        self.assertFalse(copy._get_problems())

    def test_a_copy_of_a_draft_keeps_its_mapping(self):
        draft = self.new_version()
        self.change(draft)
        copy = self.new_version(draft, "2100")
        self.assertEqual(copy.former_id, self.rubric, "a draft was never used")
        for own, original in zip(copy.indicator_ids, draft.indicator_ids, strict=True):
            self.assertEqual(own.predecessor_ids, original.predecessor_ids)

    def test_the_copy_of_a_cycle_stands_for_its_version(self):
        frozen = self.open_cycle().rubric_id
        self.assertEqual(frozen.former_id, self.rubric)
        self.assertEqual(frozen.indicator_ids.predecessor_ids, self.rubric.indicator_ids)
        copy = self.new_version(frozen)
        self.assertEqual(copy.former_id, self.rubric)
        self.assertEqual(copy.indicator_ids.predecessor_ids, self.rubric.indicator_ids)

    def test_a_rubric_entered_by_hand_is_mapped_by_its_codes(self):
        copy = self.new_version()
        copy.former_id = False
        self.assertFalse(copy.indicator_ids.predecessor_ids)
        self.assertFalse(copy.indicator_ids[0].place)
        copy.indicator_ids[0].code = "99"
        copy.former_id = self.rubric
        self.assertEqual(copy.indicator_ids.mapped("place"), ["new"] + ["same"] * 15)

    def test_the_division_maps_on_the_screen(self):
        copy = self.new_version()
        with Form(copy) as form, form.indicator_ids.edit(0) as line:
            line.predecessor_ids.add(self.rubric.indicator_ids[1])
        self.assertEqual(copy.indicator_ids[0].place, "merged")

    def test_only_indicators_of_the_former_version_are_named(self):
        copy = self.new_version()
        sibling = self.new_version(version="2100")
        with self.assertRaisesRegex(ValidationError, "former version only"):
            copy.indicator_ids[0].predecessor_ids = sibling.indicator_ids[0]
        with self.assertRaisesRegex(ValidationError, "former version only"):
            copy.indicator_ids[0].predecessor_ids = copy.indicator_ids[1]

    def test_only_a_version_that_was_in_force_is_a_former_one(self):
        copy = self.new_version()
        frozen = self.open_cycle().rubric_id
        for wrong in (copy, self.new_version(version="2100"), frozen):
            with self.assertRaisesRegex(ValidationError, "cannot be the former version"):
                copy.former_id = wrong

    def test_the_mapping_of_a_rubric_in_force_stays(self):
        copy = self.new_version()
        copy.action_start_trial()
        frozen = self.open_cycle().rubric_id
        for rubric in (copy, frozen):
            division = self.as_role("division", rubric)
            indicator = division.indicator_ids[0]
            change = {"predecessor_ids": [Command.clear()]}
            self.assertRefused("Duplicate it", indicator.write, change)
            self.assertRefused("Duplicate it", division.write, {"former_id": False})
            nested = {"indicator_ids": [Command.update(indicator.id, change)]}
            self.assertRefused("Duplicate it", division.write, nested)

    def test_only_the_division_maps(self):
        copy = self.new_version()
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_role(role, copy.indicator_ids[0]).write({"predecessor_ids": False})

    def test_another_bureau_begins_without_a_former_version(self):
        other = self.env["res.company"].create({"name": "另一局"})
        copy = self.rubric.copy({"version": "另", "company_id": other.id})
        self.assertFalse(copy.former_id)
        self.assertFalse(copy.indicator_ids.predecessor_ids)
        moved = self.new_version()
        moved.sudo().company_id = other
        self.assertFalse(moved.former_id)
        self.assertFalse(moved.indicator_ids.predecessor_ids)

    def test_two_years_of_one_version_match_one_to_one(self):
        copy = self.new_version()
        self.change(copy)
        own, last = self.freeze(copy, 2098), self.freeze(copy, 2097)
        matches = self.match(own, last)
        self.assertEqual(matches, {code: code for code in matches}, "a split is none any more")
        self.assertEqual(len(matches), 16)

    def test_a_changed_version_matches_by_its_mapping_in_both_directions(self):
        last = self.freeze(self.rubric, 2097)
        copy = self.new_version()
        self.change(copy)
        own = self.freeze(copy, 2098)
        matches = self.match(own, last)
        expected = {"01": "0102", "05": "05", "17": "05", "18": "", "03": "03"}
        self.assertEqual({code: matches[code] for code in expected}, expected)
        self.assertEqual(self.match(last, own)["05"], "0517")
        self.assertEqual(self.match(last, own)["02"], "01")
        self.assertEqual(self.match(last, own)["16"], "")

    def test_the_mapping_is_followed_over_several_versions(self):
        last = self.freeze(self.rubric, 2097)
        second = self.new_version()
        self.change(second)
        second.sudo().state = "effective"
        third = self.new_version(second, "2100")
        own = self.freeze(third, 2098)
        self.assertEqual(self.match(own, last)["01"], "0102")
        self.assertEqual(self.match(own, last)["18"], "")

    def test_two_versions_of_one_origin_meet_there(self):
        first, second = self.new_version(), self.new_version(version="2100")
        self.change(first)
        last, own = self.freeze(first, 2097), self.freeze(second, 2098)
        matches = self.match(own, last)
        self.assertEqual((matches["02"], matches["05"], matches["16"]), ("01", "0517", ""))

    def test_the_lineage_takes_one_query(self):
        rubrics = self.rubric
        for year in range(2090, 2096):
            rubrics |= self.freeze(self.rubric, year)
        everything = rubrics.indicator_ids
        everything.flush_recordset()
        with self.assertQueryCount(1):
            everything._get_lineage()
