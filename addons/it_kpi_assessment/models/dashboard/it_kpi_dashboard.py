"""考核进度: how far a year has come, which units are late, and what comes next, on one page."""

from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.translate import LazyTranslate

from ...const import CYCLE_REVIEWED, CYCLE_UNDER_WAY, ROLES, UNIT_STAFF
from ...tools.records import get_readable
from ...tools.roles import get_held_roles, has_role, reads_all
from ...tools.timezone import format_moment
from .stage_queries import STAGES

_lt = LazyTranslate(__name__)

# How many obstacles the page lists; the form of the year has all of them.
SHOWN_OBSTACLES = 20
# While these last, a unit without a reporter or a leader keeps the year from going on.
FILLED_IN = ("draft", "open")
# How many years the page offers, the latest ones.
YEARS = 100


class Step(NamedTuple):
    """What comes next in a year, and the roles that do it."""

    text: LazyTranslate
    roles: tuple[str, ...] = ()


STEPS = {
    "draft": Step(
        _lt("Check deadline, rubric and units, then open the year."),
        ("division",),
    ),
    "chase": Step(
        _lt("Remind who is late; extend a form, or record it as not filed."),
        ("division",),
    ),
    "file": Step(
        _lt("The units fill in, sign and submit. Whoever has submitted can be visited."),
        UNIT_STAFF,
    ),
    "visit": Step(
        _lt("All self-assessments are in. The group visits and signs, the head confirms."),
        ("assessor", "head"),
    ),
    "start_review": Step(
        _lt("Every form is filed or recorded as not filed. Start the review."), ("division",)
    ),
    "clear": Step(
        _lt("Something stands in the way of publication. Go back to filling to settle it."),
        ("division",),
    ),
    "approve": Step(
        _lt("Every form is filed or recorded as not filed. Look at the ranking and approve it."),
        ("head",),
    ),
    "publish": Step(_lt("The ranking is approved. Publish it."), ("division",)),
    "propose": Step(_lt("The ranking is approved. Open the public notice."), ("division",)),
    "await_notice": Step(
        _lt("The public notice lasts: the units read the proposed result and can object to it.")
    ),
    "decide": Step(
        _lt("Receive and decide the objections; those that are upheld are carried out."),
        ("division", "head", "assessor"),
    ),
    "approve_again": Step(
        _lt("An objection was upheld and carried out. Approve the corrected result."), ("head",)
    ),
    "renew_notice": Step(
        _lt("The corrected result is approved. Renew the public notice."), ("division",)
    ),
    "publish_proposed": Step(_lt("The public notice is over. Publish the result."), ("division",)),
    "draw_up": Step(
        _lt("The result is published. Draw up the rectification orders of the last units."),
        ("division",),
    ),
    "published": Step(_lt("The result is published, and every order is drawn up.")),
    "archived": Step(_lt("The year is over and archived.")),
}


class ItKpiDashboard(models.AbstractModel):
    """What the dashboard reads: one request for the whole page, one for each list behind a number.

    Division, heads and leadership see of every unit how far it has come and whether it is late.
    Forms stay under the record rules: where a list would contain forms that the user may not read
    yet, it contains the units.
    """

    _name = "it.kpi.dashboard"
    _description = "Dashboard"

    @api.model
    @api.readonly
    def get_dashboard(self, cycle_id=False, order="until", descending=False):
        """Return how far a year has come; without an id, the latest year under way.

        The number of queries depends neither on the units nor on the years.

        :param int cycle_id: the year's id
        :param str order: what the late units are sorted by: ``unit``, ``stage`` or ``until``
        :return: a dict with ``cycles`` to choose from and ``cycle``, False if none is under way
        :raise AccessError: the user is not of the division, no head and not of the leadership
        :raise MissingError: there is no such year
        """
        bureaus = self._get_bureaus()
        model = self.env["it.kpi.cycle"]
        cycle = self._get_cycle(cycle_id) if cycle_id else model
        cycles = model.search([("company_id", "in", bureaus.ids)], limit=YEARS)
        cycle = cycle or cycles.filtered(lambda year: year.state in CYCLE_UNDER_WAY)[:1]
        return {
            "cycles": [self._get_headline(year) for year in cycles],
            "cycle": bool(cycle) and self._get_page(cycle, order, descending),
            "is_division": has_role(self.env, "division", cycle.company_id or bureaus),
        }

    @api.model
    def action_open_stage(self, cycle_id, kind, stage):
        """Open the forms of a year that are in a stage, or the late ones.

        Users who may not read all of them get the units, and so the people to talk to.

        :param int cycle_id: the year's id
        :param str kind: ``assessment`` or ``survey``
        :param str stage: a stage of that kind, or ``late``
        :raise AccessError: the user is not of the division, no head and not of the leadership
        :raise MissingError: there is no such year
        """
        cycle = self._get_cycle(cycle_id)
        records = self._get_listed(cycle, kind, stage)
        label = self.env._("Late") if stage == "late" else self.env._(STAGES[kind][stage].label)
        return {
            "type": "ir.actions.act_window",
            "name": f"{cycle.display_name} · {label}",
            "res_model": records._name,
            "domain": [("id", "in", records.ids)],
            "context": {"active_test": False},  # a unit archived meanwhile still takes part
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
        }

    def _get_cycle(self, cycle_id):
        """Return the year with this id; raise unless the user reads all results of its bureau."""
        self._get_bureaus()
        cycle = get_readable(self.env["it.kpi.cycle"], cycle_id)
        self._check_reads_all(cycle.company_id)
        return cycle

    def _get_bureaus(self):
        """Return the current bureaus whose results the user reads in full; raise if none is."""
        bureaus = self.env.companies.filtered(lambda company: reads_all(self.env, company))
        self._check_reads_all(bureaus)
        return bureaus

    def _check_reads_all(self, bureaus):
        if not reads_all(self.env, bureaus):
            raise AccessError(
                self.env._(
                    "The dashboard is for the informatization division, heads of the assessment "
                    "group and the leadership. What waits for you is under the clock at the top."
                )
            )

    def _get_headline(self, cycle):
        return {
            "id": cycle.id,
            "name": cycle.display_name,
            "state": cycle.state,
            "state_label": cycle._get_state_label(cycle.state),
        }

    def _get_page(self, cycle, order, descending):
        stages = {kind: self._count_stages(cycle, kind) for kind in STAGES}
        missing, unvisited = (
            sum(stage["count"] for stage in stages[kind] if not stage["is_done"]) for kind in STAGES
        )
        late = sum(stage["late_count"] for stage in stages["assessment"])
        obstacles = cycle._get_obstacles() if cycle.state in CYCLE_REVIEWED else []
        step = STEPS[self._get_next_step(cycle, missing, late, unvisited, obstacles)]
        is_division = has_role(self.env, "division", cycle.company_id)
        shown = obstacles if cycle._reads_obstacles() else []
        return {
            **self._get_headline(cycle),
            "deadline": self._get_deadline(cycle),
            "stages": stages,
            "missing_count": missing,
            "late_count": late,
            "late_units": self._get_late_units(cycle, order, descending),
            "can_remind": bool(missing) and cycle.state == "open" and is_division,
            "next": self.env._(step.text),
            "next_roles": [self.env._(ROLES[role]) for role in step.roles],
            "obstacles": shown[:SHOWN_OBSTACLES],
            "obstacle_count": len(shown),
            "avoids_own_unit": self._avoids_own_unit(cycle),
            "unstaffed_count": cycle.unstaffed_count if cycle.state in FILLED_IN else 0,
        }

    def _get_deadline(self, cycle):
        """Return the deadline on China's clock, and how far away it is, in words."""
        past = bool(cycle.deadline) and cycle.deadline < fields.Datetime.now()
        if not cycle.deadline or cycle.state != "open":
            words = ""
        elif past:
            words = self.env._("The deadline has passed.")
        elif cycle.days_left == 1:
            words = self.env._("1 day left")
        elif cycle.days_left:
            words = self.env._("%s days left", cycle.days_left)
        else:
            words = self.env._("This is the last day.")
        moment = format_moment(cycle.deadline) if cycle.deadline else ""
        return {"moment": moment, "words": words, "is_past": past and bool(words)}

    def _get_next_step(self, cycle, missing, late, unvisited, obstacles):
        """Return the name of what comes next, a key of ``STEPS``."""
        if cycle.state == "open":
            if missing:
                return "chase" if late else "file"
            return "visit" if unvisited else "start_review"
        if cycle.state == "review":
            if obstacles:
                return "clear"
            if not cycle.approved_by_id:
                return "approve"
            return "propose" if cycle.notice_days else "publish"
        if cycle.state == "proposed":
            return self._get_step_of_notice(cycle, obstacles)
        if cycle.state == "published" and cycle.sudo().publication_id._get_results_without_order():
            return "draw_up"
        return cycle.state

    def _get_step_of_notice(self, cycle, obstacles):
        """Return the name of what comes next in a public notice, a key of ``STEPS``."""
        if obstacles:
            return "decide"
        if not cycle.is_notice_over:
            return "await_notice"
        if not cycle._is_proposal_outdated():
            return "publish_proposed"
        return "renew_notice" if cycle.approved_by_id else "approve_again"

    def _avoids_own_unit(self, cycle):
        """Return whether the survey of the head's own unit is hidden from them (回避)."""
        roles = get_held_roles(self.env, cycle.company_id)
        hidden = "head" in roles and "division" not in roles
        if not hidden or cycle.state not in CYCLE_UNDER_WAY:
            return False
        own = [
            ("cycle_id", "=", cycle.id),
            "|",
            ("unit_id.member_ids", "in", self.env.uid),
            ("former_member_ids", "in", self.env.uid),
        ]
        return bool(self.env["it.kpi.survey"].sudo().search_count(own, limit=1))
