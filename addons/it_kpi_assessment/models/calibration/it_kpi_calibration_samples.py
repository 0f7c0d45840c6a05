from odoo import api, fields, models
from odoo.tools import groupby

from ...calibration.agreement import get_spread
from ...calibration.names import Hider
from ...tools.roles import has_role
from .it_kpi_calibration import SAMPLES

# Chinese in every language, as the texts are in which they stand.
OWN_UNITS = {"first": "被评单位甲", "second": "被评单位乙"}
OTHER_UNIT, PERSON, BUREAU, HIDDEN = "其他单位", "某同志", "本局", "〇〇"
GRADABLE = (
    "[('publication_id', '=', publication_id), ('unfiled', '=', False), "
    "('withdrawal_reason', '=', False)]"
)
DIVISION = "it_kpi_assessment.group_division"


class ItKpiCalibration(models.Model):
    """Which two forms are graded, and their texts without names.

    The program proposes two forms and replaces the names that it knows: of the units, of the people
    and of the bureau. It cannot know every hint, so the division reads the texts before it opens
    the round, and adds the words that would still give a unit away.
    """

    _inherit = "it.kpi.calibration"

    first_result_id = fields.Many2one(
        "it.kpi.result",
        "First Form",
        compute="_compute_results",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        groups=DIVISION,
        domain=GRADABLE,
        help="The unit whose forms are graded as 被评单位甲.",
    )
    second_result_id = fields.Many2one(
        "it.kpi.result",
        "Second Form",
        compute="_compute_results",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        groups=DIVISION,
        domain=GRADABLE,
        help="The unit whose forms are graded as 被评单位乙.",
    )
    hidden_words = fields.Text(
        groups=DIVISION,
        help="Further words that would give a unit away, such as places, roads and systems; one on "
        "each line. They are replaced by 〇〇.",
    )
    preview = fields.Html(
        "What the Graders Read",
        compute="_compute_preview",
        sanitize=False,
        groups=DIVISION,
        help="The texts of both units as they are given to the graders.",
    )

    @api.depends("publication_id")
    def _compute_results(self):
        """Propose the forms whose marks spread most.

        Only to the division of the bureau: clients may send the result of any. So it is computed
        as the user, not with sudo as other stored fields are.
        """
        for calibration in self:
            bureau = calibration.publication_id.sudo().company_id
            is_allowed = self.env.su or has_role(self.env, "division", bureau)
            proposed = calibration.sudo()._propose_results() if is_allowed else ()
            for name, result in zip(SAMPLES.values(), [*proposed, False, False], strict=False):
                calibration[name] = result

    def _propose_results(self):
        """Return the two results whose surveys have the most different marks.

        Of equal ones come first those whose most frequent mark is the least frequent, then the
        better rank. Units to which somebody who grades belongs come after all others, so that
        everybody can grade both forms.
        """
        publication = self.publication_id._origin
        results = publication.result_ids._filter_ranked().filtered(lambda row: not row.unfiled)
        groups = self.env["it.kpi.result.line"]._read_group(
            [("publication_id", "=", publication.id), ("kind", "=", "survey")],
            ["result_id", "grade_id", "not_applicable"],
            ["__count"],
        )
        counts = {
            result: [count for *_key, count in rows]
            for result, rows in groupby(groups, lambda row: row[0])
        }
        own = self._get_units_of_graders()
        return sorted(
            results,
            key=lambda result: (
                result.unit_id not in own,
                get_spread(counts.get(result, ())),
                -result.rank,
            ),
            reverse=True,
        )[: len(SAMPLES)]

    def _get_units_of_graders(self):
        """Return the units of the bureau that somebody who grades belongs to."""
        units = self.env["it.kpi.unit"].sudo().with_context(active_test=False)
        return units.search([("member_ids", "in", self._get_graders().ids)])

    @api.depends("first_result_id", "second_result_id", "hidden_words")
    @api.depends_context("uid", "lang")
    def _compute_preview(self):
        """Only for who may read the texts themselves: clients may send any result."""
        for calibration in self:
            results = calibration.sudo()._get_results()
            if not has_role(self.env, "division", results.company_id):
                calibration.preview = False
                continue
            lines = calibration.sudo()._prepare_lines().values()
            indicators = self.env["it.kpi.indicator"].browse(
                dict.fromkeys(line["indicator_id"] for part in lines for line in part)
            )
            calibration.preview = self.env["ir.qweb"]._render(
                "it_kpi_assessment.calibration_preview",
                {
                    "indicators": indicators,
                    "samples": [{line["indicator_id"]: line for line in part} for part in lines],
                    "labels": list(OWN_UNITS.values()),
                },
            )

    def _prepare_lines(self):
        """Return ``{sample: values of the lines of a sheet}``."""
        return {sample: self._prepare_sample(sample) for sample in SAMPLES}

    def _prepare_sample(self, sample):
        """Return the values of the lines of one form, with the texts of the unit without names."""
        hider = self._get_hider(sample)
        result = self[SAMPLES[sample]]
        forms = self.env["it.kpi.assessment"].sudo()
        form = forms.search(
            [("cycle_id", "=", result.cycle_id.id), ("unit_id", "=", result.unit_id.id)]
        )
        return [
            {
                "indicator_id": line.indicator_id.id,
                "own_explanation": hider.hide(line.explanation) or False,
                "own_remark": hider.hide(line.remark) or False,
                "own_file_count": len(line.attachment_ids),
            }
            for line in form.line_ids
        ]

    def _get_hider(self, sample):
        """Return what replaces the names in the texts of a sample."""
        result = self[SAMPLES[sample]]
        company = result.company_id
        people = self.env["res.users"].sudo().with_context(active_test=False)
        people = people.search([("company_ids", "in", company.ids)])
        return Hider(
            {
                **dict.fromkeys((self.hidden_words or "").splitlines(), HIDDEN),
                **dict.fromkeys(people.mapped("name"), PERSON),
                **dict.fromkeys((company.name, result.publication_id.bureau_name), BUREAU),
                **{
                    name: OWN_UNITS[sample] if unit == result.unit_id else OTHER_UNIT
                    for unit, name in self._get_unit_names(result.publication_id)
                },
            }
        )

    @api.model
    def _get_unit_names(self, publication):
        """Yield ``(unit, name)``: what each unit of the bureau is called, and was as published."""
        units = self.env["it.kpi.unit"].sudo().with_context(active_test=False)
        for unit in units.search([("company_id", "=", publication.company_id.id)]):
            yield from ((unit, unit.name), (unit, unit.short_name))
        for result in publication.result_ids:
            yield from (
                (result.unit_id, result.unit_name),
                (result.unit_id, result.unit_short_name),
            )
