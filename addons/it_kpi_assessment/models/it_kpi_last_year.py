from odoo import api, fields, models

RECALLED = (
    *("last_year", "last_own_mark", "last_mark", "last_grade_id"),
    *("last_explanation", "last_remark"),
)
# The cycle's states in which the texts of its forms are what was published.
SETTLED = ("published", "archived")


class ItKpiFormLine(models.AbstractModel):
    """What a line recalls of last year: marks, the unit's explanation, the assessors' remark.

    Last year is the latest earlier year of the bureau that has a publication, so that a skipped
    year takes no memory away. Marks are those of its current publication. The texts are not
    frozen with it: while a revision is under way they may change, and are not shown.

    Nothing of this is ever copied into an answer.
    """

    _inherit = "it.kpi.form.line"

    last_year = fields.Integer(
        "Year before",
        compute="_compute_last_year",
        help="The latest earlier year with a published result.",
    )
    last_own_mark = fields.Char("Own Mark Last Year", compute="_compute_last_year")
    last_mark = fields.Char("On-Site Mark Last Year", compute="_compute_last_year")
    last_grade_id = fields.Many2one(
        "it.kpi.grade",
        "Grade Last Year",
        compute="_compute_last_year",
        help="The unit's own grade last year, or the on-site grade if it filed nothing; none if "
        "merged indicators had different ones.",
    )
    last_explanation = fields.Text("Own Explanation Last Year", compute="_compute_last_year")
    last_remark = fields.Text("Remark Last Year", compute="_compute_last_year")
    last_year_note = fields.Char(
        "Last Year",
        compute="_compute_last_year_note",
        help="The unit's own mark and the on-site mark of the latest earlier year with a published "
        "result; below, the rectification measures done of those that concern this indicator.",
    )

    @api.depends("form_id", "indicator_id")
    @api.depends_context("uid", "lang")
    def _compute_last_year(self):
        """Last year is for whoever may read the line, and only there.

        It is otherwise for the own unit, so this reads with sudo what belongs to lines that the
        user can read: as they are stored, not as a client pretends them to be.
        """
        known = self._origin._filtered_access("read").sudo()._get_last_year()
        for line in self:
            line.update({**dict.fromkeys(RECALLED, False), **known.get(line._origin.id, {})})

    @api.depends("last_own_mark", "last_mark", "rectification_progress")
    @api.depends_context("uid", "lang")
    def _compute_last_year_note(self):
        for line in self:
            marks = (line.last_own_mark, line.last_mark)
            parts = [" / ".join(mark or "–" for mark in marks) if any(marks) else ""]
            if line.rectification_progress:
                parts.append(self.env._("Rectified %s", line.rectification_progress))
            line.last_year_note = "\n".join(filter(None, parts))

    def _get_last_year(self):
        """Return ``{id: values of what the line recalls}``."""
        last = self._get_last_cycles()
        cycles = self.env["it.kpi.cycle"].union(*last.values())
        former = self.indicator_id._get_counterparts(cycles.publication_id.rubric_id.indicator_ids)
        found = self._find_former_lines(cycles, former)
        return {
            line.id: line._recall(last[line.cycle_id], former[line.indicator_id], found)
            for line in self
        }

    def _get_last_cycles(self):
        """Return ``{cycle: the latest earlier one of its bureau with a publication, or none}``."""
        cycles = self.cycle_id
        earlier = cycles.search(
            [
                ("company_id", "in", cycles.company_id.ids),
                ("year", "<", max(cycles.mapped("year"), default=0)),
                ("publication_id", "!=", False),
            ],
            order="year desc",
        )
        return {
            cycle: earlier.filtered(
                lambda last, cycle=cycle: (
                    last.company_id == cycle.company_id and last.year < cycle.year
                )
            )[:1]
            for cycle in cycles
        }

    def _find_former_lines(self, cycles, former):
        """Return ``{(source, cycle, unit, indicator): line}`` of these units in these cycles."""
        indicators = self.env["it.kpi.indicator"].union(*former.values())
        units = self.form_id.unit_id
        settled = cycles.filtered(lambda cycle: cycle.state in SETTLED)
        results = self.env["it.kpi.result.line"].search(
            [
                ("publication_id", "in", cycles.publication_id.ids),
                ("unit_id", "in", units.ids),
                ("indicator_id", "in", indicators.ids),
            ]
        )
        found = {(row.kind, row.cycle_id, row.unit_id, row.indicator_id): row for row in results}
        for source, state in (("assessment", "submitted"), ("survey", "confirmed")):
            lines = self.env[f"it.kpi.{source}.line"].search(
                [
                    ("cycle_id", "in", settled.ids),
                    ("form_id.unit_id", "in", units.ids),
                    ("form_id.state", "=", state),
                    ("indicator_id", "in", indicators.ids),
                ]
            )
            for line in lines:
                unit = line.form_id.unit_id
                found[f"{source} form", line.cycle_id, unit, line.indicator_id] = line
        return found

    def _recall(self, last, indicators, found):
        """Return the values of one line, from the lines of its indicators of last year."""
        unit = self.form_id.unit_id

        def get(source):
            keys = [(source, last, unit, indicator) for indicator in indicators]
            return [found[key] for key in keys if key in found]

        own, on_site = get("assessment"), get("survey")
        values = {
            "last_own_mark": self._join_marks(own),
            "last_mark": self._join_marks(on_site),
            "last_grade_id": self._get_common_grade(own or on_site),
            "last_explanation": self._join_texts(get("assessment form"), "explanation"),
            "last_remark": self._join_texts(get("survey form"), "remark"),
        }
        return {**values, "last_year": last.year} if any(values.values()) else {}

    def _get_common_grade(self, lines):
        grades = {line.grade_id for line in lines}
        return grades.pop() if len(grades) == 1 else False

    def _join_marks(self, lines):
        return " + ".join(filter(None, map(self._get_mark, lines)))

    def _join_texts(self, lines, name):
        """Return the text of the lines; where indicators were merged, each with its name."""
        told = [line for line in lines if line[name]]
        if len(lines) == 1:
            return told[0][name] if told else False
        return "\n".join(
            self.env._("%(indicator)s: %(text)s", indicator=line.indicator_label, text=line[name])
            for line in told
        )
