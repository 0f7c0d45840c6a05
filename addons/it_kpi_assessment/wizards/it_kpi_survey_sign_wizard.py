from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..const import MOST_SIGNED
from ..tools.timezone import get_day


class ItKpiSurveySignWizard(models.TransientModel):
    """Let an assessor sign one or several surveys, or the head confirm them.

    Of several, those that are complete are signed; the dialog names the others, and what they lack.
    """

    _name = "it.kpi.survey.sign.wizard"
    _inherit = ["it.kpi.sign.dialog"]
    _description = "Signature below Surveys"

    form_ids = fields.Many2many(
        "it.kpi.survey",
        string="Surveys",
        required=True,
        readonly=True,
        default=lambda self: [Command.set(self._get_chosen().ids)],
    )
    act = fields.Selection(
        [("sign", "Sign"), ("confirm", "Confirm")], required=True, readonly=True, default="sign"
    )
    ready_ids = fields.Many2many(
        "it.kpi.survey", string="To Be Signed", compute="_compute_ready_ids"
    )
    form_count = fields.Integer(compute="_compute_ready_ids")
    ready_count = fields.Integer(compute="_compute_ready_ids")
    findings = fields.Json(
        compute="_compute_ready_ids", help="What is still to be done before the signature."
    )
    asks_date = fields.Boolean(
        compute="_compute_asks_date", help="The day of the visit is not filled in yet."
    )
    visit_date = fields.Date(
        "Visited On",
        compute="_compute_visit_date",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    progress = fields.Char("Marked Lines", compute="_compute_ready_ids")
    shown_total = fields.Float("Points of the Form", digits=(6, 2), compute="_compute_ready_ids")

    @api.model
    def default_get(self, fields):
        """Check before anything is drawn that the surveys can be signed in their present state.

        :raise AccessError: they are not for this user
        :raise UserError: one of them is in another state, or these are too many
        """
        values = super().default_get(fields)
        forms = self._get_chosen()
        if len(forms) == 1:
            forms._check_move(values.get("act") or "sign")
            forms._check_avoidance()
        return values

    def _get_chosen(self):
        """Return the surveys that the dialog was opened on."""
        context = self.env.context
        ids = context.get("active_ids") or [context.get("active_id")]
        if len(ids) > MOST_SIGNED:
            raise UserError(self.env._("At most %s surveys are signed at once.", MOST_SIGNED))
        return self.env["it.kpi.survey"].browse(filter(None, ids)).exists()

    @api.constrains("form_ids")
    def _check_form_ids(self):
        self.form_ids.sudo(False).check_access("read")  # constraints run as sudo

    @api.depends("form_ids", "act")
    def _compute_asks_date(self):
        for wizard in self:
            form = wizard._get_only()
            wizard.asks_date = bool(form) and wizard.act == "sign" and not form.visit_date

    @api.depends("form_ids", "act")
    def _compute_visit_date(self):
        """Propose today to an assessor who has not said yet when the unit was visited."""
        for wizard in self:
            proposed = wizard.asks_date and get_day(fields.Datetime.now())
            wizard.visit_date = wizard._get_only().visit_date or proposed

    @api.depends("form_ids", "act", "visit_date")
    @api.depends_context("uid", "lang")
    def _compute_ready_ids(self):
        for wizard in self:
            forms = wizard._get_forms()
            lacking = {form: wizard._find(form) for form in forms}
            ready = forms.filtered(lambda form, lacking=lacking: not lacking[form])
            wizard.ready_ids = ready
            wizard.form_count, wizard.ready_count = len(lacking), len(ready)
            wizard.findings = [finding for found in lacking.values() for finding in found]
            wizard.progress = wizard._get_only().progress
            wizard.shown_total = wizard._get_only().shown_total

    def _get_only(self):
        """Return the survey where the dialog is about one; empty where it is about several."""
        forms = self._get_forms()
        return forms if len(forms) == 1 else forms.browse()

    def _get_forms(self):
        """Return the surveys as they are stored, while the dialog itself is not."""
        return self.form_ids._origin

    def _find(self, form):
        """Return what keeps a survey from being signed; of several, each sentence names it."""
        found = form._get_findings(self.act) if form.state == "draft" else []
        if self.asks_date and self.visit_date:
            found = [finding for finding in found if finding["kind"] != "unvisited"]
        if not found and not form._is_move_allowed(self.act):
            text = self.env._("“%s” is not for you to do now.", self._get_act_label())
            found = [{"kind": "move", "effect": "block", "line_id": False, "text": text}]
        if self._get_only():
            return found
        return [
            {**finding, "line_id": False, "text": f"{form.unit_id.name}：{finding['text']}"}
            for finding in found
        ]

    def _get_act_label(self):
        return dict(self._fields["act"]._description_selection(self.env))[self.act]

    def _get_records(self):
        """Return those that are complete. If none is, the check of all says what they lack."""
        return self.ready_ids or self._get_forms()

    def _sign(self, records, signature):
        if self.asks_date and not records.visit_date:
            records.visit_date = self.visit_date
        if self.act == "confirm":
            records.action_confirm(signature)
        else:
            records.action_sign(signature)
