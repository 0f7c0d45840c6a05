from odoo import fields, models

# What a unit measures where it earns a grade, in percent; 目标绩效完成率 can exceed 100.
MEASURED = {"06": (102, 91.5, 72, 55), "07": (100, 93.75, 78, 41.2), "08": (96.4, 85, 66.5, 30)}
RETURN_REASONS = ("未附等级保护备案证明，请补充。", "保密承诺书签订人数与在册人数不符，请核实。")


class ItKpiDemo(models.AbstractModel):
    """Forms: marks and measured values, signatures, evidence, and a form that was returned."""

    _inherit = "it.kpi.demo"

    def _fill(self, form, marks, explanations=None):
        """Mark the lines of a self-assessment or of a survey, a letter each; N is 无此项."""
        grades = {grade.code: grade.id for grade in form.rubric_id.grade_ids}
        for line, mark in zip(form.line_ids, marks, strict=False):
            vals = {"not_applicable": True} if mark == "N" else {"grade_id": grades[mark]}
            if mark == "N":
                vals["remark"] = "本单位无此项业务"
            elif line.is_measured:
                vals["measured_value"] = MEASURED[line.indicator_id.code]["ABCD".index(mark)]
            if explanations:
                vals["explanation"] = self._explain(line, mark, explanations)
            line.write(vals)

    def _explain(self, line, mark, explanations):
        if mark == "N":
            return "本单位职能不涉及该项工作，无自建或管理的相关内容。"
        return f"{explanations[line.indicator_id.code]}对照评价细则，自评为{mark}。"

    def _sign(self, form, moment):
        leader = form.unit_id.leader_ids[:1]
        form.write(
            {
                "state": "submitted",
                "signature": self._draw_signature(leader.name),
                "signed_by_id": leader.id,
                "signed_at": moment,
            }
        )

    def _write_report(self, form):
        """Give one unit a report of its own words, and the versions that a submission keeps."""
        form.report_opening = (
            f"{form.cycle_id.year}年，{form.unit_id.name}按照市局统一部署推进信息化建设和网络安全"
            "工作。现对照《信息化绩效考核评价细则》，将自评结果逐项报告如下。"
        )
        self._as_signer(form, form.signed_by_id)._keep_signed_documents()

    def _as_signer(self, form, user):
        return form.with_user(user).with_context(lang=user.lang)

    def _return(self, form):
        """Return two lines, of which one has been corrected already: it shows its earlier mark."""
        returned = form.line_ids[8:10]
        for line, reason in zip(returned, RETURN_REASONS, strict=True):
            line.write({"returned": True, "return_reason": reason})
        form.line_ids._take_snapshot()
        grades = form.rubric_id.grade_ids
        corrected = returned[0]
        corrected.grade_id = grades[grades.ids.index(corrected.grade_id.id) + 1]

    def _load_evidence(self, form, row):
        """Give the lines evidence, and leave something for the checks to find."""
        for line in form.line_ids:
            code = line.indicator_id.code
            vals = row["lines"].get(code, {})
            if "measured_value" in vals:
                line.measured_value = vals["measured_value"]
            names = vals.get("attachments", ())
            needs_some = line.grade_id.code in ("A", "B") and code not in row["without_evidence"]
            if not names and needs_some:
                names = [f"{line.indicator_label}佐证材料.txt"]
            line.attachment_ids = [
                fields.Command.create(self._get_evidence(line, name)) for name in names
            ]

    def _get_evidence(self, line, name):
        year = line.form_id.cycle_id.year
        name = name.format(year=year, last_year=year - 1)
        return {
            "name": name,
            "raw": f"演示数据：{name}".encode(),
            "res_model": line._name,
            "res_id": line.id,
        }
