from odoo import fields, models

# What a unit measures where it earns a grade, in percent; 目标绩效完成率 can exceed 100.
MEASURED = {"06": (102, 91.5, 72, 55), "07": (100, 93.75, 78, 41.2), "08": (96.4, 85, 66.5, 30)}


class ItKpiDemo(models.AbstractModel):
    """Measured values on all forms, and something for the checks to find on one form."""

    _inherit = "it.kpi.demo"

    def _fill(self, form, marks, explanations=None):
        result = super()._fill(form, marks, explanations)
        for line, mark in zip(form.line_ids, marks, strict=False):
            if line.is_measured and mark != "N":
                values = MEASURED[line.indicator_id.code]
                line.measured_value = values["ABCD".index(mark)]
        return result

    def _load_open_year(self, year, demo):
        result = super()._load_open_year(year, demo)
        forms = self.env["it.kpi.assessment"].search([("cycle_id.year", "=", year)])
        for row in demo["findings"]:
            for line in self._get_form(forms, row).line_ids:
                self._prove(line, row, year)
        return result

    def _prove(self, line, row, year):
        """Give the line its evidence, if a good grade needs some or the row names it."""
        code = line.indicator_id.code
        vals = row["lines"].get(code, {})
        if "measured_value" in vals:
            line.measured_value = vals["measured_value"]
        names = vals.get("attachments", ())
        if not names and line.grade_id.code in ("A", "B") and code not in row["without_evidence"]:
            names = [f"{line.indicator_label}佐证材料.txt"]
        line.attachment_ids = [
            fields.Command.create(self._get_evidence(line, name, year)) for name in names
        ]

    def _get_evidence(self, line, name, year):
        name = name.format(year=year, last_year=year - 1)
        return {
            "name": name,
            "raw": f"演示数据：{name}".encode(),
            "res_model": line._name,
            "res_id": line.id,
        }

    def _return(self, form):
        """One of the returned lines has been corrected already: it shows its earlier mark."""
        result = super()._return(form)
        form.line_ids._remember()
        corrected = form.line_ids.filtered("returned")[:1]
        grades = form.rubric_id.grade_ids
        corrected.grade_id = grades[grades.ids.index(corrected.grade_id.id) + 1]
        return result
