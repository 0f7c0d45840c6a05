from odoo.addons.it_kpi_assessment.printing.pdf import print_batch
from odoo.addons.it_kpi_assessment.printing.printers import BATCH_SIZE, count_cores

from ..bureau import FILED
from ..measuring import Measure

REPORT = "it_kpi_assessment.assessment_report"
UNITS = 20


class Attachment2(Measure):
    """The division prints 附件2 of the first 20 units; a form is a document, so it grows with them.

    The floor gives the same documents, ready as HTML, to the same engine.
    """

    name = f"附件2 of {UNITS} units, on all cores"
    floor_name = "the same engine on the same HTML, on one core"
    most_ratio = 1.2
    cores = min(count_cores(), UNITS // BATCH_SIZE)
    is_flat = True

    def __init__(self, bureau):
        super().__init__(bureau)
        with bureau.acting("division") as env:
            cycle = env["it.kpi.cycle"].browse(bureau.ids[FILED])
            self.forms = cycle.assessment_ids[:UNITS].ids
            reports = env["ir.actions.report"]
            documents = reports._render_it_kpi_documents(env.ref(REPORT), None, self.forms)
            self.documents = [html for _id, html in documents]

    def floor(self):
        print_batch(self.documents)

    def own(self):
        with self.bureau.acting("division") as env:
            reports = env["ir.actions.report"]
            [file] = reports._render_qweb_pdf_prepare_streams(REPORT, None, self.forms).values()
            assert file["stream"].getvalue().startswith(b"%PDF")
