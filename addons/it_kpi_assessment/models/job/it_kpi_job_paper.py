from odoo import models
from odoo.exceptions import UserError

HTML = "text/plain"  # nobody opens it as a page
PAPER_KEPT = "it_kpi_assessment/paper_kept"  # message to the page of the user who signed


class ItKpiJob(models.Model):
    """Signed versions of forms: printed in the background, so that nobody who signs waits.

    What is printed is the HTML of the moment of the signature, so that the paper says what was
    signed, also if the form was returned meanwhile. The job keeps its paper with the form with the
    rights of the system, because the user who signed may have lost the role since.
    """

    _inherit = "it.kpi.job"

    def _ask_paper(self, form, report, name, html):
        """Have a document printed and kept with its form.

        :param form: the form that was just signed
        :param report: the report
        :param str name: what the file is called
        :param str html: the document as it was signed
        """
        bureau = form.sudo().company_id
        values = {
            "kind": "paper",
            "name": name,
            "user_id": self.env.uid,
            "group_ids": self._get_role_groups(bureau).ids,
            "cycle_id": form.cycle_id.id,
            "company_id": bureau.id,
            "report_name": report.report_name,
            "res_model": form._name,
            "res_ids": form.ids,
            "total": 1,
        }
        job = self.sudo().create(values)
        job.piece_ids = job._keep(f"{name}.html", html.encode(), HTML)
        job._wake()

    def _run_paper(self, printers):
        """Print and keep the paper; return that one document was finished.

        :raise UserError: it takes too long; it can be tried again
        """
        job = self.with_context(lang=self.user_id.lang)
        [printed] = printers.print([self.piece_ids.raw.decode()], 1, self.name)
        if not printed.content:
            raise UserError(
                job.env._(
                    "The signed version takes longer than a print may. Its text is kept as it was "
                    "signed. Resume when the server has less to do, or tell the administrator."
                )
            )
        form = job.env[self.res_model].browse(self.res_ids)
        form.with_user(self.user_id)._keep_document(printed.content, self.name)
        report = job.env["ir.actions.report"]._get_report(self.report_name)
        values = self._count(1, []) | self._tell(form, report, [printed], "")
        self.piece_ids.unlink()
        self.write(values)
        # Their open page reads the form again (static/src/paper_form/paper_kept.js).
        self.user_id._bus_send(PAPER_KEPT, {"model": form._name, "id": form.id})
        return 1
