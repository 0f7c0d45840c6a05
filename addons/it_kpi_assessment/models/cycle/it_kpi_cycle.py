from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ...const import ASSESSMENT_ENDED, CYCLE_PUBLISHED, CYCLE_REVIEWED
from ...tools.timezone import end_of_day, get_day
from ..mixins.it_kpi_editable import Editable
from ..mixins.it_kpi_workflow import Move

_lt = LazyTranslate(__name__)

IN_DRAFT = Editable(("draft",), ("division",))


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
        "move_deadline": Move(_lt("Move the deadline"), ("open",), "open", ("division",)),
        "add_units": Move(_lt("Add units"), ("open",), "open", ("division",)),
        "start_review": Move(_lt("Start the review"), ("open",), "review", ("division",)),
        "resume": Move(_lt("Back to filling"), ("review",), "open", ("division",)),
        "approve": Move(_lt("Approve"), ("review",), "review", ("head",)),
        "propose": Move(_lt("Open the public notice"), ("review",), "proposed", ("division",)),
        "move_notice_end": Move(
            _lt("Move the end of the public notice"), ("proposed",), "proposed", ("division",)
        ),
        "withdraw_notice": Move(
            _lt("Withdraw the public notice"), ("proposed",), "review", ("division",)
        ),
        "approve_again": Move(
            _lt("Approve the corrected result"), ("proposed",), "proposed", ("head",)
        ),
        "renew_notice": Move(
            _lt("Renew the public notice"), ("proposed",), "proposed", ("division",)
        ),
        "publish": Move(_lt("Publish"), CYCLE_REVIEWED, "published", ("division",)),
        "revise": Move(_lt("Revise"), CYCLE_PUBLISHED, "review", ("division",)),
        "drop_revision": Move(_lt("Drop the revision"), ("review",), "published", ("division",)),
        "archive": Move(_lt("Archive"), ("published",), "archived", ("division",)),
    }
    _editable_depends = ("state", "is_being_opened")
    _editable = {
        "year": IN_DRAFT,
        "company_id": IN_DRAFT,
        "source_rubric_id": IN_DRAFT,
        "deadline": IN_DRAFT,
        "unit_ids": IN_DRAFT,
    }

    year = fields.Integer(
        required=True,
        default=lambda self: self._get_next_year(),
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
            ("proposed", "Public Notice"),
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
        help="Submission deadline; the regulation sets the end of 15 December.",
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
    unit_count = fields.Integer(
        compute="_compute_progress", help="Without the units that were withdrawn."
    )
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

    def _get_next_year(self):
        """Return this year, or the first one after it that the bureau has not set up yet."""
        domain = [("company_id", "=", self.env.company.id)]
        taken = set(self.sudo().search(domain).mapped("year"))
        year = get_day(fields.Datetime.now()).year
        while year in taken:
            year += 1
        return year

    @api.depends("company_id")
    def _compute_source_rubric_id(self):
        """Propose the newest rubric in force of the bureau whose year this is."""
        for cycle in self:
            if cycle.source_rubric_id.company_id != cycle.company_id:
                cycle.source_rubric_id = self.env["it.kpi.rubric"]._get_in_force(cycle.company_id)

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
        """Find a cycle by its year, whatever words surround it."""
        if isinstance(value, str):
            value = "".join(filter(str.isdecimal, value)) or value
        return super()._search_display_name(operator, value)

    @api.depends("year")
    def _compute_deadline(self):
        """15 December of the year, end of day in China (article 5)."""
        for cycle in self:
            if not cycle.year or not 2000 <= cycle.year <= 2999:
                continue
            cycle.deadline = end_of_day(date(cycle.year, 12, 15))

    @api.depends("deadline")
    def _compute_days_left(self):
        """Days as the calendar in China counts them: none on the last day."""
        today = get_day(fields.Datetime.now())
        for cycle in self:
            left = cycle.deadline and (get_day(cycle.deadline) - today).days
            cycle.days_left = max(left or 0, 0)

    @api.depends("unit_ids", "assessment_ids.state", "survey_ids.state")
    def _compute_progress(self):
        submitted = self._count_forms("it.kpi.assessment", ASSESSMENT_ENDED)
        confirmed = self._count_forms("it.kpi.survey", ("confirmed",))
        withdrawn = self._count_forms("it.kpi.assessment", ("withdrawn",))
        for cycle in self:
            cycle.unit_count = len(cycle.unit_ids) - withdrawn.get(cycle.id, 0)
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
        cycles = super().create(vals_list)
        if not self.env.su:
            cycles._check_deadline()
        return cycles

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        if self._editable.keys() & vals.keys():
            self._check_not_being_opened()
        result = super().write(vals)
        if "deadline" in vals:
            self._check_deadline()
        return result

    def _get_editable_names(self):
        return set() if self.is_being_opened else super()._get_editable_names()

    def _get_edit_error(self, names):
        if self._lacks_role(names):
            return super()._get_edit_error(names)
        if self.state == "open" and {"deadline", "unit_ids"}.issuperset(names):
            return self.env._(
                "%s is open: its deadline and its units change by the buttons, with a reason. "
                "A unit that has its forms stays in the year; if it does not file, record it as "
                "not filed; if it was abolished or merged, withdraw it, with the decision.",
                self.display_name,
            )
        return self.env._(
            "“%(fields)s” cannot be changed by hand while the cycle is “%(state)s”.",
            fields=self._get_field_labels(names),
            state=self._get_state_label(self.state),
        )

    def _is_move_allowed(self, name):
        allowed = super()._is_move_allowed(name)
        if name == "open":
            return allowed and not self.is_being_opened
        if name == "drop_revision":
            return allowed and bool(self.publication_id)
        return allowed and self._is_notice_move_due(name)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_opened(self):
        for cycle in self:
            if cycle.state != "draft":
                raise UserError(
                    self.env._("%s was opened: it stays, as a record.", cycle.display_name)
                )

    def action_archive_cycle(self):
        """Archive published years."""
        self._move("archive")
