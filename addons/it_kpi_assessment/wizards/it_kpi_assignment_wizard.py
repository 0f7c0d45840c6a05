from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..const import MOST_SIGNED, REASON_LENGTH


class ItKpiAssignmentWizard(models.TransientModel):
    """Assign assessors to several surveys at once: a table of units and assessors, 回避 grey."""

    _name = "it.kpi.assignment.wizard"
    _inherit = ["it.kpi.primary"]
    _description = "Assignment of Assessors"

    form_ids = fields.Many2many(
        "it.kpi.survey",
        string="Surveys",
        required=True,
        readonly=True,
        default=lambda self: [Command.set(self._get_chosen().ids)],
    )
    table = fields.Json(
        compute="_compute_table",
        help="The people and the units of the table, and who is recused from which.",
    )
    assigned = fields.Json(
        compute="_compute_assigned",
        store=True,
        readonly=False,
        help="Ids of the assessors from now on, by the id of the survey.",
    )
    needs_reason = fields.Boolean(
        compute="_compute_needs_reason", help="Assessors change on a survey that they have begun."
    )
    reason = fields.Text(max_length=REASON_LENGTH)

    def _get_chosen(self):
        """Return the surveys that the dialog was opened on."""
        context = self.env.context
        ids = context.get("active_ids") or [context.get("active_id")]
        if len(ids) > MOST_SIGNED:
            raise UserError(self.env._("At most %s surveys are assigned at once.", MOST_SIGNED))
        return self.env["it.kpi.survey"].browse(filter(None, ids)).exists()

    def _get_forms(self):
        """Return the surveys as they are stored, while the dialog itself is not."""
        return self.form_ids._origin

    @api.constrains("form_ids")
    def _check_form_ids(self):
        self.form_ids.sudo(False).check_access("read")  # constraints run as sudo

    @api.depends("form_ids")
    def _compute_table(self):
        for wizard in self:
            people = wizard._get_people()
            wizard.table = {
                "people": [
                    {"id": user.id, "name": user.name, "login": user.login} for user in people
                ],
                "rows": [wizard._get_row(form, people) for form in wizard._get_forms()],
            }

    def _get_people(self):
        """Return the assessors of the bureaus of these surveys."""
        holdings = self.env["it.kpi.holding"].search(
            [("role", "=", "assessor"), ("company_id", "in", self._get_forms().company_id.ids)]
        )
        return holdings.user_id.filtered("active").sorted("name")

    def _get_row(self, form, people):
        recused = people & form._get_recused().with_env(self.env)
        is_open = form.state == "draft" and form._is_open()
        return {
            "id": form.id,
            "unit": form.unit_short_name,
            "recused": recused.ids,
            "is_locked": not is_open,
        }

    @api.depends("form_ids")
    def _compute_assigned(self):
        for wizard in self:
            wizard.assigned = {str(form.id): form.assessor_ids.ids for form in wizard._get_forms()}

    @api.depends("assigned")
    def _compute_needs_reason(self):
        for wizard in self:
            wizard.needs_reason = any(form._is_begun() for form in wizard._read_changes())

    def _read_changes(self):
        """Return ``{survey: ids of its assessors}`` of the surveys whose assessors change.

        :raise UserError: clients sent something else than ids
        """
        assigned = self.assigned or {}
        changes = {}
        for form in self._get_forms():
            ids = assigned.get(str(form.id)) if isinstance(assigned, dict) else None
            if ids is None:
                continue
            if not isinstance(ids, list) or not all(type(each) is int for each in ids):
                raise UserError(self.env._("Assessors are given by their ids."))
            if set(ids) != set(form.assessor_ids.ids):
                changes[form] = ids
        return changes

    def action_confirm(self):
        """Assign as the table says. Where assessors have begun, the log gets the reason.

        :return: the action that says how many surveys changed, and closes the dialog
        :raise AccessError: the user is not a head who may assign here
        :raise UserError: a reason is missing, or a survey is confirmed
        :raise ValidationError: somebody would assess their own unit (回避)
        """
        self.ensure_one()
        self.check_access("write")
        changes = self._read_changes()
        for form, ids in changes.items():
            if form._is_begun():
                form.action_reassign(ids, self.reason)
            else:
                form.assessor_ids = [Command.set(ids)]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Surveys with other assessors: %s", len(changes)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
