from odoo import fields, models

# The rules, each a field of the rubric that turns it on.
HINTS = ("hint_same_text", "hint_same_file", "hint_unchanged")


class ItKpiRubric(models.Model):
    """提示: what a head may look at twice. Hints never grade; each is off until it is turned on."""

    _inherit = "it.kpi.rubric"

    hint_same_text = fields.Boolean(
        "Same Explanation",
        help="The same explanation stands on several lines, or in several units.",
    )
    hint_same_file = fields.Boolean(
        "Same File", help="The same file is evidence of several indicators, or of several units."
    )
    hint_unchanged = fields.Boolean(
        "Unchanged Explanation", help="An explanation is that of the year before."
    )
