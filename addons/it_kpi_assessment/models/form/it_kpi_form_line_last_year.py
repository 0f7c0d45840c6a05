from odoo import api, fields, models

from ...const import CYCLE_PUBLISHED, FILED_STATE

MARKS = ("last_year", "last_own_mark", "last_mark", "last_grade_id")
TEXTS = ("last_explanation", "last_remark")
# The text of a line that is shown next year, by the kind of its form.
TEXT_OF = {"assessment": "explanation", "survey": "remark"}


class ItKpiFormLine(models.AbstractModel):
    """Last year beside a line: marks, the unit's explanation, the assessors' remark.

    Last year is the latest earlier year of the bureau that has a publication, even if a year was
    skipped. Marks are those of its current publication. The texts are not
    frozen with it: while a revision is under way they may change, and are not shown.

    Nothing of this is ever copied into an answer.
    """

    _inherit = "it.kpi.form.line"

    last_year = fields.Integer(
        "Year before",
        compute="_compute_last_marks",
        help="The latest earlier year with a published result.",
    )
    last_own_mark = fields.Char("Own Mark Last Year", compute="_compute_last_marks")
    last_mark = fields.Char("On-Site Mark Last Year", compute="_compute_last_marks")
    last_grade_id = fields.Many2one(
        "it.kpi.grade",
        "Grade Last Year",
        compute="_compute_last_marks",
        help="The unit's own grade last year, or the on-site grade if it filed nothing; none if "
        "merged indicators had different ones.",
    )
    last_explanation = fields.Text("Own Explanation Last Year", compute="_compute_last_texts")
    last_remark = fields.Text("Remark Last Year", compute="_compute_last_texts")
    last_year_note = fields.Char(
        "Last Year",
        compute="_compute_last_year_note",
        help="The unit's own mark and the on-site mark of the latest earlier year with a published "
        "result; below, the rectification measures done of those that concern this indicator.",
    )

    @api.depends("form_id", "indicator_id")
    @api.depends_context("uid", "lang")
    def _compute_last_marks(self):
        """Marks without texts, because the checks read them whenever a line changes."""
        self._recall(MARKS, "_get_last_marks")

    @api.depends("form_id", "indicator_id")
    @api.depends_context("uid", "lang")
    def _compute_last_texts(self):
        self._recall(TEXTS, "_get_last_texts")

    def _recall(self, names, getter):
        """Fill in last year's values of the lines that the user may read.

        Elsewhere last year's forms are for the unit itself, so this reads with sudo; it starts from
        ``_origin``, because a client may send other values.
        """
        known = getattr(self._origin._filtered_access("read").sudo(), getter)()
        for line in self:
            line.update({**dict.fromkeys(names, False), **known.get(line._origin.id, {})})

    @api.depends("last_own_mark", "last_mark", "rectification_progress")
    @api.depends_context("uid", "lang")
    def _compute_last_year_note(self):
        for line in self:
            own, on_site = line.last_own_mark, line.last_mark
            parts = []
            if own or on_site:
                marks = {"own": own or "–", "on_site": on_site or "–"}
                parts.append(self.env._("self %(own)s, on site %(on_site)s", **marks))
            if line.rectification_progress:
                parts.append(self.env._("Rectified %s", line.rectification_progress))
            line.last_year_note = "\n".join(parts)

    def _get_last_marks(self):
        """Return ``{id: values of MARKS}`` of the lines that had any."""
        last = {cycle: cycle.last_cycle_id for cycle in self.cycle_id}
        publications = self.env["it.kpi.cycle"].union(*last.values()).publication_id
        rows = self.env["it.kpi.result.line"].search_fetch(
            [
                ("publication_id", "in", publications.ids),
                ("unit_id", "in", self.form_id.unit_id.ids),
            ],
            ["cycle_id", "unit_id", "kind", "indicator_id", "grade_id", "not_applicable"],
            order="id",
        )
        former = self.indicator_id._get_counterparts(rows.indicator_id)
        found = rows.grouped(lambda row: (row.kind, row.cycle_id, row.unit_id, row.indicator_id))
        known = {}
        for line in self:
            own, on_site = (line._pick(kind, last, former, found) for kind in TEXT_OF)
            if own or on_site:
                known[line.id] = {
                    "last_year": last[line.cycle_id].year,
                    "last_own_mark": self._join_marks(own),
                    "last_mark": self._join_marks(on_site),
                    "last_grade_id": self._get_common_grade(own or on_site),
                }
        return known

    def _get_last_texts(self):
        """Return ``{id: values of TEXTS}``."""
        last = {cycle: cycle.last_cycle_id for cycle in self.cycle_id}
        found = {}
        for kind in TEXT_OF:
            for row in self._find_filed_lines(kind, last):
                found[kind, row.cycle_id, row.form_id.unit_id, row.indicator_id] = [row]
        indicators = self.env["it.kpi.indicator"].union(*(indicator for *_, indicator in found))
        former = self.indicator_id._get_counterparts(indicators)
        return {
            line.id: {
                name: self._join_texts(line._pick(kind, last, former, found), text)
                for name, (kind, text) in zip(TEXTS, TEXT_OF.items(), strict=True)
            }
            for line in self
        }

    def _find_filed_lines(self, kind, last):
        """Return the lines of filed forms of these units in their last years, if published."""
        cycles = self.env["it.kpi.cycle"].union(*last.values())
        return self.env[f"it.kpi.{kind}.line"].search_fetch(
            [
                ("cycle_id", "in", cycles.filtered(lambda c: c.state in CYCLE_PUBLISHED).ids),
                ("form_id.unit_id", "in", self.form_id.unit_id.ids),
                ("form_id.state", "=", FILED_STATE[kind]),
            ],
            ["cycle_id", "form_id", "indicator_id", TEXT_OF[kind]],
            order="id",
        )

    def _pick(self, kind, last, former, found):
        """Return last year's rows of the indicators that this line's indicator replaces.

        :param dict last: the last year of each year
        :param dict former: the indicators of last year for each indicator
        :param dict found: rows by kind of form, year, unit and indicator
        """
        place = (kind, last[self.cycle_id], self.form_id.unit_id)
        indicators = former[self.indicator_id].sorted()
        return [row for indicator in indicators for row in found.get((*place, indicator), ())]

    def _get_common_grade(self, lines):
        grades = {line.grade_id for line in lines}
        return grades.pop() if len(grades) == 1 else False

    def _join_marks(self, lines):
        return " + ".join(filter(None, map(self._get_mark, lines)))

    def _join_texts(self, lines, name):
        """Return the text of the lines; where indicators were merged, each with its name."""
        filled = [line for line in lines if line[name]]
        if len(lines) == 1:
            return filled[0][name] if filled else False
        return "\n".join(
            self.env._("%(indicator)s: %(text)s", indicator=line.indicator_label, text=line[name])
            for line in filled
        )
