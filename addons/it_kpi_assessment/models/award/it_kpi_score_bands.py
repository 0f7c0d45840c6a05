from odoo import api, fields, models
from odoo.tools.i18n import format_list
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# Why a unit got another grade than its final reaches; official papers have words of their own
# (award/band_words.py).
GROUNDS = {
    "veto": _lt("an incident of the year"),
    "unfiled": _lt("the self-assessment is not filed"),
    "rectification": _lt("an unfinished rectification"),
    "quota": _lt("the quota"),
}


class ItKpiScore(models.AbstractModel):
    """等次 of a unit: live or published, the same fields. Empty where the rubric has no bands."""

    _inherit = "it.kpi.score"

    band = fields.Char("Grade", compute="_compute_band", max_length=20)
    band_place = fields.Integer(
        "Place of the Grade", compute="_compute_band", aggregator=None, help="1 is the best grade."
    )
    band_reached = fields.Char(
        "Grade Reached",
        compute="_compute_band",
        max_length=20,
        help="The grade that the final reaches, without quota and bars.",
    )
    band_grounds = fields.Char(
        "Why the Grade Differs",
        compute="_compute_band",
        max_length=False,
        help="What keeps the unit from the grade that its final reaches, joined by commas.",
    )
    band_text = fields.Char("About the Grade", compute="_compute_band_text")

    def _compute_band(self):
        """A live score is graded with all others; a published one holds what was frozen."""
        self.band = self.band_place = self.band_reached = self.band_grounds = False

    @api.depends("band", "band_reached", "band_grounds")
    @api.depends_context("lang")
    def _compute_band_text(self):
        for score in self:
            score.band_text = score.band and score._describe_band()

    def _describe_band(self):
        """Return which grade the final reaches, and why another one was given."""
        if not self.band_grounds:
            return self.env._("The final reaches “%s”", self.band)
        return self.env._(
            "The final reaches “%(reached)s”; the grade given is “%(given)s” because of: "
            "%(grounds)s",
            reached=self.band_reached,
            given=self.band,
            grounds=format_list(
                self.env, [self.env._(GROUNDS[ground]) for ground in self.band_grounds.split(",")]
            ),
        )

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self._is_graded())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Leave the grades out of the views of a bureau that has none."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if not self._is_graded():
            for node in arch.xpath("//*[starts-with(@name, 'band')]"):
                node.getparent().remove(node)
        return arch, view

    @api.model
    def _is_graded(self):
        """Return whether a year of the user's bureaus grades its units."""
        domain = [
            ("rubric_id.cycle_id", "!=", False),
            ("rubric_id.company_id", "in", self.env.companies.ids),
        ]
        return bool(self.env["it.kpi.band"].sudo().search_count(domain, limit=1))
