from odoo import Command, fields, models

from ...archive.catalogue import Facts
from ...archive.package import write_volumes
from ...archive.pieces import Entry, Piece, check, digest
from ...printing.printers import BATCH_SIZE
from ...tools.timezone import format_moment

ZIP = "application/zip"
PDF = "application/pdf"


class ItKpiJob(models.Model):
    """归档包 of a year: its pieces are made in batches, numbered, checked and packed at the end.

    What is listed when the archive is asked for is what it holds. A piece that cannot be had, or
    that does not open, is listed with its fault, and the job names it.
    """

    _inherit = "it.kpi.job"

    pieces = fields.Json(
        readonly=True,
        groups="base.group_system",
        help="Pieces of an archive, as lists of piece, source, and what was found of it so far.",
    )

    def _ask_archive(self, cycle):
        """Return the job that makes the archive of a year; the one under way if there is one."""
        same = [
            ("kind", "=", "archive"),
            ("cycle_id", "=", cycle.id),
            ("user_id", "=", self.env.uid),
        ]
        under_way = self.sudo().search([*same, ("state", "in", ("waiting", "running"))], limit=1)
        if under_way:
            return under_way.sudo(False)
        pieces = cycle._list_archive()
        job = self.sudo().create(
            {
                "kind": "archive",
                "name": f"{cycle.year}年度信息化绩效考核归档包",
                "user_id": self.env.uid,
                "group_ids": self._get_role_groups(cycle.company_id).ids,
                "cycle_id": cycle.id,
                "company_id": cycle.company_id.id,
                "res_model": cycle._name,
                "res_ids": cycle.ids,
                "total": len(pieces) + 1,
                "pieces": [[list(piece), list(source), None] for piece, source in pieces],
            }
        )
        job._wake()
        return job.sudo(False)

    def _run_archive(self, printers):
        """Make the next pieces, or pack them when all are made; return how much was finished.

        :raise UserError: the requester is no longer of the division, or the year is revised
        """
        cycle = self._as_requester().env[self.res_model].browse(self.res_ids)
        cycle._check_archive()
        count = len(self.pieces) - self.done
        if not count:
            self._keep_batch(self._count(1, []) | self._pack(cycle))
            return 1
        batch = self.pieces[self.done :][: printers.count * BATCH_SIZE]
        values = self._count(len(batch), [])
        made = self._make_pieces(cycle, batch, printers)
        pieces = [*self.pieces[: self.done], *made, *self.pieces[self.done + len(made) :]]
        self._keep_batch(values | {"pieces": pieces})
        return len(batch)

    def _make_pieces(self, cycle, batch, printers):
        """Return the batch with what was found: size, digest, pages, fault, kept file."""
        contents = self._print_pieces(cycle, batch, printers)
        made = []
        for place, (piece, source, _found) in enumerate(batch):
            content = contents.get(place) or self._read_source(cycle, source)
            pages, fault = check(Piece(*piece).name, content)
            kept = source[1] if source[0] == "file" else self._keep_piece(piece, content)
            made.append([piece, source, [len(content), digest(content), pages, fault, kept]])
        return made

    def _print_pieces(self, cycle, batch, printers):
        """Return ``{place: PDF}`` of the pieces of a batch that are printed, each a file."""
        reports, places = cycle.env["ir.actions.report"], {}
        for place, (_piece, source, _found) in enumerate(batch):
            if source[0] == "print":
                places.setdefault(source[1], {})[source[3]] = place
        documents = {
            places[name][record_id]: html
            for name in places
            for record_id, html in reports._render_it_kpi_documents(
                reports._get_report(name), None, list(places[name])
            )
        }
        printed = printers.print_each(documents.values())
        return {place: each.content for place, each in zip(documents, printed, strict=True)}

    def _read_source(self, cycle, source):
        """Return the content of a piece that is not printed; nothing if it is lost."""
        kind, *rest = source
        if kind == "workbook":
            return cycle.env["it.kpi.publication"].browse(rest)._workbook()
        if kind == "log":
            return cycle._write_log()
        if kind == "file":
            return self.env["ir.attachment"].browse(rest).exists().raw or b""
        return b""

    def _keep_piece(self, piece, content):
        """Keep what was made until the archive is packed; return the id of the file."""
        mimetype = PDF if Piece(*piece).name.endswith(".pdf") else "application/octet-stream"
        file = self._keep(Piece(*piece).name, content, mimetype)
        self.piece_ids = [Command.link(file.id)]
        return file.id

    def _pack(self, cycle):
        """Write the volumes; return the values of the job. The log of the year says what they are.

        A fault of a piece, or of a volume that is read back, is told with the job.
        """
        entries = self._get_entries()
        facts = Facts(
            self.name,
            *(cycle.company_id.name, cycle.year),
            format_moment(fields.Datetime.now()),
            self.user_id.name,
        )
        kept = dict(zip(entries, (found[4] for _piece, _source, found in self.pieces), strict=True))
        files, faults = (
            self.env["ir.attachment"],
            [f"{entry.path}：{entry.fault}" for entry in entries if entry.fault],
        )
        read = lambda entry: files.browse(kept[entry]).exists().raw or b""  # noqa: E731
        for number, volume in enumerate(write_volumes(facts, entries, read), 1):
            name = f"{self.name}.zip" if number == 1 else f"{self.name}（第{number}卷）.zip"
            files += self._keep(name, volume.content, ZIP)
            faults += [fault for fault in volume.faults if fault not in faults]
            self._log_archive(cycle, name, volume.content, len(entries), len(faults))
        self.piece_ids.unlink()
        return {
            "file_ids": [Command.set(files.ids)],
            "left_out": "\n".join(faults),
        }

    def _get_entries(self):
        """Return the ``Entry`` of each piece, numbered, with its retention."""
        terms = self.env["it.kpi.retention"]._get_all(self.company_id)
        entries = []
        for number, (values, _source, found) in enumerate(self.pieces, 1):
            piece = Piece(*values)
            term = terms[self.company_id, piece.kind]
            entries.append(Entry(piece, number, term.retention, term.secrecy, *found[:4]))
        return entries

    def _log_archive(self, cycle, name, content, count, faults):
        cycle.sudo()._message_log(
            body=self._as_requester().env._(
                "Archive “%(name)s”: %(count)s pieces, of which %(faults)s are not fit. "
                "SHA-256 %(digest)s",
                name=name,
                count=count,
                faults=faults,
                digest=digest(content),
            )
        )
