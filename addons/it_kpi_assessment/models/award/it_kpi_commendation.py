from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ..mixins.it_kpi_workflow import Move
from .it_kpi_award import BY_DIVISION, ItKpiAward

_lt = LazyTranslate(__name__)


class ItKpiCommendation(models.Model):
    """建议通报表扬名单: the units of a published result that are proposed for a commendation.

    The rubric says who is listed; the leadership strikes and adds, each with a reason, and
    approves. A bureau may not found a 表彰 of its own: papers say 通报表扬, unless the number of
    the document that approved a 表彰 is entered.
    """

    _name = "it.kpi.commendation"
    _inherit = ["it.kpi.award"]
    _description = "Proposed Commendation"

    _moves = {
        **ItKpiAward._moves,
        "amend": Move(_lt("Change the list"), ("proposed",), "proposed", ("leadership",)),
    }
    _editable = {"approval_document": BY_DIVISION}

    approval_document = fields.Char(
        "Approval of the 表彰",
        help="Number of the document by which a higher authority approved a commendation (表彰). "
        "Empty: papers say 通报表扬.",
    )
    line_ids = fields.One2many(
        "it.kpi.commendation.line", "commendation_id", "Units", readonly=True
    )
    listed_count = fields.Integer("Units Listed", compute="_compute_listed_count")

    _publication_unique = models.Constraint(
        "UNIQUE(publication_id)", "There is one proposed commendation for each publication."
    )

    @api.depends("cycle_id", "publication_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for commendation in self:
            commendation.display_name = self.env._(
                "Proposed commendation, %s", commendation.publication_id.display_name
            )

    @api.depends("line_ids.is_listed")
    def _compute_listed_count(self):
        for commendation in self:
            commendation.listed_count = len(commendation.line_ids.filtered("is_listed"))

    @api.model
    def _is_set_up(self, rubric):
        return bool(rubric.commended)

    @api.model
    def _prepare(self, publication):
        """Return a new list: a line for each unit that has a rank, listed as the rubric says."""
        results = publication.result_ids._filter_ranked().sorted("rank")
        listed = self._find_listed(publication.rubric_id, results)
        return {
            **super()._prepare(publication),
            "line_ids": [
                fields.Command.create(
                    {
                        "result_id": result.id,
                        "is_by_rule": result in listed,
                        "is_listed": result in listed,
                    }
                )
                for result in results
            ],
        }

    @api.model
    def _find_listed(self, rubric, results):
        """Return the results that the rubric commends: of the best grade, or the first ones.

        Units that share the last of the first places are all among them.
        """
        if rubric.commended == "band":
            return results.filtered(lambda result: result.band_place == 1)
        groups = results.grouped("unit_kind").values() if rubric.commended_by_kind else [results]
        first = (self._find_first(group, rubric.commended_count) for group in groups)
        return results.browse().union(*first)

    @api.model
    def _find_first(self, results, count):
        """Return the results that fewer than so many others are better than."""
        ranks = results.mapped("rank")
        return results.filtered(lambda result: sum(rank < result.rank for rank in ranks) < count)

    def action_amend(self, line_id, reason):
        """Strike a unit that is listed, or add one that is not, with a reason.

        :param int line_id: the unit's line
        :raise UserError: there is no reason, or the line is of another list
        """
        reason = self._check_reason(reason)
        self._check_move("amend")
        for commendation in self:
            line = commendation.sudo().line_ids.filtered(lambda row: row.id == line_id)
            if not line:
                raise UserError(self.env._("Choose a unit of this list."))
            commendation._move("amend", reason)
            is_listed = not line.is_listed
            line.write(
                {
                    "is_listed": is_listed,
                    "reason": reason if is_listed != line.is_by_rule else False,
                }
            )
            if is_listed:
                text = self.env._("Added to the list: %s", line.unit_name)
            else:
                text = self.env._("Struck off the list: %s", line.unit_name)
            commendation.sudo()._message_log(body=text)

    def _check_complete(self):
        for commendation in self:
            self._check_foundation(commendation.publication_id)
            if not commendation.listed_count:
                raise UserError(self.env._("No unit is on the list."))
