from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.locking import touch


class ItKpiFact(models.AbstractModel):
    """What was found in a unit on a day, with its evidence: an incident or an inspection.

    The result of the year rests on it, so it closes with the publication of that year (R11).
    Its concrete model declares ``kind``.
    """

    _name = "it.kpi.fact"
    _inherit = ["it.kpi.current", "mail.thread"]
    _description = "Fact about a Unit"
    _order = "date desc, id desc"
    _rec_names_search = ["unit_id.name", "unit_id.short_name"]

    # What follows from the unit and the date: nobody writes it.
    _derived_fields = {"company_id", "year"}

    unit_id = fields.Many2one(
        "it.kpi.unit", required=True, index=True, ondelete="restrict", tracking=True
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True, precompute=True)
    date = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    year = fields.Integer(
        compute="_compute_year", store=True, precompute=True, index=True, aggregator=None
    )
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Evidence", copy=False, bypass_search_access=True
    )

    @api.depends("date")
    def _compute_year(self):
        for fact in self:
            fact.year = fact.date.year if fact.date else 0

    @api.depends("unit_id", "kind", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for fact in self:
            parts = [
                fields.Date.to_string(fact.date),
                fact.unit_id.short_name,
                kinds.get(fact.kind),
            ]
            fact.display_name = " ".join(filter(None, parts))

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [
            {key: value for key, value in vals.items() if key not in self._derived_fields}
            for vals in vals_list
        ]
        facts = super().create(vals_list)
        facts._check_unlocked()
        facts._claim_evidence()
        return facts

    def write(self, vals):
        self._check_not_derived(vals)
        self._check_unlocked()
        result = super().write(vals)
        if "unit_id" in vals:
            self.check_access("write")  # the rules hold for the new unit as well
        self._check_unlocked()
        if "attachment_ids" in vals:
            self._claim_evidence()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._check_unlocked()

    def _claim_evidence(self):
        for fact in self:
            fact.attachment_ids._claim_as_evidence(fact)

    def _check_not_derived(self, vals):
        derived = sorted(self._derived_fields & vals.keys())
        if derived and not self.env.su:
            raise UserError(
                self.env._(
                    "%s cannot be changed by hand: it follows from the unit and the date.",
                    [self._fields[name]._description_string(self.env) for name in derived],
                )
            )

    def _check_unlocked(self):
        """Raise a UserError if these facts, or their evidence, can no longer change.

        If they can, a publication that began before does not go on without the change.
        """
        if self.env.su:
            return
        for fact in self:
            reason = fact._get_lock_reason()
            if reason:
                raise UserError(reason)
            touch(fact._get_cycle())

    def _get_lock_reason(self):
        """Return why this fact cannot change now, or False."""
        self.ensure_one()
        if self._get_cycle().state in ("published", "archived"):
            return self.env._(
                "The result of %s is published: what it rests on cannot change any more.",
                self.year,
            )
        return False

    def _get_cycle(self):
        """Return the cycle of the fact's year and bureau, if there is one yet."""
        return (
            self.env["it.kpi.cycle"]
            .sudo()
            .search([("company_id", "=", self.company_id.id), ("year", "=", self.year)])
        )
