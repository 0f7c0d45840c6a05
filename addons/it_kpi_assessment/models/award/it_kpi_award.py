from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import clean_context
from odoo.tools.translate import LazyTranslate

from ...const import REASON_LENGTH
from ...tools.locking import touch
from ...tools.roles import has_role
from ..mixins.it_kpi_editable import Editable
from ..mixins.it_kpi_workflow import Move

_lt = LazyTranslate(__name__)

BY_DIVISION = Editable(("draft",), ("division",))


class ItKpiAward(models.AbstractModel):
    """Mixin: what the division proposes on a published result, and the leadership approves.

    There is one for each publication. A revision makes it void: it stays as a record, and another
    one is drawn up on the new publication.
    """

    _name = "it.kpi.award"
    _inherit = ["it.kpi.workflow"]
    _rec_names_search = ["publication_id"]
    _description = "Proposal on a Published Result"
    _order = "year desc, id desc"

    _moves = {
        "propose": Move(_lt("Propose"), ("draft",), "proposed", ("division",)),
        "approve": Move(_lt("Approve"), ("proposed",), "approved", ("leadership",)),
        "send_back": Move(_lt("Send back"), ("proposed", "approved"), "draft", ("leadership",)),
    }
    _editable_depends = ("state",)

    publication_id = fields.Many2one(
        "it.kpi.publication", required=True, readonly=True, index=True, ondelete="restrict"
    )
    cycle_id = fields.Many2one(
        related="publication_id.cycle_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="publication_id.company_id", store=True, index=True, precompute=True
    )
    year = fields.Integer(related="cycle_id.year", store=True, precompute=True, aggregator=None)
    bureau_name = fields.Char(related="publication_id.bureau_name")
    state = fields.Selection(
        [
            ("draft", "In Preparation"),
            ("proposed", "With the Leadership"),
            ("approved", "Approved"),
            ("void", "Void"),
        ],
        required=True,
        readonly=True,
        default="draft",
        index=True,
        help="Void: the result that it rests on was revised.",
    )
    return_reason = fields.Text(
        readonly=True, max_length=REASON_LENGTH, help="Why the leadership sent it back."
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    approved_by_name = fields.Char("Approver", readonly=True)
    approved_at = fields.Datetime("Approved On", readonly=True)

    @api.model
    def _draw_up(self, publication):
        """Return the proposal of a publication, which is made if there is none.

        :raise AccessError: the user is not of the division
        :raise UserError: the result is not published, is superseded, or the rubric has no such
            proposals
        """
        publication.check_access("read")
        if not has_role(self.env, "division", publication.company_id):
            raise AccessError(self.env._("This is drawn up by the informatization division."))
        self._check_foundation(publication)
        touch(publication.cycle_id)
        awards = self.sudo().with_context(clean_context(self.env.context))
        found = awards.search([("publication_id", "=", publication.id)])
        award = found or awards.create(self._prepare(publication.sudo()))
        return award.with_env(self.env)

    @api.model
    def _prepare(self, publication):
        """Return the values of a new proposal on a publication."""
        return {"publication_id": publication.id}

    @api.model
    def _is_set_up(self, rubric):
        """Return whether a rubric has such proposals."""
        raise NotImplementedError

    @api.model
    def _check_foundation(self, publication):
        if not self._is_set_up(publication.sudo().rubric_id):
            raise UserError(
                self.env._("The rubric of %s has no such proposals.", publication.display_name)
            )
        if publication.state == "proposed":
            raise UserError(self.env._("%s is not published yet.", publication.display_name))
        if not publication.is_current:
            raise UserError(
                self.env._("%s is superseded by a later revision.", publication.display_name)
            )

    @api.model
    def _get_former(self, publication):
        """Return the proposal that the last revision of the year made void, if there is one."""
        domain = [("cycle_id", "=", publication.cycle_id.id), ("state", "=", "void")]
        return self.sudo().search(domain, order="id desc", limit=1)

    @api.model
    def _void(self, cycle):
        """Make the proposals of a year void, because its result is published anew.

        The log says which units' results the revision moved.
        """
        domain = [
            ("cycle_id", "=", cycle.id),
            ("state", "!=", "void"),
            ("publication_id", "!=", cycle.publication_id.id),
        ]
        for award in self.sudo().search(domain):
            award.state = "void"
            award._message_log(body=award._describe_revision(cycle.publication_id))

    def _describe_revision(self, publication):
        """Return that this is void, and the units whose result the revision changed."""
        changes = self.env["it.kpi.result.change"].search([("publication_id", "=", publication.id)])
        moved = "、".join(changes.mapped("unit_name"))
        return self.env._(
            "Void: the result was revised. Its numbers differ for: %s",
            moved or self.env._("no unit"),
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A proposal stays, as a record."))

    def action_propose(self):
        """Hand proposals to the leadership, as they are entered.

        :raise UserError: something is missing
        """
        self._check_move("propose")
        self._check_complete()
        self._move("propose", return_reason=False)

    def action_approve(self):
        """Approve proposals, as the leadership."""
        self._check_move("approve")
        self._check_complete()
        self._move(
            "approve",
            approved_by_id=self.env.uid,
            approved_by_name=self.env.user.name,
            approved_at=fields.Datetime.now(),
        )

    def action_send_back(self, reason):
        """Send proposals back to the division, with the reason; an approval is void."""
        reason = self._check_reason(reason)
        self._move(
            "send_back",
            reason,
            return_reason=reason,
            approved_by_id=False,
            approved_by_name=False,
            approved_at=False,
        )

    def _check_complete(self):
        """Raise a UserError if a proposal cannot be approved as it is."""
