"""How far the forms of a year have come: their stages, counted, named, and listed."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...const import ROLES
from ...tools.roles import has_role
from ...tools.timezone import format_moment, get_day
from .stage_queries import (
    LATE_ORDERS,
    STAGES,
    late_forms_query,
    stage_counts_query,
    staged_forms_query,
)

# How many late units the page names; the list has the others.
SHOWN_UNITS = 50


class ItKpiDashboard(models.AbstractModel):
    """The stages of a year's forms, and the records behind each number."""

    _inherit = "it.kpi.dashboard"

    def _query_stages(self, cycle, kind, get_query, *args):
        """Return the rows of a query over the forms of a year with their stages."""
        self.env.flush_all()
        forms = staged_forms_query(kind, cycle, fields.Datetime.now())
        return self.env.execute_query(get_query(forms, *args))

    def _count_stages(self, cycle, kind):
        """Return a dict for every stage, in order, with how many forms are in it."""
        rows = self._query_stages(cycle, kind, stage_counts_query)
        counts = {stage: (count, late) for stage, count, late in rows}
        return [
            {
                "name": name,
                "label": self.env._(stage.label),
                "waits_for": [self.env._(ROLES[role]) for role in stage.waits_for],
                "is_done": not stage.waits_for,
                "count": counts.get(name, (0, 0))[0],
                "late_count": counts.get(name, (0, 0))[1],
            }
            for name, stage in STAGES[kind].items()
        ]

    def _get_late_units(self, cycle, order, descending):
        """Return a dict for each of the first late units.

        ``reminded`` is filled in for the division only.

        :raise UserError: there is no such order
        """
        if not isinstance(order, str) or order not in LATE_ORDERS:
            names = ", ".join(LATE_ORDERS)
            raise UserError(self.env._("Late units are sorted by one of: %s.", names))
        stages = STAGES["assessment"]
        rows = self._query_stages(
            cycle, "assessment", late_forms_query, list(stages), order, descending, SHOWN_UNITS
        )
        forms = self.env["it.kpi.assessment"].search([("id", "in", [row[0] for row in rows])])
        reminded = self._get_reminded(cycle, forms)
        today = get_day(fields.Datetime.now())
        return [
            {
                "form_id": form_id in forms._ids and form_id,
                "unit_id": unit_id,
                "unit": unit,
                "stage": self.env._(stages[stage].label),
                "until": format_moment(until),
                "days": (today - get_day(until)).days,
                "reminded": reminded.get(form_id, False),
            }
            for form_id, unit_id, unit, stage, until in rows
        ]

    def _get_reminded(self, cycle, forms):
        """Return ``{form's id: when it was last reminded}`` in China's time; {} for other roles
        than the division."""
        if not has_role(self.env, "division", cycle.company_id):
            return {}
        return {
            form.id: format_moment(form.last_reminded_at) for form in forms if form.last_reminded_at
        }

    def _get_listed(self, cycle, kind, stage):
        """Return the forms in a stage or, where the user may not read them all, their units.

        The user's own units are an exception: their forms are left out, and the readable forms
        are returned all the same (回避).

        :raise UserError: there is no such stage
        """
        stages = STAGES.get(kind, {}) if isinstance(kind, str) else {}
        if not stages or stage not in (*stages, "late"):
            raise UserError(self.env._("There is no stage “%s”. Reload the page.", stage))
        rows = self._query_stages(cycle, kind, lambda forms: forms)
        model = self.env[f"it.kpi.{kind}"]
        chosen = model.sudo().browse(
            form_id
            for form_id, _unit, at, _until, late in rows
            if at == stage or (late and stage == "late")
        )
        readable = model.search([("id", "in", chosen.ids)])
        hidden = chosen - readable.sudo()
        if not hidden or (readable and all(map(self._is_of_own_unit, hidden))):
            return readable
        return chosen.unit_id.sudo(False)

    def _is_of_own_unit(self, form):
        """Return whether the user belongs to the unit of a form; for a survey, or did this year."""
        is_survey = form._name == "it.kpi.survey"
        return self.env.user in (form._get_recused() if is_survey else form.unit_id.member_ids)
