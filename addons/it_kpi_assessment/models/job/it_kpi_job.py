from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.i18n import format_list

from ...const import JOB_UNDER_WAY, MOST_PRINTED
from ...tools.locking import lock, touch
from ...tools.records import take_each_once
from ...tools.roles import get_held_roles

# Days for which the files are kept: they hold copies of what can be printed again.
KEPT_DAYS = 7


class ItKpiJob(models.Model):
    """后台任务: what takes long, and is done in the background.

    It is a print of many documents, the workbook of a large year, the opening of one, or its
    archive (``models/archive/``). It runs with the rights of its requester. The signed version of a
    form is one as well (``it_kpi_job_paper.py``). The job and its files are visible to the
    requester only, and only while they still hold the roles they had then. How it runs: see
    ``it_kpi_job_run.py``.
    """

    _name = "it.kpi.job"
    _inherit = ["it.kpi.primary"]
    _description = "Long Job"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True, max_length=False)
    kind = fields.Selection(
        [
            ("print", "Print"),
            ("paper", "Signed Version"),
            ("workbook", "Workbook"),
            ("opening", "Opening of a Year"),
            ("archive", "Archive of a Year"),
        ],
        required=True,
        readonly=True,
        default="print",
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        index=True,
    )
    user_id = fields.Many2one(
        "res.users", "Asked By", required=True, readonly=True, index=True, ondelete="cascade"
    )
    group_ids = fields.Many2many("res.groups", string="Roles Then", readonly=True)
    is_allowed = fields.Boolean(
        compute="_compute_is_allowed",
        search="_search_is_allowed",
        help="The current user holds in the bureau all roles that the requester held there.",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    cycle_id = fields.Many2one(
        "it.kpi.cycle", "Year", readonly=True, index=True, ondelete="cascade"
    )
    report_name = fields.Char("Technical Name of the Print", readonly=True)
    res_model = fields.Char("Model", required=True, readonly=True)
    res_ids = fields.Json("Records", required=True, readonly=True)
    total = fields.Integer("Documents", required=True, readonly=True, aggregator=None)
    done = fields.Integer("Finished", readonly=True, aggregator=None)
    left_out = fields.Text(
        readonly=True,
        max_length=False,
        help="Forms that the user could no longer read when they were to be printed, or that take "
        "longer than a print may. They are left out.",
    )
    missing_glyphs = fields.Text(
        "Without a Glyph",
        readonly=True,
        max_length=False,
        help="Characters that the fonts of the server lack, and where they are.",
    )
    error = fields.Text(readonly=True, max_length=False)
    ended_at = fields.Datetime("Ended On", readonly=True)
    piece_ids = fields.Many2many(
        "ir.attachment",
        "it_kpi_job_piece_rel",
        "job_id",
        "attachment_id",
        string="Finished Batches",
        readonly=True,
        bypass_search_access=True,
    )
    file_ids = fields.Many2many(
        "ir.attachment",
        "it_kpi_job_file_rel",
        "job_id",
        "attachment_id",
        string="Files",
        readonly=True,
        bypass_search_access=True,
    )

    @api.depends("group_ids", "company_id")
    @api.depends_context("uid")
    def _compute_is_allowed(self):
        for job in self:
            job.is_allowed = job.sudo().group_ids <= job._get_role_groups(job.company_id)

    def _search_is_allowed(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("group_ids", "not any", [("id", "not in", groups.ids)])
            for company in self.env.companies
            for groups in [self._get_role_groups(company)]
        )

    def ask(self, report_name, res_ids):
        """Have many documents printed in the background; return the action that shows the job.

        :param report_name: technical name of one of the addon's prints
        :param res_ids: the records, in the order in which they are to lie in the file
        :raise AccessError: the user may not read one of them
        :raise UserError: this is no print of the addon, or these are too many
        """
        report = self.env["ir.actions.report"]._get_report_from_name(report_name)
        records = self.env[report.model or self._name].browse(res_ids)
        if not report._is_it_kpi() or "cycle_id" not in records._fields or not records:
            raise UserError(self.env._("Choose what to print first."))
        records = take_each_once(records, MOST_PRINTED)
        return self._ask("print", records, report)._get_records_action()

    def _ask(self, kind, records, report=None):
        """Return the job that prints the records, makes a workbook of each, or opens the years.

        If the user has the same job under way, that one is returned.
        """
        records.check_access("read")
        cycles = self._get_cycles(records)
        values = {
            "user_id": self.env.uid,
            "kind": kind,
            "res_model": records._name,
            "res_ids": records.ids,
            "report_name": report and report.report_name,
        }
        same = self.sudo().search([("user_id", "=", self.env.uid), ("state", "in", JOB_UNDER_WAY)])
        for job in same:
            if all(job._read_value(name) == value for name, value in values.items()):
                return job.sudo(False)
        job = self.sudo().create(
            {
                **values,
                "name": self._get_title(kind, cycles, report, records),
                "group_ids": self._get_role_groups(cycles.company_id).ids,
                "cycle_id": cycles.id if len(cycles) == 1 else False,
                "company_id": cycles.company_id.id,
                "total": len(records),
            }
        )
        job._wake()
        return job.sudo(False)

    def _get_cycles(self, records):
        """Return the years of these records; raise a UserError if they are of several bureaus."""
        cycles = records.cycle_id if "cycle_id" in records._fields else records
        if len(cycles.company_id) > 1:
            raise UserError(self.env._("Choose documents of one bureau only."))
        return cycles

    def _read_value(self, name):
        value = self[name]
        return value.id if isinstance(value, models.BaseModel) else value or None

    def _get_title(self, kind, cycles, report, records):
        years = format_list(self.env, cycles.mapped("display_name"))
        if kind == "opening":
            count = len(cycles.unit_ids)
            return self.env._("%(years)s: opening (%(count)s units)", years=years, count=count)
        return self.env._(
            "%(years)s: %(document)s (%(count)s)",
            years=years,
            document=report.name if report else self.env._("Ranking Workbook (Excel)"),
            count=len(records),
        )

    def _get_role_groups(self, company):
        """Return the groups of the roles that the current user holds in a bureau."""
        get_group = self.env["it.kpi.holding"]._get_role_group
        return self.env["res.groups"].union(*map(get_group, get_held_roles(self.env, company)))

    def action_cancel(self):
        """Stop the job; what is finished is kept, and it can be taken up again.

        :raise UserError: it has ended, or is a signed version, which has to be kept
        """
        if "paper" in self.mapped("kind"):
            raise UserError(self.env._("A signed version is kept in any case."))
        self._change("cancelled", JOB_UNDER_WAY)
        self.sudo().ended_at = fields.Datetime.now()

    def action_resume(self):
        """Continue a cancelled or failed job after its last finished batch.

        :raise UserError: it is under way, or done
        """
        self._change("waiting", ("cancelled", "failed"))
        touch(self.sudo().filtered(lambda job: job.kind == "opening").cycle_id)
        self.sudo().write({"error": False, "ended_at": False})
        self._wake()

    def _change(self, state, origins):
        self.check_access("read")
        lock(self)
        self.invalidate_recordset(["state"])
        for job in self:
            if job.state not in origins:
                label = dict(self._fields["state"]._description_selection(self.env))[job.state]
                raise UserError(
                    self.env._(
                        "“%(job)s” is “%(state)s”. Reload the page to see how things stand now.",
                        job=job.name,
                        state=label,
                    )
                )
        self.sudo().state = state

    @api.autovacuum
    def _gc_jobs(self):
        """Delete jobs with their files some days after they ended; try signed versions again."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        papers = self.search([("state", "=", "failed"), ("kind", "=", "paper")])
        ended = self.search([("state", "not in", JOB_UNDER_WAY), ("ended_at", "<", limit)])
        (ended - papers).unlink()
        if papers:
            papers.action_resume()
