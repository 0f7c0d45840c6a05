"""Long jobs in transactions that are real (``parallel.py``), and a printer that is not."""

import io
import re
from contextlib import contextmanager
from unittest.mock import patch

from pypdf import PdfReader, PdfWriter

from odoo import Command, api

from odoo.addons.it_kpi_assessment.models.cycle import it_kpi_cycle_opening
from odoo.addons.it_kpi_assessment.printing import printers

from .parallel import ParallelCase
from .printing import squeeze

REPORT = "it_kpi_assessment.report_assessment"
PROCESSES = "it_kpi_assessment.print_processes"
# When it was printed; a document that is printed again differs in nothing else.
MOMENT = re.compile(r'<meta name="dcterms\.\w+"[^>]*>')


class Typewriter(printers.Printers):
    """Prints an empty page per document, two at a time, and remembers what it printed."""

    def __init__(self, before=None):
        super().__init__(1, 2)
        self.printed, self.before = [], before

    def print(self, documents, count, _title):
        if self.before:
            self.before(len(self.printed))
        documents = list(documents)
        assert len(documents) == count
        return [self.type(documents)]

    def print_each(self, documents):
        return [self.type([document]) for document in documents]

    def type(self, documents):
        self.printed += [MOMENT.sub("", document) for document in documents]
        writer, stream = PdfWriter(), io.BytesIO()
        for _document in documents:
            writer.add_blank_page(595, 842)
        writer.write(stream)
        return printers.Printed(stream.getvalue())


class LongJobs(ParallelCase):
    """A filed year, and jobs on it; the scheduled action carries them out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.example_year()
        cls.forms = cls.env["it.kpi.assessment"].search([("cycle_id", "=", cls.cycle.id)])
        cls.env["ir.config_parameter"].set_param(PROCESSES, "2")
        cls.cr.commit()

    def tearDown(self):
        self.cr.rollback()
        self.env["it.kpi.job"].search([]).unlink()
        self.commit()
        super().tearDown()

    def commit(self):
        self.cr.commit()  # pylint: disable=invalid-commit

    def ask(self, role="division", records=None, report=REPORT):
        """Return a job that waits, as the system sees it."""
        jobs = self.env["it.kpi.job"].with_user(self.users[role])
        action = jobs.ask(report, (records or self.forms).ids)
        self.commit()
        return self.env["it.kpi.job"].browse(action["res_id"])

    @contextmanager
    def typewriter(self, before=None):
        """Print by typewriter; ``before`` is called with how much was printed."""
        typewriter = Typewriter(before)
        reports = type(self.env["ir.actions.report"])
        with patch.object(reports, "_get_it_kpi_printers", lambda *_args: typewriter):
            yield typewriter

    @contextmanager
    def elsewhere(self, records, role="division"):
        """Records as somebody sees them in a transaction of another server."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.users[role].id, {"lang": "en_US"})
            yield records.with_env(env)

    def run_job(self, job):
        """Let the scheduled action carry the job out to its end."""
        self.env["it.kpi.job"]._run_waiting()
        self.commit()
        self.env.invalidate_all()

    def get_pages(self, files):
        return [
            squeeze(page.extract_text())
            for file in files.sorted("id")
            for page in PdfReader(io.BytesIO(file.raw)).pages
        ]

    def draft_year(self, **values):
        """Return a year to be opened, as the division sees it, in which six units are many."""
        patcher = patch.object(it_kpi_cycle_opening, "OPENED_AT_ONCE", 5)
        type(self).year += 1
        patcher.start()
        self.addCleanup(patcher.stop)
        years = self.env["it.kpi.cycle"].with_user(self.users["division"])
        draft = years.create(
            {
                "year": self.year,
                "source_rubric_id": self.rubric.id,
                "unit_ids": [Command.set(self.units.ids)],
                **values,
            }
        )
        self.commit()
        return draft

    def ask_to_open(self, draft):
        action = draft.action_open(accepted=True)
        self.commit()
        return self.env["it.kpi.job"].browse(action["res_id"])
