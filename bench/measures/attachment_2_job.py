from odoo.tools.misc import split_every

from odoo.addons.it_kpi_assessment.const import JOB_UNDER_WAY
from odoo.addons.it_kpi_assessment.printing.pdf import print_batch
from odoo.addons.it_kpi_assessment.printing.printers import BATCH_SIZE, count_cores

from ..bureau import FILED
from ..machine import peak_memory_of_all
from ..measuring import Measure
from .attachment_2 import REPORT

UNITS = 200


class Attachment2Job(Measure):
    """The division has 附件2 of many units printed by a job, batch by batch, on all cores.

    The job renders the forms, lays them out in processes of its own, starts these, keeps every
    batch and binds the file; a form is a document, so it grows with them. The floor gives the
    same documents, ready as HTML, to the same engine on one core, ten at a time as the job does.
    The ratio is that of the seconds of all cores. The memory is that of all processes together,
    and bounded: a batch is 30 documents a core, a file 500. How far it is stands on the page of
    the job, where it is cancelled and resumed (``tests/job/test_jobs.py``).
    """

    name = f"附件2 of up to {UNITS} units, as one job on all cores"
    floor_name = "the same engine on the same HTML, on one core"
    most_ratio = 1.2
    most_runs = 1  # minutes on the floor's side
    cores = count_cores()
    why = (
        f"Of more than {UNITS} units it is these {UNITS}, taken once; of 20 the start of the"
        " processes is most of it. They give way to other work (nice), so it is to be taken on an"
        " idle machine."
    )

    def __init__(self, bureau):
        super().__init__(bureau)
        with bureau.acting("division") as env:
            cycle = env["it.kpi.cycle"].browse(bureau.ids[FILED])
            self.forms = cycle.assessment_ids[:UNITS].ids
            reports = env["ir.actions.report"]
            report = env.ref(REPORT)
            self.report_name, self.job = report.report_name, env["it.kpi.job"]
            documents = reports._render_it_kpi_documents(report, None, self.forms)
            self.documents = [html for _id, html in documents]
        print_batch(self.documents[:1])  # loads the engine and its fonts

    def floor(self):
        for batch in split_every(BATCH_SIZE, self.documents, list):
            print_batch(batch)

    def own(self):
        with peak_memory_of_all() as memory:
            self.carry_out()
        self.megabytes = memory.megabytes

    def carry_out(self):
        action, _queries = self.bureau.call(
            "division", "it.kpi.job", "ask", [], self.report_name, self.forms
        )
        with self.bureau.acting() as env:
            self.job = env["it.kpi.job"].browse(action["res_id"])
            while self.job.state in JOB_UNDER_WAY:
                self.job._take_turn()
                self.job.invalidate_recordset()
            assert self.job.state == "done", self.job.error
            assert self.job.done == len(self.forms)

    def end(self):
        with self.bureau.acting() as env:
            self.job.with_env(env).unlink()
