from odoo import fields, models
from odoo.tools import SQL

from .it_kpi_cycle_bands import freeze_grade


class ItKpiPublication(models.Model):
    """The grades of the units (等次), frozen with the scores (R11)."""

    _inherit = "it.kpi.publication"

    is_graded = fields.Boolean(
        compute="_compute_is_graded", help="The rubric of the year grades the units."
    )

    def _compute_is_graded(self):
        for publication in self:
            publication.is_graded = bool(publication.sudo().rubric_id.band_ids)

    def _freeze_bands(self):
        """Write the grades beside the scores that were just frozen; nothing without bands."""
        rubric = self.sudo().rubric_id
        rules = rubric._get_band_rules()
        if not rules.bands:
            return
        rows = self.env.execute_query_dict(
            SQL("SELECT * FROM it_kpi_result WHERE publication_id = %s", self.id)
        )
        grades = self.cycle_id._grade_rows(rows, rules)
        if grades:
            names = rubric.band_ids.mapped("name")
            frozen = [(unit, *freeze_grade(grade, names)) for unit, grade in grades.items()]
            units, *columns = (list(column) for column in zip(*frozen, strict=True))
            self.env.cr.execute(self._update_bands_query(units, columns))

    def _get_frozen_bands(self):
        """Return the grades as they were frozen, in the shape and order of ``_get_band_rows``."""
        columns = ("unit_id", "band", "band_place", "band_reached", "band_grounds")
        rows = self.env["it.kpi.result"].search_read(
            [("publication_id", "=", self.id), ("band", "!=", False)], columns, load=None
        )
        return sorted(
            (*(row[name] for name in columns[:-1]), row["band_grounds"] or None) for row in rows
        )

    def _update_bands_query(self, units, columns):
        """Return the statement that writes the columns of grades, which are lists, to the rows."""
        names, places, reached, grounds = columns
        return SQL(
            """UPDATE it_kpi_result result
                  SET band = graded.band, band_place = graded.place,
                      band_reached = graded.reached, band_grounds = graded.grounds
                 FROM unnest(%(units)s::int[], %(names)s::text[], %(places)s::int[],
                             %(reached)s::text[], %(grounds)s::text[])
                      graded(unit, band, place, reached, grounds)
                WHERE result.publication_id = %(publication)s AND result.unit_id = graded.unit""",
            units=units,
            names=names,
            places=places,
            reached=reached,
            grounds=grounds,
            publication=self.id,
        )
