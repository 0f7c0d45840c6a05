from odoo import models

from ...tools.decimals import divide, exact, plain_number
from ...tools.official_words import name_incidents, tell_withdrawal


class ItKpiForm(models.AbstractModel):
    """What the box 最终得分 says of a form, in the Chinese of official papers."""

    _inherit = "it.kpi.form"

    def _get_final_score_text(self):
        """Return the total of the form as its lines add up to it, with all that it depends on.

        Before publication a form with 无此项 has no final score yet, because the means of the
        other units are not known: the box then says so.
        """
        self.ensure_one()
        if self.state == "withdrawn":
            return tell_withdrawal(self.withdrawal_reason, self.withdrawal_decision)
        if not self.is_published and self.marked_count < self.line_count:
            return ""
        total = self.total if self.is_published else self.graded_total
        notes = [self._describe_zeroed(), self._describe_scaling(), self._describe_awaited()]
        told = "；".join(filter(None, notes))
        return f"{total:.2f}" + (f"（{told}）" if told else "")

    def _describe_zeroed(self):
        zeroed = self.line_ids.filtered(lambda line: line.origin == "zeroed")
        return "；".join(
            f"其中{len(lines)}项因{name_incidents(kinds)}计0分"
            for kinds, lines in zeroed.grouped("veto_kinds").items()
        )

    def _describe_awaited(self):
        """Return how many lines get a mean (R2), or drop out with the indicator (R3)."""
        awaited = self.line_ids.filtered(lambda line: line.origin == "awaited")
        return awaited and (
            f"另有{len(awaited)}项无此项，公布时以平均分计入，各单位均无此项的不计分"
        )

    def _describe_scaling(self):
        """Return how the published total was scaled, where an indicator dropped out (R3)."""
        dropped = self.line_ids.filtered(lambda line: line.origin == "dropped")
        if not dropped:
            return ""
        if dropped == self.line_ids:
            return "各单位均无此项，不计分"
        full = sum(exact(line.points) for line in self.line_ids)
        kept = full - sum(exact(line.points) for line in dropped)
        total, points = f"{self.total:.2f}", self._add_up_lines()
        equation = f"{points:.2f}×{plain_number(full)}÷{plain_number(kept)}"
        if points * full == exact(total) * kept:
            return f"各项合计{points:.2f}，按满分折算：{equation}＝{total}"
        quotient = divide(points * full, kept)
        return f"各项合计{points:.2f}，按满分折算：{equation}＝{quotient}，四舍五入"
