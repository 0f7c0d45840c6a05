from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.translate import LazyTranslate

from ...const import LEAST_DAYS, ORDER_ENDED, ORDER_UNDER_WAY, REASON_LENGTH, UNIT_STAFF
from ...tools.terms import get_least_day
from ...tools.text import is_blank
from ..mixins.it_kpi_editable import Editable
from ..mixins.it_kpi_workflow import Move

_lt = LazyTranslate(__name__)

# How many days a unit has for its measures, and for carrying them out, unless the division
# says otherwise: the regulation names no term.
DAYS_TO_PLAN, DAYS_TO_REPORT = 30, 180
DEMAND = """对照《信息化绩效考核评价细则》，逐项分析薄弱环节的原因，制定整改措施，明确责任人和时限。
整改措施和整改情况报告须经单位领导签字后报送。
整改完成后，由局信息化绩效考核小组核查整改成效。"""

BY_DIVISION = Editable(("draft",), ("division",))
BY_VERIFIER = Editable(("reported",), ("assessor",))


class ItKpiRectification(models.Model):
    """整改通知书: what one of the last units of a published ranking must put right (article 6).

    The unit answers with measures, carries them out and reports; an assessor of another unit
    verifies what they brought about; then the division closes the order, for good.
    """

    _name = "it.kpi.rectification"
    _inherit = [
        "it.kpi.people",
        "it.kpi.workflow",
        "it.kpi.signed",
        "it.kpi.lost.files",
        "it.kpi.explained",
        "it.kpi.documented",
    ]
    _description = "Rectification Order"
    _order = "year desc, number desc"
    _rec_names_search = ["unit_id.name", "unit_id.short_name"]

    _drawn = {"plan_signature": "plan_signed_at", "report_signature": "report_signed_at"}
    _file_paths = ("measure_ids.attachment_ids",)
    _moves = {
        "issue": Move(_lt("Issue"), ("draft",), "issued", ("division",)),
        "sign_plan": Move(_lt("Sign the measures"), ("issued",), "planned", ("leader",)),
        "reopen_plan": Move(
            _lt("Reopen the measures"), ("planned",), "issued", ("leader", "division")
        ),
        "sign_report": Move(_lt("Sign the report"), ("planned",), "reported", ("leader",)),
        "verify": Move(_lt("Verify"), ("reported",), "verified", ("assessor",)),
        "send_back": Move(
            _lt("Send back"), ("reported", "verified"), "planned", ("assessor", "division")
        ),
        "close": Move(_lt("Close"), ("verified",), "closed", ("division",)),
        "withdraw": Move(
            _lt("Withdraw"),
            ("draft", *ORDER_UNDER_WAY),
            "withdrawn",
            ("division",),
        ),
    }
    _editable_depends = ("state", "verifier_id")
    _editable = {
        "demand": BY_DIVISION,
        "plan_until": BY_DIVISION,
        "report_until": BY_DIVISION,
        "measure_ids": Editable(("issued", "planned"), UNIT_STAFF),
        "report": Editable(("planned",), UNIT_STAFF),
        "verifier_id": Editable(("issued", "planned", "reported"), ("head",)),
        "effectiveness": BY_VERIFIER,
        "effect_percent": BY_VERIFIER,
    }
    _people = {"verifier_id": ("assessor",)}

    result_id = fields.Many2one(
        "it.kpi.result", "Published Result", required=True, readonly=True, ondelete="restrict"
    )
    publication_id = fields.Many2one(
        related="result_id.publication_id", store=True, index=True, precompute=True
    )
    cycle_id = fields.Many2one(
        related="result_id.cycle_id", store=True, index=True, precompute=True
    )
    unit_id = fields.Many2one(related="result_id.unit_id", store=True, index=True, precompute=True)
    unit_name = fields.Char(related="result_id.unit_name", string="Name of the Unit")
    unit_short_name = fields.Char(related="result_id.unit_short_name")
    unit_kind = fields.Selection(related="result_id.unit_kind")
    bureau_name = fields.Char(related="publication_id.bureau_name")
    company_id = fields.Many2one(
        related="result_id.company_id", store=True, index=True, precompute=True
    )
    year = fields.Integer(related="cycle_id.year", store=True, precompute=True, aggregator=None)
    number = fields.Integer(
        required=True, readonly=True, aggregator=None, help="Number of the letter in its year."
    )
    letter_number = fields.Char(compute="_compute_letter_number")
    state = fields.Selection(
        [
            ("draft", "In Preparation"),
            ("issued", "Issued"),
            ("planned", "Rectifying"),
            ("reported", "Reported"),
            ("verified", "Verified"),
            ("closed", "Closed"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="draft",
        index=True,
    )
    weakness_ids = fields.One2many(
        "it.kpi.rectification.weakness", "order_id", "Weak Indicators", readonly=True
    )
    demand = fields.Text(required=True, default=DEMAND, help="What the letter asks of the unit.")
    plan_until = fields.Date(
        "Measures Due",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(DAYS_TO_PLAN),
    )
    report_until = fields.Date(
        "Report Due",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(DAYS_TO_REPORT),
    )
    is_late = fields.Boolean(compute="_compute_is_late")
    issued_at = fields.Datetime("Issued On", readonly=True)
    measure_ids = fields.One2many("it.kpi.rectification.measure", "order_id", "Measures")
    progress = fields.Char(compute="_compute_progress", help="Measures done of all measures.")
    progress_percent = fields.Float(compute="_compute_progress", help="Measures done in percent.")
    plan_signature = fields.Binary("Signature below the Measures", readonly=True)
    plan_signed_by_id = fields.Many2one(
        "res.users", "Measures Signed By", readonly=True, ondelete="restrict"
    )
    plan_signed_at = fields.Datetime("Measures Signed On", readonly=True)
    report = fields.Text("Completion Report", help="What the unit did, and what came of it.")
    report_signature = fields.Binary("Signature below the Report", readonly=True)
    report_signed_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    report_signed_at = fields.Datetime("Report Signed On", readonly=True)
    return_reason = fields.Text(
        readonly=True, max_length=REASON_LENGTH, help="Why the order went back to the unit."
    )
    verifier_id = fields.Many2one(
        "res.users",
        index=True,
        ondelete="restrict",
        tracking=True,
        help="The assessor who verifies; of another unit.",
    )
    effectiveness = fields.Text(help="What the measures achieved, as the assessor found it.")
    effect_percent = fields.Integer(
        "Effectiveness (%)",
        aggregator="avg",
        help="How far the weaknesses are put right, 0 to 100.",
    )
    verified_at = fields.Datetime("Verified On", readonly=True)

    _result_unique = models.Constraint(
        "UNIQUE(result_id)", "A unit gets one rectification order per publication."
    )
    _number_unique = models.Constraint(
        "UNIQUE(company_id, year, number)", "This number of the year is given to another letter."
    )
    _terms_in_order = models.Constraint(
        "CHECK(plan_until <= report_until)", "The report cannot be due before the measures."
    )
    _effect_percent_range = models.Constraint(
        "CHECK(effect_percent BETWEEN 0 AND 100)", "Effectiveness lies between 0 and 100 percent."
    )

    @api.depends("year", "number")
    def _compute_letter_number(self):
        """Chinese in every language, as the letter is. It is no 发文字号: the office gives that."""
        for order in self:
            order.letter_number = f"{order.year}年度整改通知书第{order.number}份"

    @api.depends("letter_number", "unit_name")
    def _compute_display_name(self):
        for order in self:
            order.display_name = f"{order.letter_number} {order.unit_name}"

    @api.depends("state", "plan_until", "report_until")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for order in self:
            term = {"issued": order.plan_until, "planned": order.report_until}.get(order.state)
            order.is_late = bool(term) and term < today

    @api.depends("measure_ids.done")
    def _compute_progress(self):
        for order in self:
            total, done = len(order.measure_ids), len(order.measure_ids.filtered("done"))
            order.progress = f"{done} / {total}"
            order.progress_percent = 100 * done / total if total else 0

    @api.constrains("verifier_id")
    def _check_avoidance(self):
        """回避: users do not verify the rectification of units that they belong to."""
        for order in self.sudo():
            if order.verifier_id in order.unit_id.member_ids:
                raise ValidationError(
                    self.env._(
                        "%(person)s belongs to %(unit)s and cannot verify its rectification. "
                        "Assign somebody else.",
                        person=order.verifier_id.name,
                        unit=order.unit_id.name,
                    )
                )

    def _get_roles(self):
        """Users hold each role only for their own unit, or never for their own unit (回避)."""
        roles = super()._get_roles()
        user, order = self.env.user, self.sudo()
        if user not in order.unit_id.reporter_ids:
            roles.discard("reporter")
        if user not in order.unit_id.leader_ids:
            roles.discard("leader")
        if user != order.verifier_id:
            roles.discard("assessor")
        if user in order.unit_id.member_ids:
            roles -= {"assessor", "head"}
        return roles

    def write(self, vals):
        if self.filtered(lambda order: order.state in ORDER_ENDED):
            raise UserError(self.env._("A closed or withdrawn rectification order stays as it is."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A rectification order stays, as a record."))

    def action_issue(self):
        """Issue prepared orders to their units.

        :raise UserError: the unit would have less than the least time for its measures, or the
            result was revised
        """
        self._check_move("issue")
        self._check_rests_on_current()
        for order in self:
            if order.plan_until < get_least_day():
                raise UserError(
                    self.env._(
                        "%(order)s: the measures are due on %(day)s. That leaves the unit less "
                        "than %(days)s days: choose a later one.",
                        order=order.display_name,
                        day=order.plan_until,
                        days=LEAST_DAYS,
                    )
                )
        self._move("issue", issued_at=fields.Datetime.now())

    def action_verify(self):
        """Verify what the measures brought about, as written down before.

        :raise UserError: nothing is written about the effectiveness
        """
        self._check_move("verify")
        self._check_text("effectiveness")
        self._move("verify", verified_at=fields.Datetime.now())

    def action_send_back(self, reason):
        """Send a report back to the unit; its signature and the verification are void.

        The unit has time to report again.
        """
        reason = self._check_reason(reason)
        self._move(
            "send_back",
            reason,
            return_reason=reason,
            verified_at=False,
            **self._sign("report", False),
        )
        self._leave_time("report_until")

    def action_close(self):
        """Close verified orders; nothing changes them afterwards.

        :raise UserError: a measure is open
        """
        self._check_move("close")
        self._check_all_done()
        self._move("close")

    def action_open_result(self):
        """Open the published result of the order, as far as the user can read it."""
        self.ensure_one()
        self.result_id.check_access("read")
        return self.result_id._get_records_action()

    def _leave_time(self, *terms):
        """Move terms that leave the unit less than the least time, and log it."""
        for order in self.sudo():
            near = [name for name in terms if order[name] < get_least_day()]
            order.write(dict.fromkeys(near, get_least_day()))
            for name in near:
                order._message_log(
                    body=self.env._(
                        "“%(term)s” is now %(day)s, so that the unit has time to answer.",
                        term=self._fields[name]._description_string(self.env),
                        day=order[name],
                    )
                )

    def _check_text(self, name):
        for order in self:
            if is_blank(order[name]):
                raise UserError(
                    self.env._(
                        "Fill in “%(field)s” of %(order)s first.",
                        field=self._fields[name]._description_string(self.env),
                        order=order.display_name,
                    )
                )

    def _check_all_done(self):
        for order in self:
            order._check_measures(
                order.measure_ids.filtered(lambda line: not line.done),
                self.env._("Measures of %s that are not done:", order.display_name),
            )

    def _check_measures(self, wrong, sentence):
        if wrong:
            raise UserError("\n".join([sentence, *wrong.mapped("display_name")]))
