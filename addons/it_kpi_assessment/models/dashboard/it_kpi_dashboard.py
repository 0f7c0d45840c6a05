"""考核进度: how far a year has come, who is late, and what comes next, on one page."""

from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.translate import LazyTranslate

from ...const import ROLES, UNIT_STAFF
from ...tools.roles import has_role, reads_all
from ...tools.timezone import format_moment
from .it_kpi_dashboard_stages import STAGES

_lt = LazyTranslate(__name__)

# How many obstacles the page names; the form of the year has the others.
SHOWN = 20
# How many years the page offers, the latest ones.
YEARS = 100


class Step(NamedTuple):
    """What comes next in a year, and who does it."""

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
    "draw_up": Step(
        _lt("The result is published. Draw up the rectification orders of the last units."),
        ("division",),
    ),
    "published": Step(_lt("The result is published, and every order is drawn up.")),
    "archived": Step(_lt("The year is over and archived.")),
}


class ItKpiCycle(models.Model):
    """What the dashboard asks for: one call for all that it shows, one for every list.

    Division, heads and leadership learn of every unit how far it has come and whether it is late.
    What stands in a form they read as the record rules say: where a list would hold forms that
    are not theirs to read yet, it holds the units.
    """

    _inherit = "it.kpi.cycle"

    @api.readonly
    def get_dashboard(self, order="until", descending=False):
        """Return how far this year has come; without a record, the latest year under way.

        The number of queries depends neither on the units nor on the years.

        :param str order: what the late units are sorted by: ``unit``, ``stage`` or ``until``
        :return: a dict with ``cycles`` to choose from and ``cycle``, False if none is under way
        :raise AccessError: the user is not of the division, no head and not of the leadership
        """
        self._check_dashboard()
        cycles = self.search([], limit=YEARS)
        under_way = cycles.filtered(lambda cycle: cycle.state in ("open", "review"))
        cycle = self[:1] or under_way[:1]
        return {
            "cycles": [each._get_headline() for each in cycles],
            "cycle": bool(cycle) and cycle._get_dashboard(order, descending),
            "is_division": has_role(self.env, "division"),
        }

    def action_open_stage(self, kind, stage):
        """Open the forms of this year that are in a stage, or the late ones.

        Whoever may not read them all gets their units, with the people to talk to.

        :param str kind: ``assessment`` or ``survey``
        :param str stage: a stage of that kind, or ``late``
        :raise AccessError: the user is not of the division, no head and not of the leadership
        """
        self.ensure_one()
        self._check_dashboard()
        records = self._get_listed(kind, stage)
        label = self.env._("Late") if stage == "late" else self.env._(STAGES[kind][stage].label)
        return {
            "type": "ir.actions.act_window",
            "name": f"{self.display_name} · {label}",
            "res_model": records._name,
            "domain": [("id", "in", records.ids)],
            "context": {"active_test": False},  # a unit archived meanwhile still takes part
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
        }

    def _check_dashboard(self):
        if not reads_all(self.env):
            raise AccessError(
                self.env._(
                    "The dashboard is for the informatization division, heads of the assessment "
                    "group and the leadership. What waits for you is under the clock at the top."
                )
            )
        self.check_access("read")

    def _get_headline(self):
        return {
            "id": self.id,
            "name": self.display_name,
            "state": self.state,
            "state_label": self._get_state_label(self.state),
        }

    def _get_dashboard(self, order, descending):
        stages = {kind: self._count_stages(kind) for kind in STAGES}
        missing, unvisited = (
            sum(stage["count"] for stage in stages[kind] if not stage["is_done"]) for kind in STAGES
        )
        late = sum(stage["late_count"] for stage in stages["assessment"])
        obstacles = self._get_obstacles() if self.state == "review" else []
        step = STEPS[self._get_next_step(missing, late, unvisited, obstacles)]
        shown = obstacles if self._reads_obstacles() else []
        return {
            **self._get_headline(),
            "deadline": self._tell_deadline(),
            "stages": stages,
            "missing_count": missing,
            "late_count": late,
            "late_units": self._get_late_units(order, descending),
            "can_remind": bool(missing) and self.state == "open" and has_role(self.env, "division"),
            "next": self.env._(step.text),
            "next_roles": [self.env._(ROLES[role]) for role in step.roles],
            "obstacles": shown[:SHOWN],
            "obstacle_count": len(shown),
            "avoids_own_unit": self._avoids_own_unit(),
        }

    def _tell_deadline(self):
        """Return the deadline on China's clock, and how far away it is, in words."""
        past = bool(self.deadline) and self.deadline < fields.Datetime.now()
        if not self.deadline or self.state != "open":
            words = ""
        elif past:
            words = self.env._("The deadline has passed.")
        elif self.days_left == 1:
            words = self.env._("1 day left")
        elif self.days_left:
            words = self.env._("%s days left", self.days_left)
        else:
            words = self.env._("This is the last day.")
        moment = format_moment(self.deadline) if self.deadline else ""
        return {"moment": moment, "words": words, "is_past": past and bool(words)}

    def _get_next_step(self, missing, late, unvisited, obstacles):
        """Return the name of what comes next, a key of ``STEPS``."""
        if self.state == "open":
            if missing:
                return "chase" if late else "file"
            return "visit" if unvisited else "start_review"
        if self.state == "review":
            if obstacles:
                return "clear"
            return "publish" if self.approved_by_id else "approve"
        if self.state == "published" and self.sudo().publication_id._get_results_without_order():
            return "draw_up"
        return self.state

    def _avoids_own_unit(self):
        """Tell whether the head belongs to a unit whose survey is hidden from him (回避)."""
        hidden = has_role(self.env, "head") and not has_role(self.env, "division")
        if not hidden or self.state not in ("open", "review"):
            return False
        own = [("cycle_id", "=", self.id), ("unit_id.member_ids", "in", self.env.uid)]
        return bool(self.env["it.kpi.survey"].sudo().search_count(own, limit=1))
