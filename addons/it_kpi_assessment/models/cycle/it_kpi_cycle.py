from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context
from odoo.tools.translate import LazyTranslate

from ...tools.locking import share
from ...tools.timezone import TIMEZONE, get_day
from ..mixins.it_kpi_workflow import Move
from .create_forms_queries import STATISTICS, create_forms_queries

_lt = LazyTranslate(__name__)


class ItKpiCycle(models.Model):
    """年度考核: one year's assessment of all units that take part (article 5)."""

    _name = "it.kpi.cycle"
    _inherit = ["it.kpi.workflow"]
    _description = "Assessment Cycle"
    _order = "year desc, id desc"
    _rec_names_search = ["year"]
    _check_company_auto = True

    _moves = {
        "open": Move(_lt("Open"), ("draft",), "open", ("division",)),
        "start_review": Move(_lt("Start the review"), ("open",), "review", ("division",)),
        "resume": Move(_lt("Back to filling"), ("review",), "open", ("division",)),
        "approve": Move(_lt("Approve"), ("review",), "review", ("head",)),
        "publish": Move(_lt("Publish"), ("review",), "published", ("division",)),
        "revise": Move(_lt("Revise"), ("published", "archived"), "review", ("division",)),
        "drop_revision": Move(_lt("Drop the revision"), ("review",), "published", ("division",)),
        "archive": Move(_lt("Archive"), ("published",), "archived", ("division",)),
    }
    # The fields that the division may set, by state.
    _settings = {
        "draft": {"year", "company_id", "deadline", "source_rubric_id", "unit_ids"},
        "open": {"deadline", "unit_ids"},
    }

    year = fields.Integer(
        required=True,
        default=lambda self: fields.Date.context_today(self).year,
        aggregator=None,
        copy=False,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("open", "Self-Assessment and Survey"),
            ("review", "Review"),
            ("published", "Published"),
            ("archived", "Archived"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    deadline = fields.Datetime(
        compute="_compute_deadline",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Until when units submit; by the regulation the end of 15 December.",
    )
    source_rubric_id = fields.Many2one(
        "it.kpi.rubric",
        "Rubric",
        compute="_compute_source_rubric_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        check_company=True,
        domain="[('cycle_id', '=', False), ('state', 'in', ('trial', 'effective'))]",
    )
    rubric_id = fields.Many2one(
        "it.kpi.rubric",
        "Rubric as Used",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The copy made on opening, which later changes of the rubric do not reach.",
    )
    unit_ids = fields.Many2many(
        "it.kpi.unit",
        "it_kpi_cycle_unit_rel",
        "cycle_id",
        "unit_id",
        string="Units",
        context={"active_test": False},  # a unit archived meanwhile still takes part
        check_company=True,
        compute="_compute_unit_ids",
        store=True,
        readonly=False,
        precompute=True,
    )
    assessment_ids = fields.One2many("it.kpi.assessment", "cycle_id", readonly=True)
    survey_ids = fields.One2many("it.kpi.survey", "cycle_id", readonly=True)
    can_draw_up_orders = fields.Boolean(related="publication_id.can_draw_up_orders")
    unit_count = fields.Integer(compute="_compute_progress")
    submitted_count = fields.Integer(
        "Submitted", compute="_compute_progress", help="Including those recorded as not filed."
    )
    confirmed_count = fields.Integer("Visited", compute="_compute_progress")
    days_left = fields.Integer(compute="_compute_days_left")

    _year_unique = models.Constraint(
        "UNIQUE(company_id, year)", "There is a cycle of this year already. Open that one."
    )
    _year_range = models.Constraint(
        "CHECK(year BETWEEN 2000 AND 2999)", "Give the year in four digits, such as 2026."
    )

    @api.depends("company_id")
    def _compute_source_rubric_id(self):
        """Propose the newest rubric in force of the bureau whose year this is."""
        for cycle in self:
            if cycle.source_rubric_id.company_id != cycle.company_id:
                cycle.source_rubric_id = self.env["it.kpi.rubric"].search(
                    [
                        ("cycle_id", "=", False),
                        ("state", "in", ("trial", "effective")),
                        ("company_id", "=", cycle.company_id.id),
                    ],
                    limit=1,
                )

    @api.depends("company_id")
    def _compute_unit_ids(self):
        """Propose all units of the bureau whose year this is."""
        for cycle in self:
            if not cycle.unit_ids or cycle.unit_ids.company_id != cycle.company_id:
                cycle.unit_ids = self.env["it.kpi.unit"].search(
                    [("company_id", "=", cycle.company_id.id)]
                )

    @api.depends("year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for cycle in self:
            cycle.display_name = self.env._("Assessment %s", cycle.year or "")

    @api.model
    def _search_display_name(self, operator, value):
        """Find a cycle by its year, whatever words stand around it."""
        if isinstance(value, str):
            value = "".join(filter(str.isdecimal, value)) or value
        return super()._search_display_name(operator, value)

    @api.depends("year")
    def _compute_deadline(self):
        """15 December of the year, end of day in China (article 5)."""
        for cycle in self:
            if not cycle.year or not 2000 <= cycle.year <= 2999:
                continue
            local = TIMEZONE.localize(
                datetime.combine(datetime(cycle.year, 12, 15), time(23, 59, 59))
            )
            cycle.deadline = local.astimezone(pytz.utc).replace(tzinfo=None)

    @api.depends("deadline")
    def _compute_days_left(self):
        """Days as the calendar in China counts them: none on the last day."""
        today = get_day(fields.Datetime.now())
        for cycle in self:
            left = cycle.deadline and (get_day(cycle.deadline) - today).days
            cycle.days_left = max(left or 0, 0)

    @api.depends("unit_ids", "assessment_ids.state", "survey_ids.state")
    def _compute_progress(self):
        submitted = self._count_forms("it.kpi.assessment", ("submitted", "unfiled"))
        confirmed = self._count_forms("it.kpi.survey", ("confirmed",))
        for cycle in self:
            cycle.unit_count = len(cycle.unit_ids)
            cycle.submitted_count = submitted.get(cycle.id, 0)
            cycle.confirmed_count = confirmed.get(cycle.id, 0)

    def _count_forms(self, model, states):
        """Count with sudo: how far the year has come is no secret, who got what is."""
        groups = (
            self.env[model]
            .sudo()
            ._read_group(
                [("cycle_id", "in", self.ids), ("state", "in", states)], ["cycle_id"], ["__count"]
            )
        )
        return {cycle.id: count for cycle, count in groups}

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        for vals in vals_list:
            self._check_settings(vals, "draft")
        # Defaults of the caller's context would set what the values may not.
        clean = self.with_context(clean_context(self.env.context))
        cycles = super(ItKpiCycle, clean).create(vals_list).with_env(self.env)
        cycles._check_deadline_ahead()
        return cycles

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        for cycle in self:
            cycle._check_settings(vals, cycle.state)
        result = super().write(vals)
        if "company_id" in vals:
            self.check_access("write")  # the rules hold for the new bureau as well
        if "deadline" in vals:
            self._check_deadline_ahead()
        if "unit_ids" in vals:
            self.filtered(lambda cycle: cycle.state == "open")._update_forms()
        return result

    def _check_settings(self, vals, state):
        chatter = {name for name in vals if name.startswith(("message_", "activity_"))}
        forbidden = vals.keys() & self._fields.keys() - self._settings.get(state, set()) - chatter
        if forbidden:
            labels = [self._fields[name]._description_string(self.env) for name in forbidden]
            raise UserError(
                self.env._(
                    "“%(fields)s” cannot be changed by hand while the cycle is “%(state)s”.",
                    fields=labels,
                    state=self._get_state_label(state),
                )
            )

    def _check_deadline_ahead(self):
        for cycle in self:
            if not cycle.deadline or cycle.deadline <= fields.Datetime.now():
                raise UserError(
                    self.env._(
                        "The deadline of %s lies in the past. Choose a later one.",
                        cycle.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_opened(self):
        for cycle in self:
            if cycle.state != "draft":
                raise UserError(
                    self.env._("%s was opened: it stays, as a record.", cycle.display_name)
                )

    def _check_is_open(self):
        """Raise a UserError unless forms can be filled and filed in these cycles.

        The cycles stay open until the end of the transaction.
        """
        share(self)
        for cycle in self:
            if cycle.state != "open":
                raise UserError(
                    self.env._(
                        "%(cycle)s is “%(state)s”: its forms can neither be filled nor filed now.",
                        cycle=cycle.display_name,
                        state=self._get_state_label(cycle.state),
                    )
                )

    def action_open(self):
        """Open the year: freeze the rubric and lay out both forms of every unit.

        :raise UserError: no units take part, or the deadline has passed
        :raise ValidationError: the rubric is incomplete
        """
        for cycle in self:
            cycle._open()

    def _open(self):
        self._check_opening()
        self._move("open", rubric_id=self.source_rubric_id._freeze_for(self).id)
        self._lay_out_forms()
        self.env.cr.execute(STATISTICS)

    def _check_opening(self):
        """Raise unless all is well with the year for its being opened by the current user."""
        self._check_move("open")
        self._check_rubric_in_force()
        if not self.unit_ids:
            raise UserError(self.env._("Choose the units that take part first."))
        self._check_company(["unit_ids"])
        self._check_deadline_ahead()

    def _check_rubric_in_force(self):
        if self.source_rubric_id.state not in ("trial", "effective"):
            raise UserError(
                self.env._(
                    "The rubric %s is neither on trial nor effective. Choose another one.",
                    self.source_rubric_id.display_name,
                )
            )

    def action_archive_cycle(self):
        """Archive published years."""
        self._move("archive")

    def action_draw_up_orders(self):
        """Prepare the rectification orders of the year's current publication.

        :raise UserError: nothing is published yet
        """
        self.ensure_one()
        self.check_access("read")
        if not self.publication_id:
            raise UserError(self.env._("%s is not published yet.", self.display_name))
        return self.publication_id.action_draw_up_orders()

    def _update_forms(self):
        """Follow a change of the units of an open cycle: lay out for those who joined."""
        for cycle in self:
            left = cycle.sudo().assessment_ids.unit_id - cycle.unit_ids
            if left:
                raise UserError(
                    self.env._(
                        "%s already has its forms and stays in the cycle. "
                        "If it does not file, record it as not filed.",
                        left.mapped("name"),
                    )
                )
            cycle._lay_out_forms()

    def _lay_out_forms(self):
        """Give every unit that has none both its forms, with a line per indicator."""
        self.ensure_one()
        self.env.flush_all()
        for query in create_forms_queries(self):
            self.env.execute_query(query)
        self.env.invalidate_all(flush=False)
