from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.i18n import format_list

from ...const import INCIDENT_KINDS


def describe_incidents(env, kinds):
    """Return kinds of incidents, joined by commas in ``kinds``, in the user's words."""
    labels = dict(env["it.kpi.veto"]._fields["kind"]._description_selection(env))
    return format_list(env, [labels[kind] for kind in sorted((kinds or "").split(",")) if kind])


def explain_zeroed(env, kinds):
    """Return which kinds of incident made the points of an indicator 0 (R7)."""
    return env._(
        "0.00: an incident of the year zeroes this indicator (%s)", describe_incidents(env, kinds)
    )


def explain_zeroed_lines(lines):
    """Return which indicators incidents made 0 (R7), a sentence per kind of incident."""
    zeroed = lines.filtered(lambda line: line.origin == "zeroed")
    return [
        lines.env._(
            "%(incident)s in the year: “%(indicators)s” counts 0.00.",
            incident=describe_incidents(lines.env, kinds),
            indicators="、".join(part.indicator_id.mapped("name")),
        )
        for kinds, part in zeroed.grouped("veto_kinds").items()
    ]


class ItKpiVeto(models.Model):
    """What a kind of incident does to a score: it zeroes the final or one indicator (R6, R7).

    It is a setting of the rubric because the wording of attachment 1 can be read both ways.
    """

    _name = "it.kpi.veto"
    _inherit = ["it.kpi.rubric.part"]
    _description = "Veto"
    _order = "kind, id"
    _rec_name = "kind"

    rubric_id = fields.Many2one("it.kpi.rubric", required=True, index=True, ondelete="cascade")
    kind = fields.Selection(INCIDENT_KINDS, "Incident", required=True)
    effect = fields.Selection(
        [("final", "Final becomes 0"), ("indicator", "Indicator becomes 0")],
        required=True,
        default="final",
    )
    indicator_id = fields.Many2one(
        "it.kpi.indicator",
        index=True,
        ondelete="cascade",
        domain="[('rubric_id', '=', rubric_id)]",
        help="The indicator that becomes 0 on both forms.",
    )

    concerned_id = fields.Many2one(
        "it.kpi.indicator",
        "Indicator Concerned",
        index="btree_not_null",
        ondelete="set null",
        domain="[('rubric_id', '=', rubric_id)]",
        help="Stands among the weaknesses that a unit with this incident rectifies. The indicator "
        "that becomes 0 does so anyway.",
    )

    _kind_unique = models.Constraint(
        "UNIQUE(rubric_id, kind)", "A rubric says only once what a kind of incident does."
    )
    _indicator_named = models.Constraint(
        "CHECK((effect = 'indicator') = (indicator_id IS NOT NULL))",
        "Name the indicator that becomes 0, and leave it empty when the final becomes 0.",
    )

    def _get_zeroed(self, kinds):
        """Return ``{indicator: kinds, joined by commas}`` that incidents of these kinds zero."""
        zeroed = defaultdict(list)
        for veto in self.sorted("kind"):
            if veto.indicator_id and veto.kind in kinds:
                zeroed[veto.indicator_id].append(veto.kind)
        return {indicator: ",".join(found) for indicator, found in zeroed.items()}

    @api.constrains("rubric_id", "indicator_id", "concerned_id")
    def _check_same_rubric(self):
        for veto in self:
            for indicator in veto.indicator_id | veto.concerned_id:
                if indicator.rubric_id != veto.rubric_id:
                    raise ValidationError(
                        self.env._("%s belongs to another rubric.", indicator.name)
                    )
