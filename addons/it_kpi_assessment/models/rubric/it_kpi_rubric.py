from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.translate import LazyTranslate

from ...const import MOST_NOTICE_DAYS, NOTICE_SCOPES, RUBRIC_IN_FORCE, RUBRIC_STATES
from ...tools.decimals import exact
from ...tools.locking import touch
from ..mixins.it_kpi_editable import Editable
from ..mixins.it_kpi_workflow import Move

_lt = LazyTranslate(__name__)


class ItKpiRubric(models.Model):
    """评价细则 (attachment 1): one version of it, or the copy that a cycle is bound to."""

    _name = "it.kpi.rubric"
    _inherit = ["it.kpi.workflow"]
    _description = "Rubric"
    _order = "id desc"

    _moves = {
        "start_trial": Move(_lt("Put on trial"), ("draft",), "trial", ("division",)),
        "make_effective": Move(
            _lt("Make effective"), ("draft", "trial"), "effective", ("division",)
        ),
        "archive": Move(_lt("Archive"), RUBRIC_IN_FORCE, "archived", ("division",)),
    }
    _editable = dict.fromkeys(
        (
            *("name", "version", "document", "company_id", "former_id"),
            *("full_points", "last_count", "weak_percent"),
            *("notice_days", "notice_scope", "objection_days"),
            *("band_ids", "quota_kind", "quota", "quota_by_kind", "quota_edge"),
            *("veto_bar", "unfiled_bar", "rectification_bar"),
            *("proposes_funds", "commended", "commended_count", "commended_by_kind"),
            *("hint_same_text", "hint_same_file", "hint_unchanged"),
            *("grade_ids", "dimension_ids", "indicator_ids", "veto_ids", "check_ids"),
        ),
        Editable(("draft",), ("division",)),
    )
    _editable_depends = ("state", "cycle_id")
    _creation_fields = {"origin_id"}

    name = fields.Char(required=True)
    version = fields.Char(required=True, copy=False)
    document = fields.Char(help="Number of the document that issued this version.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    state = fields.Selection(RUBRIC_STATES, required=True, default="draft", copy=False)
    full_points = fields.Float(
        digits=(6, 2), required=True, default=100, help="What all dimensions together are worth."
    )
    last_count = fields.Integer(
        "Units to Rectify",
        required=True,
        default=3,
        help="How many units at the end of the ranking must rectify (article 6).",
    )
    weak_percent = fields.Integer(
        "Weak below (%)",
        required=True,
        default=80,
        help="A rectification order names the indicators that earned less than this share of "
        "their points, in percent.",
    )
    notice_days = fields.Integer(
        "Days of the Public Notice",
        required=True,
        default=0,
        help="How many weekdays the approved result is shown to the units before it is published "
        "(公示). 0: there is no notice.",
    )
    notice_scope = fields.Selection(
        NOTICE_SCOPES,
        "A Unit Reads",
        required=True,
        default="own",
        help="What a unit reads while the public notice lasts.",
    )
    objection_days = fields.Integer(
        "Days to Object after Publication",
        required=True,
        default=0,
        help="How many weekdays after a publication a unit may still object (复核申请). 0: it may "
        "not. To a proposed result a unit objects while the notice lasts.",
    )
    grade_ids = fields.One2many("it.kpi.grade", "rubric_id")
    dimension_ids = fields.One2many("it.kpi.dimension", "rubric_id")
    indicator_ids = fields.One2many("it.kpi.indicator", "rubric_id", readonly=True)
    veto_ids = fields.One2many("it.kpi.veto", "rubric_id")
    check_ids = fields.One2many(
        "it.kpi.check",
        "rubric_id",
        copy=True,
        default=lambda self: self.env["it.kpi.check"]._prepare_defaults(),
    )
    cycle_id = fields.Many2one(
        "it.kpi.cycle",
        "Bound to Cycle",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="cascade",
        help="Set on the copy that a cycle works with: nothing changes it any more.",
    )
    origin_id = fields.Many2one(
        "it.kpi.rubric", "Copied From", readonly=True, copy=False, index="btree_not_null"
    )

    _version_unique = models.UniqueIndex(
        "(company_id, version) WHERE cycle_id IS NULL",
        "There is a rubric of this version already. Give this one another version.",
    )
    _last_count_positive = models.Constraint(
        "CHECK(last_count >= 0)", "The number of units to rectify cannot be negative."
    )
    _weak_percent_range = models.Constraint(
        "CHECK(weak_percent BETWEEN 0 AND 100)", "A share of the points lies between 0 and 100 %."
    )
    _notice_days_range = models.Constraint(
        f"CHECK(notice_days BETWEEN 0 AND {MOST_NOTICE_DAYS}"
        f" AND objection_days BETWEEN 0 AND {MOST_NOTICE_DAYS})",
        "A notice, and the time to object, lasts at most 60 weekdays.",
    )
    _full_points_positive = models.Constraint(
        "CHECK(full_points > 0)", "A rubric must be worth more than 0 points."
    )

    @api.depends("name", "version")
    def _compute_display_name(self):
        for rubric in self:
            rubric.display_name = f"{rubric.name or ''} {rubric.version or ''}".strip()

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for rubric, vals in zip(self, vals_list, strict=True):
            vals.setdefault("version", self.env._("%(version)s copy", version=rubric.version))
            vals.setdefault("origin_id", rubric.id)
            # A second bureau gets its rubric by duplicating that of the first one.
            if not (default or {}).get("company_id"):
                vals["company_id"] = self.env.company.id
        return vals_list

    def copy(self, default=None):
        """Copy the rubrics with all their parts; the copies are drafts."""
        copies = super().copy(default)
        for rubric, duplicate in zip(self, copies, strict=True):
            rubric._copy_parts(duplicate)
        return copies

    def _copy_parts(self, target):
        grades = {grade: grade.copy({"rubric_id": target.id}) for grade in self.grade_ids}
        for dimension in self.dimension_ids:
            self.env["it.kpi.dimension"].create(dimension._prepare_copy(target, grades))
        target.invalidate_recordset()
        indicators = {indicator.code: indicator.id for indicator in target.indicator_ids}
        for veto in self.veto_ids:
            named = {
                name: indicators.get(veto[name].code, False)
                for name in ("indicator_id", "concerned_id")
            }
            veto.copy({"rubric_id": target.id, **named})
        self._copy_mapping(target)

    def write(self, vals):
        self._check_not_published()
        if "former_id" in vals:
            self.env.registry.clear_cache()  # the mapping is proposed anew
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_force(self):
        self._check_parts_editable()

    def _check_not_published(self):
        """Raise a UserError if a published result rests on the rubric, to the superuser too (R11).

        Means, sentences and papers of the result read the points and texts of this copy.
        """
        published = self.sudo().cycle_id.filtered("publication_ids")
        if published:
            raise UserError(
                self.env._(
                    "This rubric belongs to the published result of %s, and stays as it was used.",
                    published[0].display_name,
                )
            )

    def _check_move(self, name):
        """Raise as every workflow does, and on the copy of a year: it makes no moves."""
        self.check_access("read")
        bound = self.filtered("cycle_id")
        if bound:
            raise UserError(
                self.env._(
                    "%(rubric)s is the copy that %(cycle)s works with, and stays as it is. Make "
                    "the move on the version that it was copied from.",
                    rubric=bound[0].display_name,
                    cycle=bound[0].cycle_id.display_name,
                )
            )
        return super()._check_move(name)

    def _check_parts_editable(self):
        """Raise a UserError unless the current user can change what the rubrics consist of."""
        self._check_not_published()
        if not self.env.su:
            self._check_editable(["dimension_ids", "grade_ids", "veto_ids", "check_ids"])

    def _get_editable_names(self):
        return set() if self.cycle_id else super()._get_editable_names()

    def _is_move_allowed(self, name):
        return not self.cycle_id and super()._is_move_allowed(name)

    def _lock_for_edit(self, names):
        """Touch the row: a concurrent transition then fails to serialize, is retried, and checks
        the changed rubric."""
        self.check_access("read")
        touch(self)

    def _get_edit_error(self, names):
        if self._lacks_role(names) or any(name not in self._editable for name in names):
            return super()._get_edit_error(names)
        return self.env._(
            "The rubric %(rubric)s is in force and cannot be changed. "
            "Duplicate it and change the copy.",
            rubric=self.display_name,
        )

    def action_start_trial(self):
        """Put drafts on trial (试行), if they are complete."""
        self._check_complete()
        self._move("start_trial")

    def action_make_effective(self):
        """Make drafts or trials effective (正式), if they are complete."""
        self._check_complete()
        self._move("make_effective")

    def action_archive_version(self):
        """Archive versions that are no longer used for new cycles."""
        self._move("archive")

    def _check_complete(self):
        """Raise a ValidationError that lists all that is wrong with the rubrics."""
        problems = [problem for rubric in self for problem in rubric._get_problems()]
        if problems:
            raise ValidationError("\n".join(problems))

    def _get_problems(self):
        """Return a sentence for every place where this rubric is incomplete or adds up wrongly."""
        self.ensure_one()
        problems = []
        if not self.grade_ids:
            problems.append(self.env._("The rubric %s has no grades.", self.display_name))
        problems += self._get_sum_problem(self, self.full_points, self.dimension_ids)
        for dimension in self.dimension_ids:
            problems += self._get_sum_problem(dimension, dimension.points, dimension.item_ids)
            for item in dimension.item_ids:
                problems += self._get_sum_problem(item, item.points, item.indicator_ids)
        for indicator in self.indicator_ids:
            problems += indicator._get_problems()
        return problems + self._get_band_problems() + self._get_award_problems()

    def _get_sum_problem(self, whole, points, parts):
        total = sum((exact(part.points) for part in parts), exact(0))
        if total == exact(points):
            return []
        return [
            self.env._(
                "%(whole)s is worth %(points)s points, but its parts add up to %(total)s.",
                whole=whole.display_name,
                points=f"{exact(points):.2f}",
                total=f"{total:.2f}",
            )
        ]

    def _get_in_force(self, company):
        """Return the newest version that the bureau works with, on trial or effective."""
        return self.search(
            [
                ("cycle_id", "=", False),
                ("state", "in", RUBRIC_IN_FORCE),
                ("company_id", "=", company.id),
            ],
            limit=1,
        )

    def _freeze_for(self, cycle):
        """Return a copy of this rubric that belongs to the cycle and that nobody can change."""
        self._check_complete()
        frozen = self.sudo().copy(
            {
                "name": self.name,
                "version": self.version,
                "company_id": self.company_id.id,
                "cycle_id": cycle.id,
            }
        )
        frozen.state = self.state
        return frozen
