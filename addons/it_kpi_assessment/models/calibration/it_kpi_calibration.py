from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.i18n import format_list
from odoo.tools.translate import LazyTranslate

from ..mixins.it_kpi_editable import Editable
from ..mixins.it_kpi_workflow import Move

_lt = LazyTranslate(__name__)

IN_DRAFT = Editable(("draft",), ("division",))
# The fields of the two results whose forms are graded, by the sample that each becomes.
SAMPLES = {"first": "first_result_id", "second": "second_result_id"}
# The states of a year whose result is in force and not being revised.
FINAL = ("published", "archived")
# Who grades.
GRADERS = ("assessor", "head")


class ItKpiCalibration(models.Model):
    """试评: before the season every member of the assessment group grades two forms of last year.

    The forms are shown without names. Nothing of it counts: no score, mean, ranking or result reads
    these records. After closing a grid says how far the marks agree with those of last year.

    Who grades does not read a round before it is closed, only their own sheets: it knows which
    units the forms are from.
    """

    _name = "it.kpi.calibration"
    _inherit = ["it.kpi.workflow"]
    _description = "Calibration Round"
    _order = "year desc, id desc"
    _rec_names_search = ["year"]

    _moves = {
        "open": Move(_lt("Open"), ("draft",), "open", ("division",)),
        "close": Move(_lt("End the round"), ("open",), "closed", ("division",)),
    }
    _editable_depends = ("state",)
    _editable = dict.fromkeys(("publication_id", *SAMPLES.values(), "hidden_words"), IN_DRAFT)

    publication_id = fields.Many2one(
        "it.kpi.publication",
        "Result of Last Year",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._get_last_publication(),
        domain="[('state', '=', 'published'), ('is_current', '=', True)]",
        help="The published result whose forms are graded once more.",
    )
    company_id = fields.Many2one(
        related="publication_id.company_id", store=True, index=True, precompute=True
    )
    cycle_id = fields.Many2one(
        related="publication_id.cycle_id", store=True, index=True, precompute=True
    )
    year = fields.Integer(
        compute="_compute_year",
        store=True,
        precompute=True,
        aggregator=None,
        help="The year before whose surveys the group calibrates: the newest that is not "
        "published yet, or else the one after the result.",
    )
    state = fields.Selection(
        [("draft", "In Preparation"), ("open", "Being Graded"), ("closed", "Ended")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
    )
    sheet_ids = fields.One2many("it.kpi.calibration.sheet", "calibration_id", readonly=True)
    handed_in = fields.Char(
        compute="_compute_handed_in", help="Sheets that are handed in, of all sheets."
    )

    _year_unique = models.Constraint(
        "UNIQUE(company_id, year)", "There is a calibration round for this year already."
    )

    @api.model
    def _get_last_publication(self):
        """Return the newest published result of the bureau."""
        domain = [
            ("company_id", "=", self.env.company.id),
            ("state", "=", "published"),
            ("is_current", "=", True),
        ]
        return self.env["it.kpi.publication"].search(domain, limit=1)

    @api.depends("cycle_id.year", "company_id")
    def _compute_year(self):
        """A year may have been left out, so the one that comes is asked of the bureau."""
        groups = self.env["it.kpi.cycle"]._read_group(
            [("company_id", "in", self.company_id.ids), ("state", "not in", FINAL)],
            ["company_id"],
            ["year:max"],
        )
        coming = dict(groups)
        for calibration in self:
            year = calibration.cycle_id.year
            latest = coming.get(calibration.company_id._origin, 0)
            calibration.year = year and (latest if latest > year else year + 1)

    @api.depends("year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for calibration in self:
            calibration.display_name = self.env._("Calibration %s", calibration.year or "")

    @api.depends("sheet_ids.state")
    def _compute_handed_in(self):
        """One query for all rounds."""
        groups = (
            self.env["it.kpi.calibration.sheet"]
            .sudo()
            ._read_group(
                [("calibration_id", "in", self._origin.ids)],
                ["calibration_id", "state"],
                ["__count"],
            )
        )
        counts = {(calibration.id, state): count for calibration, state, count in groups}
        for calibration in self:
            done = counts.get((calibration._origin.id, "handed_in"), 0)
            total = done + counts.get((calibration._origin.id, "draft"), 0)
            calibration.handed_in = f"{done} / {total}" if total else False

    @api.constrains("publication_id", *SAMPLES.values())
    def _check_results(self):
        for calibration in self.sudo():
            results = calibration._get_results()
            if calibration.publication_id.state != "published":
                raise ValidationError(self.env._("Choose a result that is published."))
            if results.publication_id - calibration.publication_id:
                raise ValidationError(self.env._("Choose forms of the result named above."))

    def _get_results(self):
        """Return the results whose forms are graded."""
        return self.env["it.kpi.result"].union(*(self[name] for name in SAMPLES.values()))

    def action_open(self):
        """Give everybody who grades a sheet of each form, without names.

        :raise UserError: two forms with a self-assessment are not chosen, or nobody can grade
        """
        self._check_move("open")
        for calibration in self.sudo():
            calibration._check_samples()
        self._move("open")
        for calibration in self.sudo():
            calibration._create_sheets()

    def action_close(self):
        """End rounds: the grid shows what was handed in until now, and nothing more is."""
        self._move("close")

    def _check_samples(self):
        """Raise a UserError unless two different forms of a result in force can be graded."""
        publication = self.publication_id
        if not publication.is_current or publication.cycle_id.state not in FINAL:
            raise UserError(
                self.env._(
                    "%s is not the current result: it was revised since, or is being revised. "
                    "Choose the current result, once it is published.",
                    publication.display_name,
                )
            )
        results = self._get_results()
        if len(results) < len(SAMPLES):
            raise UserError(self.env._("Choose two forms, of different units."))
        empty = results.filtered(lambda result: result.unfiled or result.withdrawn)
        if empty:
            raise UserError(
                self.env._(
                    "%s: there is no self-assessment that could be graded. Choose another unit.",
                    format_list(self.env, empty.mapped("unit_name")),
                )
            )

    def _get_move_notes(self, name):
        """Return whose sheets are missing; it names no unit."""
        if name != "close":
            return super()._get_move_notes(name)
        missing = self.sudo().sheet_ids.filtered(lambda sheet: sheet.state == "draft")
        people = [f"{sheet.user_id.name} · {sheet._get_sample_label()}" for sheet in missing]
        return [(self.env._("Not handed in, and not in the grid:"), people)]

    def _create_sheets(self):
        """Create a sheet of each form for all who grade, but for those of its unit (回避)."""
        graders = self._get_graders()
        if not graders:
            raise UserError(self.env._("Nobody in the bureau is an assessor or a head."))
        sheets = [
            {
                "calibration_id": self.id,
                "sample": sample,
                "user_id": user.id,
                "line_ids": [fields.Command.create(line) for line in lines],
            }
            for sample, lines in self._prepare_lines().items()
            for user in graders - self._get_recused(self[SAMPLES[sample]])
        ]
        self.env["it.kpi.calibration.sheet"].sudo().create(sheets)

    def _get_graders(self):
        """Return the active users of the bureau who grade."""
        users = self.env["res.users"].union(*(self._get_role_users(role) for role in GRADERS))
        return users.sorted("id")

    @api.model
    def _get_recused(self, results):
        """Return who belongs to the units of results, or did while their year was under way."""
        surveys = self.env["it.kpi.survey"].sudo().with_context(active_test=False)
        domain = [
            ("cycle_id", "in", results.cycle_id.ids),
            ("unit_id", "in", results.unit_id.ids),
        ]
        return surveys.search(domain)._get_recused() if results else self.env["res.users"]
