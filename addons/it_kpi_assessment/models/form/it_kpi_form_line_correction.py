from odoo import api, fields, models

from ...const import REASON_LENGTH
from ...tools.fields import format_percent


class ItKpiFormLine(models.AbstractModel):
    """The snapshot of a line of a returned or reopened form, and how the line differs from it."""

    _inherit = "it.kpi.form.line"

    former = fields.Json(
        readonly=True, copy=False, help="What the line said when the form was last filed."
    )
    former_mark = fields.Char(
        "Earlier Mark", compute="_compute_former_mark", help="The mark before the correction."
    )

    in_correction = fields.Boolean(
        "Reopened by an Objection",
        readonly=True,
        copy=False,
        help="An objection to this line was upheld: it gets another mark.",
    )
    correction_reason = fields.Char(
        "Reason of the Decision",
        readonly=True,
        copy=False,
        max_length=REASON_LENGTH,
        multiline=True,
    )

    @api.depends("former")
    @api.depends_context("lang")
    def _compute_former_mark(self):
        for line in self:
            line.former_mark = line.former and line._get_former_mark()

    def _take_snapshot(self):
        for line in self:
            line.former = line._prepare_former()

    def _clear_snapshot(self):
        self.write({"former": False})

    def _prepare_former(self):
        """Return what of this line can be corrected."""
        return {
            "mark": self.grade_id.code,
            "not_applicable": self.not_applicable,
            "measured_value": self.measured_value,
            "texts": self._get_texts(),
            "files": sorted(self.attachment_ids.ids),
        }

    def _get_texts(self):
        """Return what is written on this line, by the name of the field."""
        names = self._editable.keys() & {"explanation", "remark"}
        return {name: self[name] or "" for name in sorted(names)}

    def _get_former_mark(self):
        return self.former["mark"] or (self.env._("N/A") if self.former["not_applicable"] else "")

    def _has_other_mark(self):
        """Return whether a line with a snapshot is marked otherwise than when it was filed."""
        return self._get_former_mark() != (self._get_mark(self) or "")

    def _describe_change(self):
        """Return a sentence that says old and new of this line, or an empty one."""
        if not self.former:
            return ""
        changes = [*self._describe_values(), *self._describe_texts(), *self._describe_files()]
        return changes and f"{self.indicator_label}：{'；'.join(changes)}"

    def _describe_values(self):
        nothing = self.env._("none")
        old, new = self._get_former_mark(), self._get_mark(self) or ""
        if old != new:
            yield self.env._("mark %(old)s → %(new)s", old=old or nothing, new=new or nothing)
        old, new = (
            nothing if value is False else format_percent(value)
            for value in (self.former["measured_value"], self.measured_value)
        )
        if old != new:
            yield self.env._("measured %(old)s → %(new)s", old=old, new=new)

    def _describe_texts(self):
        for name, text in self._get_texts().items():
            if text != self.former["texts"].get(name):
                label = self._fields[name]._description_string(self.env)
                yield self.env._("%s changed", label)

    def _describe_files(self):
        old, new = set(self.former["files"]), set(self.attachment_ids.ids)
        if old != new:
            yield self.env._(
                "evidence: %(added)s added, %(removed)s removed",
                added=len(new - old),
                removed=len(old - new),
            )
