from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ...const import REASON_LENGTH, UNIT_STAFF
from ...tools.text import is_blank
from ...tools.timezone import format_moment
from ..mixins.it_kpi_editable import Editable
from ..mixins.it_kpi_workflow import Move

_lt = LazyTranslate(__name__)

BY_UNIT = Editable(("draft",), UNIT_STAFF)
BY_HEAD = Editable(("received",), ("head",))
# The states in which an objection is with its unit, and those in which it waits for the bureau.
WITH_UNIT = ("draft", "to_sign")
UNDECIDED = ("filed", "received")


class ItKpiObjection(models.Model):
    """复核申请: what a unit objects to in its proposed or published result, line by line.

    The reporter writes it, the leader signs it, the division receives or dismisses it, and a head
    who belongs to no unit concerned decides it (spec, section 7).
    """

    _name = "it.kpi.objection"
    _inherit = ["it.kpi.workflow", "it.kpi.signed", "it.kpi.lost.files", "it.kpi.documented"]
    _description = "Objection"
    _order = "cycle_id desc, id desc"
    _rec_names_search = ["unit_id.name", "unit_id.short_name"]

    _drawn = {"signature": "signed_at"}
    _file_paths = ("line_ids.attachment_ids",)
    _moves = {
        "hand_over": Move(_lt("Hand over to sign"), ("draft",), "to_sign", UNIT_STAFF),
        "take_back": Move(_lt("Hand back"), ("to_sign",), "draft", ("leader",)),
        "submit": Move(_lt("Sign and file"), ("to_sign",), "filed", ("leader",)),
        "receive": Move(_lt("Receive"), ("filed",), "received", ("division",)),
        "dismiss": Move(_lt("Dismiss"), ("filed",), "dismissed", ("division",)),
        "decide": Move(_lt("Decide"), ("received",), "decided", ("head",)),
    }
    _editable_depends = ("state",)
    _editable = {"line_ids": BY_UNIT, "decision_ids": BY_HEAD}

    result_id = fields.Many2one("it.kpi.result", required=True, readonly=True, ondelete="restrict")
    publication_id = fields.Many2one(
        related="result_id.publication_id", store=True, index=True, precompute=True
    )
    cycle_id = fields.Many2one(
        related="result_id.cycle_id", store=True, index=True, precompute=True
    )
    unit_id = fields.Many2one(related="result_id.unit_id", store=True, index=True, precompute=True)
    unit_name = fields.Char(related="result_id.unit_name", string="Name of the Unit")
    unit_kind = fields.Selection(related="result_id.unit_kind")
    bureau_name = fields.Char(related="publication_id.bureau_name")
    company_id = fields.Many2one(
        related="result_id.company_id", store=True, index=True, precompute=True
    )
    is_to_proposal = fields.Boolean(
        "To a Proposed Result", compute="_compute_is_to_proposal", store=True, precompute=True
    )
    state = fields.Selection(
        [
            ("draft", "Being Written"),
            ("to_sign", "To Sign"),
            ("filed", "Filed"),
            ("received", "Received"),
            ("dismissed", "Dismissed"),
            ("decided", "Decided"),
        ],
        required=True,
        readonly=True,
        default="draft",
        index=True,
        group_expand=True,
    )
    until = fields.Datetime(
        "To Be Filed Until",
        compute="_compute_until",
        help="End of the public notice, or of the days to object to a published result.",
    )
    line_ids = fields.One2many("it.kpi.objection.line", "objection_id", "Lines Objected To")
    decision_ids = fields.One2many(
        "it.kpi.objection.line", "objection_id", "Decisions", help="The same lines, for the head."
    )
    signature = fields.Binary("Leader's Signature", attachment=True, readonly=True, copy=False)
    signed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    signed_at = fields.Datetime("Signed On", readonly=True, copy=False)
    received_at = fields.Datetime("Received On", readonly=True, copy=False)
    dismissal_reason = fields.Char(
        "Reason for the Dismissal",
        readonly=True,
        copy=False,
        max_length=REASON_LENGTH,
        multiline=True,
        help="Why the objection is not received (不予受理).",
    )
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    decided_at = fields.Datetime("Decided On", readonly=True, copy=False)
    upheld_count = fields.Integer(
        "Lines Upheld", readonly=True, copy=False, aggregator=None, help="Lines to be corrected."
    )
    reopened_at = fields.Datetime(
        "Lines Reopened On",
        readonly=True,
        copy=False,
        help="Of a published result, when the division revises the year.",
    )
    outdated_proposal_id = fields.Many2one(
        "it.kpi.publication",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The proposed result that is no longer right, because lines were reopened.",
    )
    carried_out_at = fields.Datetime(
        "Carried Out On",
        readonly=True,
        copy=False,
        help="When the corrected forms were signed and filed again.",
    )
    is_to_carry_out = fields.Boolean(
        compute="_compute_is_to_carry_out", help="Lines were upheld, and are not corrected yet."
    )

    _result_unique = models.Constraint(
        "UNIQUE(result_id)", "A unit objects once to a proposed or published result."
    )

    @api.depends("cycle_id", "unit_name", "is_to_proposal")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for objection in self:
            objection.display_name = self.env._(
                "%(cycle)s %(unit)s objection",
                cycle=objection.cycle_id.display_name,
                unit=objection.unit_name,
            )

    @api.depends("publication_id.state")
    def _compute_is_to_proposal(self):
        for objection in self:
            objection.is_to_proposal = objection.publication_id.state == "proposed"

    @api.depends("cycle_id.notice_until", "cycle_id.proposal_id", "cycle_id.publication_id")
    def _compute_until(self):
        for objection in self:
            objection.until = objection.sudo().result_id._get_objection_end()

    @api.depends("upheld_count", "carried_out_at")
    def _compute_is_to_carry_out(self):
        for objection in self:
            objection.is_to_carry_out = bool(
                objection.upheld_count and not objection.carried_out_at
            )

    def _get_roles(self):
        """Users hold a role for their own unit, or for units that they do not belong to (回避).

        An objection tells marks of surveys, so before publication no head decides on it who
        belongs to any unit of the year.
        """
        roles = super()._get_roles()
        user, objection = self.env.user, self.sudo()
        unit = objection.unit_id.with_context(active_test=False)
        roles -= {role for role in UNIT_STAFF if user not in unit[f"{role}_ids"]}
        if user in objection._get_survey()._get_recused():
            roles -= {"division", "head"}
        if objection.cycle_id.is_recused:
            roles.discard("head")
        return roles

    def _get_survey(self):
        """Return the survey of the unit in the year that the result is of."""
        return self.env["it.kpi.survey"].search(
            [("cycle_id", "=", self.cycle_id.id), ("unit_id", "=", self.unit_id.id)]
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An objection stays, as a record."))

    def action_hand_over(self):
        """Hand the objection to the unit's leader to sign.

        :raise UserError: it names no line, a line lacks claim or reason, or the time is over
        """
        self._check_move("hand_over")
        self._check_complete()
        self._check_in_time()
        self._move("hand_over")

    def action_take_back(self, reason):
        """Hand the objection back to be changed, in place of signing it."""
        reason = self._check_reason(reason)
        self._move("take_back", reason)

    def action_submit(self, signature):
        """Sign and file objections, as leader of the unit.

        :param str signature: the drawn signature, an image in base64
        :raise UserError: nothing is drawn, a line is incomplete, or the time is over
        """
        self._check_signature(signature)
        self._check_move("submit")
        self._check_complete()
        self._check_in_time()
        self._move(
            "submit",
            signature=signature,
            signed_by_id=self.env.uid,
            signed_at=fields.Datetime.now(),
        )

    def action_receive(self):
        """Receive objections (受理), so that the head decides them."""
        self._move("receive", received_at=fields.Datetime.now())

    def action_dismiss(self, reason):
        """Dismiss objections (不予受理) that cannot be decided, with the reason."""
        reason = self._check_reason(reason)
        self._move("dismiss", reason, dismissal_reason=reason)

    def action_open_result(self):
        """Open the result that the objection is about, as far as the user can read it."""
        self.ensure_one()
        self.result_id.check_access("read")
        return self.result_id._get_records_action()

    def _check_complete(self):
        for objection in self:
            lines = objection.line_ids
            if not lines or any(is_blank(line.claim) or is_blank(line.reason) for line in lines):
                raise UserError(
                    self.env._("Name the lines objected to, each with what is claimed, and why.")
                )

    def _check_in_time(self):
        """Raise a UserError if the notice, or the days to object, are over."""
        now = fields.Datetime.now()
        for objection in self:
            if not objection.until:
                raise UserError(
                    self.env._("Another result has taken the place of the one objected to.")
                )
            if objection.until <= now:
                raise UserError(
                    self.env._(
                        "Objections could be filed until %s.", format_moment(objection.until)
                    )
                )
