from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..rubric.it_kpi_veto import describe_incidents
from .change_queries import LINE_COLUMNS, changed_lines_query


class Mark(NamedTuple):
    """The values of a line: the columns ``LINE_COLUMNS``."""

    grade_id: int | None
    not_applicable: bool
    score: float | None
    origin: str
    veto_kinds: str | None


class ChangedLine(NamedTuple):
    """A line of a unit's form before and after."""

    kind: str
    indicator: models.Model
    old: Mark
    new: Mark

    @property
    def cause(self):
        """Why the score is another one: ``mark``, ``incident``, or ``mean`` of the others."""
        if self.old[:2] != self.new[:2]:
            return "mark"
        if (self.old.origin == "zeroed") != (self.new.origin == "zeroed"):
            return "incident"
        return "mean"


class ChangedBand(NamedTuple):
    """The names of a unit's grade (等次) before and now; "—" where there was none."""

    old: str
    new: str


class Causes(NamedTuple):
    """Reasons why a unit's score changed."""

    is_new: bool
    withdrawn: bool
    rejoined: bool
    old_name: str | None  # of a unit that is called otherwise now
    filed: bool
    unfiled: bool
    recorded: set
    lifted: set
    band: ChangedBand | None  # if the unit has another grade now
    lines: list

    @property
    def is_mean_only(self):
        """Only means changed; the unit's own forms did not."""
        own = self._replace(lines=(), band=None)
        return bool(self.lines) and not any(own) and {"mean"} == {c.cause for c in self.lines}


class ItKpiChange(models.AbstractModel):
    """What a revision changes for a unit, and why (R11). Published or live, the same fields.

    Only units for which anything differs have a row: the name, a score, the rank, the grade (等次),
    or a single line.
    """

    _name = "it.kpi.change"
    _inherit = ["it.kpi.explained"]
    _description = "Change by a Revision"
    _order = "cycle_id desc, rank nulls last, unit_id, id"
    _rec_name = "unit_id"

    # The model of the new lines, and their field that names what is compared.
    _line_model = _key = None

    cycle_id = fields.Many2one("it.kpi.cycle", readonly=True)
    unit_id = fields.Many2one("it.kpi.unit", readonly=True)
    unit_name = fields.Char(related="unit_id.name", string="Name of the Unit")
    unit_short_name = fields.Char(related="unit_id.short_name")
    unit_kind = fields.Selection(related="unit_id.kind")
    old_unit_name = fields.Char("Name before", readonly=True)
    old_result_id = fields.Many2one("it.kpi.result", "Result before", readonly=True)
    old_final = fields.Float("Final before", digits=(6, 2), readonly=True, aggregator=None)
    final = fields.Float(digits=(6, 2), readonly=True, aggregator=None)
    old_rank = fields.Integer("Rank before", readonly=True, aggregator=None)
    rank = fields.Integer(readonly=True, aggregator=None)
    old_is_last = fields.Boolean("Had to Rectify", readonly=True)
    is_last = fields.Boolean("Must Rectify", readonly=True)
    provisional = fields.Boolean(
        readonly=True, help="Finals of other units are missing: it is open who must rectify."
    )
    old_unfiled = fields.Boolean("Not Filed before", readonly=True)
    unfiled = fields.Boolean("Not Filed", readonly=True)
    old_veto_kinds = fields.Char("Incidents before", readonly=True)
    veto_kinds = fields.Char("Incidents behind the Veto", readonly=True)
    old_withdrawal_reason = fields.Char("Withdrawal before", readonly=True, max_length=False)
    withdrawal_reason = fields.Char("Reason for the Withdrawal", readonly=True, max_length=False)
    withdrawal_decision = fields.Char("Decision on the Withdrawal", readonly=True, max_length=False)
    why = fields.Text(
        compute="_compute_why", help="What changed on the unit's forms, line by line."
    )

    @api.depends("old_result_id", "final", "rank")
    @api.depends_context("lang", "uid")
    def _compute_why(self):
        causes = self._get_causes()
        for change in self:
            change.why = "\n".join(change._explain(causes[change]))

    def _describe(self):
        """Return the old and the new standing of the unit, and why it changed.

        A unit that did not take part before, or was withdrawn, has no standing to compare.
        """
        if not self.old_result_id or self.withdrawal_reason or self.old_withdrawal_reason:
            return self.why
        return f"{self._describe_standing()}\n{self.why}"

    def _describe_standing(self):
        """Return the old and the new final and rank; what stayed as it was is told once."""
        numbers = {
            "old_final": f"{self.old_final:.2f}",
            "final": f"{self.final:.2f}",
            "old_rank": self.old_rank,
            "rank": self.rank,
        }
        if self.old_rank == self.rank:
            return self.env._(
                "Final score %(old_final)s → %(final)s, rank %(rank)s as before", **numbers
            )
        if numbers["old_final"] == numbers["final"]:
            return self.env._(
                "Final score %(final)s as before, rank %(old_rank)s → %(rank)s", **numbers
            )
        return self.env._(
            "Final score %(old_final)s → %(final)s, rank %(old_rank)s → %(rank)s", **numbers
        )

    def _get_causes(self):
        """Return ``{change: Causes}``, in one query for all the lines that differ."""
        lines = self._read_changed_lines()
        return {change: change._get_own_causes(lines[change]) for change in self}

    def _get_own_causes(self, lines):
        before = self._get_incidents(self.old_veto_kinds, [line.old for line in lines])
        after = self._get_incidents(self.veto_kinds, [line.new for line in lines])
        known = bool(self.old_result_id)
        return Causes(
            is_new=not known,
            withdrawn=bool(self.withdrawal_reason),
            rejoined=bool(self.old_withdrawal_reason and not self.withdrawal_reason),
            old_name=known and self.old_unit_name != self.unit_name and self.old_unit_name,
            filed=known and self.old_unfiled and not self.unfiled,
            unfiled=known and self.unfiled and not self.old_unfiled,
            recorded=known and after - before or set(),
            lifted=before - after,
            band=known and self._get_changed_band() or None,
            lines=lines,
        )

    def _get_changed_band(self):
        """Return the ``ChangedBand`` of a unit that has another grade now, or None."""
        raise NotImplementedError

    def _get_incidents(self, veto_kinds, marks):
        """Return the kinds of incident behind a veto and behind zeroed lines."""
        joined = [veto_kinds, *(mark.veto_kinds for mark in marks)]
        return {kind for kinds in joined if kinds for kind in kinds.split(",")}

    def _read_changed_lines(self):
        """Return ``{change: [ChangedLine]}``; only lines that the user may read."""
        found = defaultdict(list)
        if not self.old_result_id:
            return found
        by_key = {(change[self._key].id, change.old_result_id.id): change for change in self}
        indicators = self.env["it.kpi.indicator"]
        for key, result, kind, indicator, *marks in self._query_changed_lines():
            if (key, result) in by_key:
                old, new = marks[: len(LINE_COLUMNS)], marks[len(LINE_COLUMNS) :]
                line = ChangedLine(kind, indicators.browse(indicator), Mark(*old), Mark(*new))
                found[by_key[key, result]].append(line)
        return found

    def _query_changed_lines(self):
        model = self.env[self._line_model]
        domain = [(self._key, "in", self[self._key].ids), ("unit_id", "in", self.unit_id.ids)]
        query = model._search(domain)
        names = (self._key, "unit_id", "kind", "indicator_id", *LINE_COLUMNS)
        columns = [
            SQL("%s AS %s", model._field_to_sql(query.table, name, query), SQL.identifier(name))
            for name in names
        ]
        lines = query.select(*columns)
        key = SQL.identifier(self._key)
        return self.env.execute_query(changed_lines_query(lines, key, self.old_result_id.ids))

    def _explain(self, causes):
        """Return a sentence for everything that changed for this unit (R12)."""
        if causes.withdrawn:
            return [self._explain_withdrawal()]
        if causes.rejoined:
            return [self.env._("The unit was taken back into the year.")]
        if causes.is_new:
            return [self.env._("The unit takes part since this revision.")]
        sentences = [
            causes.old_name
            and self.env._("Renamed: %(old)s → %(new)s.", old=causes.old_name, new=self.unit_name),
            causes.unfiled and self.env._("The self-assessment is recorded as not filed."),
            causes.filed and self.env._("The self-assessment is filed now."),
            causes.recorded
            and self.env._(
                "Recorded: %s.", describe_incidents(self.env, ",".join(causes.recorded))
            ),
            causes.lifted
            and self.env._("Lifted: %s.", describe_incidents(self.env, ",".join(causes.lifted))),
            causes.band and self.env._("Grade: %(old)s → %(new)s.", **causes.band._asdict()),
            causes.is_mean_only and self.env._("Only means of other units moved:"),
            *(self._explain_line(line) for line in causes.lines),
        ]
        rest = self.env._("The scores of the unit are the same; others moved past it.")
        return list(filter(None, sentences)) or [rest]

    def _explain_withdrawal(self):
        return self.env._(
            "Withdrawn from this year: %(reason)s (%(decision)s)",
            reason=self.withdrawal_reason,
            decision=self.withdrawal_decision,
        )

    def _explain_line(self, line):
        forms = dict(self.env[self._line_model]._fields["kind"]._description_selection(self.env))
        values = {
            "form": forms[line.kind],
            "indicator": line.indicator.form_label,
            "old": self._describe_mark(line.old),
            "new": self._describe_mark(line.new),
        }
        return self.env._("%(form)s, “%(indicator)s”: %(old)s → %(new)s", **values)

    def _describe_mark(self, mark):
        """Return the score with the mark that it comes from."""
        if mark.origin == "dropped":
            return self.env._("dropped out")
        labels = {
            "graded": self.env["it.kpi.grade"].browse(mark.grade_id).code,
            "mean": self.env._("mean"),
            "zeroed": self.env._("zeroed"),
        }
        return self.env._(
            "%(score)s (%(origin)s)", score=f"{mark.score:.2f}", origin=labels[mark.origin]
        )
