from decimal import Decimal, InvalidOperation

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...const import CYCLE_UNDER_WAY, INCIDENT_KINDS
from ...tools.decimals import CENT, exact
from ...tools.records import get_readable
from ...tools.roles import has_role
from .scoring_queries import AS_IT_IS, Terms, ranking_query

# What an incident of a kind can do besides zeroing one indicator.
OTHER_READINGS = ("none", "final")
AMOUNTS = ("assessment_total", "survey_total", "before_veto", "final")


class ItKpiTrial(models.AbstractModel):
    """试算: the ranking of a year as it would be under other rules. Nothing is stored."""

    _name = "it.kpi.trial"
    _description = "Trial Calculation"

    @api.model
    @api.readonly
    def try_ranking(self, cycle_id, weight=50, readings=None, without=None, grading=None):
        """Return the live ranking as it is, beside what it would be. Nothing is stored.

        A list of dicts in the order of the ranking tried: ``unit_id``, ``name``, ``takes_part``,
        ``final``, ``rank``, ``is_last``, the same with ``tried_`` before the name, and the
        differences ``final_change`` in points and ``rank_change`` (positive is up). Values that
        depend on a form that is not filed yet are None. ``band`` and ``tried_band``, the grades
        of the units, are there if the year or the trial has bands.

        :param int cycle_id: the year's id
        :param weight: of the self-assessment in the final, in percent; the survey has the rest
        :param dict readings: what an incident does, by its kind: ``"none"``, ``"final"``, or the
            id of the indicator that becomes 0 on both forms; kinds left out stay as in the rubric
        :param int without: id of a unit that does not take part: its forms feed no mean either
        :param dict grading: what is tried of the units' grades: ``bands``, pairs of a name and the
            least final; ``quota_kind``, ``quota``, ``quota_by_kind``, ``edge``
        :raise AccessError: the user is not of the division, or belongs to a unit that takes part
        :raise MissingError: there is no such year
        :raise UserError: the year is not under way, or a parameter makes no sense
        """
        cycle = self._get_cycle(cycle_id)
        tried = self._query_ranking(cycle, self._read_terms(cycle, weight, readings, without))
        now = self._query_ranking(cycle)
        rows = [self._compare(row, tried.get(unit)) for unit, row in now.items()]
        self._add_bands(cycle, {"now": now, "tried": tried, "compared": rows}, readings, grading)
        names = {unit.id: unit.short_name for unit in cycle.unit_ids}
        for row in rows:
            row["name"] = names[row["unit_id"]]
        return sorted(rows, key=_order)

    def _get_cycle(self, cycle_id):
        """Return the year with this id; raise unless the user may try other rules on it."""
        cycle = get_readable(self.env["it.kpi.cycle"], cycle_id)
        if not has_role(self.env, "division", cycle.company_id):
            raise AccessError(self.env._("A trial is for the informatization division."))
        cycle._check_not_recused()
        if cycle.state not in CYCLE_UNDER_WAY:
            raise UserError(
                self.env._(
                    "%(cycle)s is “%(state)s”: a trial is possible only while there is a live "
                    "ranking.",
                    cycle=cycle.display_name,
                    state=cycle._get_state_label(cycle.state),
                )
            )
        return cycle

    def _read_terms(self, cycle, weight, readings, without):
        """Return the rules of a trial; raise a UserError where a parameter makes no sense."""
        return Terms(
            weight=SQL("%s", self._read_weight(weight)),
            vetoes=self._read_vetoes(cycle.rubric_id, readings),
            takes_part=self._read_without(cycle, without),
        )

    def _read_weight(self, weight):
        """Return the share of the self-assessment as an exact number from 0 to 1."""
        percent = _get_percent(weight)
        if percent is not None:
            return percent / 100
        raise UserError(
            self.env._(
                "“Weight of the Self-Assessment” is a number from 0 to 100 percent, with two "
                "decimals at most, and not “%s”.",
                weight,
            )
        )

    def _read_vetoes(self, rubric, readings):
        """Return the query of the effect of each kind of incident, in the columns of the vetoes."""
        effects = {veto.kind: veto.indicator_id.id or "final" for veto in rubric.veto_ids}
        known = {*OTHER_READINGS, *rubric.indicator_ids.ids}
        for kind, effect in self._check_readings(readings).items():
            if isinstance(effect, bool) or not isinstance(effect, int | str) or effect not in known:
                raise UserError(
                    self.env._(
                        "“%(kind)s” has no effect “%(effect)s”. It makes the final 0, or one "
                        "indicator of this year's rubric, or nothing.",
                        kind=self._get_incident_label(kind),
                        effect=effect,
                    )
                )
            effects[kind] = effect
        rows = [self._get_veto_row(rubric, *each) for each in effects.items() if each[1] != "none"]
        return SQL(" UNION ALL ").join(rows) if rows else SQL("%s WHERE FALSE", AS_IT_IS.vetoes)

    def _check_readings(self, readings):
        kinds = dict(INCIDENT_KINDS)
        if readings is not None and not isinstance(readings, dict):
            raise UserError(self.env._("“Incidents” says for each kind what it does."))
        for kind in readings or {}:
            if kind not in kinds:
                raise UserError(self.env._("“Incidents”: there is no kind “%s”.", kind))
        return readings or {}

    def _get_incident_label(self, kind):
        field = self.env["it.kpi.veto"]._fields["kind"]
        return dict(field._description_selection(self.env))[kind]

    def _get_veto_row(self, rubric, kind, effect):
        indicator = None if effect == "final" else effect
        return SQL(
            """SELECT %s AS rubric_id, %s AS kind, %s AS effect, %s::int AS indicator_id""",
            rubric.id,
            kind,
            "indicator" if indicator else "final",
            indicator,
        )

    def _read_without(self, cycle, without):
        """Return the SQL condition on a form ``f`` that its unit takes part."""
        if without is None or without is False:
            return SQL("TRUE")
        left = cycle.sudo().withdrawn_ids.unit_id
        if isinstance(without, bool) or without not in (cycle.unit_ids - left).ids:
            raise UserError(
                self.env._(
                    "“Without Unit”: no unit with the number “%(unit)s” takes part in %(cycle)s.",
                    unit=without,
                    cycle=cycle.display_name,
                )
            )
        return SQL("form.unit_id <> %s", without)

    def _query_ranking(self, cycle, terms=AS_IT_IS):
        """Return ``{unit's id: row}`` of the live ranking, with exact amounts in points.

        Withdrawn units (R13) take part in no trial.
        """
        self.env.flush_all()
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT * FROM (%s) scored WHERE cycle_id = %s AND withdrawal_reason IS NULL",
                ranking_query(terms),
                cycle.id,
            )
        )
        for row in rows:
            known = {name: row[name] for name in AMOUNTS if row[name] is not None}
            row.update({name: exact(amount) for name, amount in known.items()})
        return {row["unit_id"]: row for row in rows}

    def _compare(self, now, tried):
        """Return one row of the trial: a unit's score now and as tried.

        :param now: its row of the live ranking
        :param tried: its row of the ranking tried; None if the unit does not take part in it
        """
        row = {name: now[name] for name in ("id", "unit_id", "final", "rank", "is_last")}
        row["takes_part"] = tried is not None
        tried = tried or dict.fromkeys(("final", "rank", "is_last"))
        row |= {f"tried_{name}": tried[name] for name in ("final", "rank", "is_last")}
        row["final_change"] = _subtract(tried["final"], now["final"])
        row["rank_change"] = _subtract(now["rank"], tried["rank"])
        return {
            name: float(value) if isinstance(value, Decimal) else value
            for name, value in row.items()
        }


def _get_percent(value):
    """Return an exact number from 0 to 100 with two decimals at most; None for anything else."""
    try:
        number = Decimal("NaN" if isinstance(value, bool) else str(value))
        return number if 0 <= number <= 100 and number == number.quantize(CENT) else None
    except InvalidOperation:
        return None


def _subtract(one, other):
    return None if one is None or other is None else one - other


def _order(row):
    """Sort key: by the rank tried; then units without a rank, then those that do not take part."""
    return (not row["takes_part"], row["tried_rank"] or 10**6, row["rank"] or 10**6, row["unit_id"])
