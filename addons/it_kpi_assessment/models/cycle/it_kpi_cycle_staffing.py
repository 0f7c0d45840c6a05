from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.i18n import format_list

from ...tools.bureau import is_unnamed

# How many units a sentence names.
NAMED = 10


class ItKpiCycle(models.Model):
    """What is asked before a year is opened: units that nobody can fill for, a bureau without a
    name (spec, section 11)."""

    _inherit = "it.kpi.cycle"

    opening_questions = fields.Text(
        compute="_compute_opening_questions",
        help="What is missing in a year that is not open yet, a sentence a line.",
    )
    unstaffed_count = fields.Integer(
        compute="_compute_unstaffed_count",
        help="How many units that take part have no reporter or no leader.",
    )

    @api.depends("state", "unit_ids", "company_id")
    def _compute_opening_questions(self):
        for cycle in self:
            asks = cycle.state == "draft" and cycle.unit_ids
            questions = cycle._get_opening_questions() if asks else []
            cycle.opening_questions = "\n".join(questions)

    @api.depends("unit_ids")
    def _compute_unstaffed_count(self):
        for cycle in self:
            cycle.unstaffed_count = len(cycle._get_unstaffed_units())

    def action_show_unstaffed(self):
        """Open the list of the units that take part and have no reporter or no leader."""
        self.ensure_one()
        units = self._get_unstaffed_units()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Units without a Reporter or a Leader"),
            "res_model": units._name,
            "domain": [("id", "in", units.ids)],
            "context": {"active_test": False},  # a unit archived meanwhile still takes part
            "views": [(False, "list"), (False, "form")],
        }

    def _get_unstaffed_units(self):
        """Return the units that take part and have no reporter or no leader, of those that the
        user may read."""
        units = self.env["it.kpi.unit"].sudo().with_context(active_test=False)
        own = Domain("id", "in", self.unit_ids._origin.ids)
        found = units.search(own & units._get_unstaffed_domain(self.sudo().company_id))
        return found.with_env(self.env)._filtered_access("read")

    def _get_opening_questions(self):
        """Return what is missing, as sentences; the year can be opened all the same."""
        self.ensure_one()
        questions = []
        if is_unnamed(self.company_id):
            questions.append(
                self.env._(
                    "The bureau is still called “%s”; all documents print its name.",
                    self.company_id.name,
                )
            )
        units = self._get_unstaffed_units()
        if units:
            questions.append(
                self.env._(
                    "%(count)s units have no reporter or no leader, so that nobody can fill in and "
                    "sign their form: %(units)s",
                    count=len(units),
                    units=self._name_units(units),
                )
            )
        return questions

    def _name_units(self, units):
        """Return the names of the first units, and that there are more."""
        names = units[:NAMED].mapped("name")
        more = len(units) - len(names)
        return format_list(self.env, [*names, *([self.env._("%s more", more)] if more else [])])

    def _check_opening_accepted(self):
        """Raise a UserError if something is missing that the caller has not accepted."""
        for cycle in self:
            questions = cycle._get_opening_questions()
            if questions:
                raise UserError(
                    self.env._(
                        "Before %(cycle)s is opened:\n%(questions)s\nSupply what is missing, or "
                        "confirm in the dialog that the year is opened all the same.",
                        cycle=cycle.display_name,
                        questions="\n".join(questions),
                    )
                )

    def _log_accepted(self):
        """Write into the log what was missing when the year was opened all the same."""
        for cycle in self:
            questions = cycle._get_opening_questions()
            if questions:
                cycle._message_log(body=self.env._("Opened all the same: %s", " ".join(questions)))
