from odoo import api, fields, models

from .it_kpi_objection import UNDECIDED, WITH_UNIT


class ItKpiCycle(models.Model):
    """The objections to the results of a year: decided and carried out before it goes on."""

    _inherit = "it.kpi.cycle"

    objection_ids = fields.One2many("it.kpi.objection", "cycle_id", readonly=True)
    objection_count = fields.Integer(
        "Objections", compute="_compute_objection_count", help="Signed by the leader of their unit."
    )
    undecided_count = fields.Integer("Undecided", compute="_compute_objection_count")
    objection_days = fields.Integer(related="rubric_id.objection_days")
    edition_ids = fields.One2many(
        "it.kpi.publication",
        "cycle_id",
        "Editions",
        domain=[("state", "=", "published")],
        readonly=True,
        help="What was published, without the proposed results.",
    )
    proposal_ids = fields.One2many(
        "it.kpi.publication",
        "cycle_id",
        "Public Notices",
        domain=[("state", "=", "proposed")],
        readonly=True,
    )

    @api.depends("objection_ids.state")
    def _compute_objection_count(self):
        """Count with sudo: how many objections there are is told in the notice."""
        groups = (
            self.env["it.kpi.objection"]
            .sudo()
            ._read_group(
                [("cycle_id", "in", self.ids), ("state", "not in", WITH_UNIT)],
                ["cycle_id", "state"],
                ["__count"],
            )
        )
        for cycle in self:
            counts = {state: count for year, state, count in groups if year.id == cycle._origin.id}
            cycle.objection_count = sum(counts.values())
            cycle.undecided_count = sum(counts.get(state, 0) for state in UNDECIDED)

    def _get_pending_objections(self):
        """Return a sentence for each objection that is undecided or not carried out.

        That of a unit that was withdrawn from the year has lapsed (R13).
        """
        self.ensure_one()
        objections = self.sudo().objection_ids.filtered(
            lambda row: row.state in UNDECIDED or row.is_to_carry_out
        )
        if objections:
            withdrawn = self.sudo().withdrawn_ids.unit_id
            objections = objections.filtered(lambda row: row.unit_id not in withdrawn)
        return [
            self.env._("%s: the objection is not carried out yet.", objection.unit_name)
            if objection.is_to_carry_out
            else self.env._("%s: the objection is not decided yet.", objection.unit_name)
            for objection in objections.sorted("id")
        ]

    def _is_proposal_outdated(self):
        """Return whether lines were reopened since the current proposal was frozen."""
        self.ensure_one()
        cycle = self.sudo()
        outdated = cycle.objection_ids.outdated_proposal_id
        return bool(cycle.proposal_id & outdated)
