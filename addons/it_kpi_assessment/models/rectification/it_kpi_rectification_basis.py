from odoo import api, fields, models


class ItKpiRectification(models.Model):
    """The part of the published result that all users who may read the order may know.

    The unit's people and the verifier may not all read the result itself, so it is read with sudo,
    starting from ``_origin``: a client may send another result.
    """

    _inherit = "it.kpi.rectification"

    rank = fields.Integer(compute="_compute_basis", aggregator=None)
    final = fields.Float(digits=(6, 2), compute="_compute_basis", aggregator=None)
    basis = fields.Char(compute="_compute_basis", help="Why the unit must rectify.")
    weakness_rule = fields.Char(compute="_compute_basis", help="What counts as weak.")

    @api.depends("result_id")
    @api.depends_context("lang")
    def _compute_basis(self):
        results = self._origin.sudo().result_id
        counts = dict(
            results._read_group(
                [
                    ("publication_id", "in", results.publication_id.ids),
                    ("withdrawn", "=", False),
                ],
                ["publication_id"],
                ["__count"],
            )
        )
        for order in self:
            result = order._origin.sudo().result_id
            order.rank = result.rank
            order.final = result.final
            order.basis = self._describe_basis(result, counts.get(result.publication_id, 0))
            order.weakness_rule = self.env._(
                "Weak are the indicators that earned less than %s%% of their points in either "
                "form, and those that an incident of the year is about; what the unit does not "
                "have is left out.",
                result.publication_id.rubric_id.weak_percent,
            )

    def _describe_basis(self, result, count):
        basis = self.env._(
            "Rank %(rank)s of %(count)s, final score %(final)s",
            rank=result.rank,
            count=count,
            final=f"{result.final:.2f}",
        )
        if result.note:
            basis = self.env._("%(basis)s; %(note)s", basis=basis, note=result.note)
        return basis
