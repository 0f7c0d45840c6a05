from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import CYCLE_PUBLISHED
from ...tools.locking import touch


class ItKpiObservation(models.AbstractModel):
    """What was found in a unit on a day, with its evidence: an incident or an inspection.

    The result of the year depends on it, so it is locked when that year is published (R11). Its
    concrete model declares ``kind`` and ``_editable``.
    """

    _name = "it.kpi.observation"
    _inherit = [
        "it.kpi.primary",
        "it.kpi.editable",
        "it.kpi.evidenced",
        "it.kpi.lost.files",
        "mail.thread",
    ]
    _description = "Observation about a Unit"
    _order = "date desc, id desc"
    _rec_names_search = ["unit_id.name", "unit_id.short_name"]

    # They follow from the unit and the date, so that nobody writes them.
    _derived_fields = {"company_id", "year"}
    _rule_fields = {"unit_id"}
    _editable_depends = ("unit_id", "date")
    _file_paths = ("attachment_ids",)

    unit_id = fields.Many2one(
        "it.kpi.unit", required=True, index=True, ondelete="restrict", tracking=True
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True, precompute=True)
    date = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    year = fields.Integer(
        compute="_compute_year", store=True, precompute=True, index=True, aggregator=None
    )

    @api.depends("date")
    def _compute_year(self):
        for observation in self:
            observation.year = observation.date.year if observation.date else 0

    @api.depends("unit_id", "kind", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for observation in self:
            parts = [
                fields.Date.to_string(observation.date),
                observation.unit_id.short_name,
                kinds.get(observation.kind),
            ]
            observation.display_name = " ".join(filter(None, parts))

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [
            {key: value for key, value in vals.items() if key not in self._derived_fields}
            for vals in vals_list
        ]
        observations = super().create(vals_list)
        observations._check_unlocked()
        return observations

    def write(self, vals):
        result = super().write(vals)
        self._check_unlocked()  # a change of unit or date may lead into a published year
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._check_unlocked()

    def _get_editable_names(self):
        return set() if self._get_lock_reason() else super()._get_editable_names()

    def _lock_for_edit(self, names):
        """Touch the years, so that a concurrent publication is retried with the change."""
        self.check_access("read")
        for observation in self:
            touch(observation._get_cycle())

    def _get_edit_error(self, names):
        reason = self._get_lock_reason()
        derived = [name for name in names if name in self._derived_fields]
        if reason or not derived:
            return reason or super()._get_edit_error(names)
        return self.env._(
            "%s cannot be changed by hand: it follows from the unit and the date.",
            self._get_field_labels(derived),
        )

    def _check_unlocked(self):
        """Raise a UserError if these observations, or their evidence, can no longer change."""
        if self.env.su:
            return
        self._lock_for_edit(())
        for observation in self:
            reason = observation._get_lock_reason()
            if reason:
                raise UserError(reason)

    def _get_lock_reason(self):
        """Return why this observation cannot change now, or False."""
        self.ensure_one()
        if self._get_cycle().state in CYCLE_PUBLISHED:
            return self.env._(
                "The result of %s is published: what it rests on cannot change any more.",
                self.year,
            )
        return False

    def _get_cycle(self):
        """Return the cycle of the observation's year and bureau, if there is one yet."""
        return (
            self.env["it.kpi.cycle"]
            .sudo()
            .search([("company_id", "=", self.company_id.id), ("year", "=", self.year)])
        )
