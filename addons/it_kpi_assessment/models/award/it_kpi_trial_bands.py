from contextlib import suppress
from decimal import Decimal, InvalidOperation

from odoo import models
from odoo.exceptions import UserError

from ...award.grading import EVERYBODY, NOBODY, Band
from ...tools.decimals import CENT

# The settings of the grades that a trial replaces, and the values of those that are a choice.
CHOICES = {
    "quota_kind": (None, False, "number", "percent"),
    "quota_by_kind": (False, True),
    "edge": (NOBODY, EVERYBODY),
}
SETTINGS = {"bands", "quota", *CHOICES}
MOST_BANDS = 20
MOST = Decimal(100000)  # of points or units


class ItKpiTrial(models.AbstractModel):
    """A trial also tries other grades of units (等次): other bands, and another quota."""

    _inherit = "it.kpi.trial"

    def _add_bands(self, cycle, rows, readings, grading):
        """Add ``band`` and ``tried_band`` to the rows of a trial: the names of the grades.

        Nothing is added where neither the rubric nor the trial has bands.

        :param dict rows: ``{unit's id: its row}`` with the ranking ``now`` and as ``tried``
        """
        rubric = cycle.sudo().rubric_id
        rules, tried_rules = rubric._get_band_rules(), self._read_rules(rubric, grading)
        if not rules.bands and not tried_rules.bands:
            return
        kinds = {veto.kind: veto.effect for veto in rubric.veto_ids} | (readings or {})
        vetoing = [kind for kind, effect in kinds.items() if effect != "none"]
        bands = self._name_bands(cycle, rows["now"], rules)
        tried = self._name_bands(cycle, rows["tried"], tried_rules, vetoing)
        for row in rows["compared"]:
            row["band"] = bands.get(row["unit_id"])
            row["tried_band"] = tried.get(row["unit_id"])

    def _name_bands(self, cycle, rows, rules, veto_kinds=None):
        """Return ``{unit's id: name of its grade}`` of a ranking given as rows."""
        kinds = {unit.id: unit.kind for unit in cycle.unit_ids}
        rows = [{**row, "unit_kind": kinds[unit]} for unit, row in rows.items()]
        grades = cycle._grade_rows(rows, rules, veto_kinds)
        return {unit: rules.bands[grade.given].name for unit, grade in grades.items()}

    def _read_rules(self, rubric, grading):
        """Return the rules of the rubric with what the trial replaces; raise a UserError where it
        makes no sense."""
        rules = rubric._get_band_rules()
        if not grading:
            return rules
        if not isinstance(grading, dict) or not grading.keys() <= SETTINGS:
            raise UserError(
                self.env._("The grades of a trial are bands, a quota and what happens at its edge.")
            )
        for name, allowed in CHOICES.items():
            if name in grading and grading[name] not in allowed:
                raise UserError(self.env._("“%(value)s” is no choice here.", value=grading[name]))
        values = {**grading}
        if "bands" in values:
            values["bands"] = self._read_bands(values["bands"])
        if "quota" in values:
            values["quota"] = self._read_number(values["quota"])
        return rules._replace(**values)

    def _read_bands(self, bands):
        """Return bands that were given as pairs of a name and the least final, best first."""
        is_list = isinstance(bands, list | tuple) and len(bands) <= MOST_BANDS
        if not is_list or not all(isinstance(row, list | tuple) and len(row) == 2 for row in bands):
            raise UserError(self.env._("A grade of units is a name and its least final."))
        read = [Band(str(name), self._read_number(threshold)) for name, threshold in bands]
        thresholds = {band.threshold for band in read}
        if read and (len(thresholds) < len(read) or 0 not in thresholds):
            raise UserError(
                self.env._("Grades of units begin at different finals, and the lowest one at 0.")
            )
        return tuple(sorted(read, key=lambda band: band.threshold, reverse=True))

    def _read_number(self, value):
        """Return an exact number that is not negative, with two decimals at most."""
        with suppress(InvalidOperation):
            number = Decimal("NaN" if isinstance(value, bool) else str(value))
            if 0 <= number <= MOST and number == number.quantize(CENT):
                return number
        raise UserError(
            self.env._("“%s” is no number of points or units, with two decimals at most.", value)
        )
