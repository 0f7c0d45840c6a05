"""Printing within a request: under limits, beside the prints of others, and what is told of it."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from odoo import models
from odoo.tools import SQL
from odoo.tools.misc import split_every

from ..printing.binding import bind
from ..printing.errors import Busy, LimitReached, NotPrinted
from ..printing.pool import PRINT, Limits, pool
from ..printing.printers import BATCH_SIZE, count_cores

_logger = logging.getLogger(__name__)

# First key of the advisory locks of people who print; the second is the person and a number.
LOCKS = 0x6B7070
SECONDS = "it_kpi_assessment.print_seconds"


class IrActionsReport(models.Model):
    """A print takes so much time and memory, and a person makes so many at a time.

    The server prints several documents at once, each in a process of its own, so that nobody waits
    for the long print of somebody else.
    """

    _inherit = "ir.actions.report"

    def _print_it_kpi(self, documents):
        """Return ``{id: PDF}`` of the report's documents, all of them within the limits of a print.

        :param documents: an iterable of ids and HTML
        :raise NotPrinted: a limit was reached, or the user prints other documents already
        :raise UserError: WeasyPrint is not installed
        """
        printed = {}
        with self._borrow_it_kpi_processes(1) as ([process], until, missing):
            for each, html in documents:
                printed[each], places = process.print([html], until - time.monotonic())
                missing.extend(places)
        return printed

    def _print_it_kpi_file(self, documents, count, title):
        """Return one PDF (bytes) of the report's documents, with a bookmark for each.

        More than ten are printed on several cores, and their parts bound to a file.

        :param documents: an iterable of ids and HTML; the first are printed while the others are
            rendered
        :param int count: how many there are
        :param str title: of the file
        :raise NotPrinted: a limit was reached, or the user prints other documents already
        :raise UserError: WeasyPrint is not installed
        """
        most = min(count_cores(), -(-count // BATCH_SIZE))
        with self._borrow_it_kpi_processes(most) as (processes, until, missing):
            size = -(-count // len(processes))
            batches = split_every(size, (html for _id, html in documents), list)
            with ThreadPoolExecutor(len(processes)) as threads:
                parts = [
                    threads.submit(process.print, batch, until - time.monotonic(), title)
                    for process, batch in zip(processes, batches, strict=False)
                ]
            printed = [part.result() for part in parts]
            missing.extend(place for _content, places in printed for place in places)
        return bind([content for content, _places in printed])

    @contextmanager
    def _borrow_it_kpi_processes(self, most):
        """Return for the block processes that print, until when, and a list for missing glyphs."""
        self._check_it_kpi_engine()
        limits, missing = self._get_it_kpi_limits(), []
        self._take_it_kpi_turn(limits)
        try:
            with pool.borrow_several(most, limits.patience) as processes:
                yield processes, time.monotonic() + limits.seconds, missing
        except Busy as error:
            raise NotPrinted(
                self.env._(
                    "Many prints are being made at this moment. Print “%s” again in a minute.",
                    self.name,
                )
            ) from error
        except LimitReached as error:
            raise NotPrinted(self._get_it_kpi_limit_reached(limits)) from error
        self._tell_it_kpi_missing(missing)

    def _get_it_kpi_limits(self):
        """Return the limits of the caller's code, or else those of a print that a person waits for.

        A context that a user sends holds no ``Limits``.
        """
        limits = self.env.context.get("it_kpi_limits")
        if isinstance(limits, Limits):
            return limits
        wanted = self.env["ir.config_parameter"].sudo().get_param(SECONDS) or ""
        return PRINT._replace(seconds=int(wanted)) if wanted.isdecimal() else PRINT

    def _take_it_kpi_turn(self, limits):
        """Hold one of the turns of the user until the end of the transaction, on any server.

        :raise NotPrinted: all of them are taken
        """
        count = limits.of_one_person
        for number in range(count or 0):
            lock = SQL(
                "SELECT pg_try_advisory_xact_lock(%s, %s)", LOCKS, self.env.uid * count + number
            )
            if self.env.execute_query(lock) == [(True,)]:
                return
        if count:
            raise NotPrinted(
                self.env._(
                    "You are making %(count)s prints already. When one of them is finished, print "
                    "“%(document)s”.",
                    count=count,
                    document=self.name,
                )
            )

    def _get_it_kpi_limit_reached(self, limits):
        return self.env._(
            "“%(document)s” was not printed: it takes longer than %(seconds)s seconds, or more "
            "memory than a print is given. Nothing that was filled in is lost. Choose fewer forms, "
            "or shorten very long texts, and print again.",
            document=self.name,
            seconds=round(limits.seconds) or limits.seconds,
        )

    def _get_it_kpi_missing(self, missing):
        """Return in words which characters have no glyph and where they are, or nothing."""
        if not missing:
            return ""
        places = [
            self.env._(
                "“%(character)s” (U+%(code)s) in “%(title)s”: …%(text)s…",
                character=character,
                code=f"{ord(character):04X}",
                title=title,
                text=text,
            )
            for title, character, text in missing
        ]
        return "\n".join(
            [
                self.env._(
                    "The fonts of the server have no glyph for these characters, an empty box is "
                    "printed in their place. Write them in another way, or have the administrator "
                    "install a font:"
                ),
                *places,
            ]
        )

    def _tell_it_kpi_missing(self, missing):
        """Tell the user, by a notice that stays on the screen, and the log of the server."""
        text = self._get_it_kpi_missing(missing)
        if not text:
            return
        _logger.warning("%s: no glyph for %s", self.report_name, sorted({m[1] for m in missing}))
        notice = {"type": "warning", "title": self.name, "message": text, "sticky": True}
        if self.env.cr.readonly:
            with self.env.registry.cursor() as cr:
                self.with_env(self.env(cr=cr)).env.user._bus_send("simple_notification", notice)
        else:
            self.env.user._bus_send("simple_notification", notice)
