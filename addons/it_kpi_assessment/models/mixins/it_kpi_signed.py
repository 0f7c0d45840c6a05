import logging

from odoo import api, fields, models

from ...tools.drawings import is_readable
from ...tools.timezone import format_moment

_logger = logging.getLogger(__name__)


class ItKpiSigned(models.AbstractModel):
    """Mixin: a record with drawn signatures, which says so when a picture is lost.

    The picture is a file: a database that was restored without its files has the moment of the
    signature and no picture. Neither screen nor paper may look then as if nobody had signed.
    """

    _name = "it.kpi.signed"
    _description = "Record with Drawn Signatures"

    # The table: {field of the picture: field of the moment}.
    _drawn = {}

    lost_signature = fields.Char(
        compute="_compute_lost_signature",
        help="Signatures that were drawn, and whose picture is missing or damaged.",
    )

    @api.depends(lambda self: [*self._drawn.keys(), *self._drawn.values()])
    @api.depends_context("lang", "tz")
    def _compute_lost_signature(self):
        for record in self:
            lost = [name for name in self._drawn if record._is_signature_lost(name)]
            record.lost_signature = " ".join(map(record._describe_lost_signature, lost)) or False

    def _is_signature_lost(self, name):
        """Return whether this was signed, and the picture of the signature cannot be read."""
        signed = self.with_context(bin_size=False)
        lost = bool(self[self._drawn[name]]) and not is_readable(signed[name])
        if lost:
            _logger.warning("%s of %s is signed, but its picture is lost", name, self)
        return lost

    def _describe_lost_signature(self, name):
        return self.env._(
            "%(signature)s, made on %(moment)s: the picture is missing or damaged. Have the "
            "administrator restore the files of the database.",
            signature=self._fields[name]._description_string(self.env),
            moment=format_moment(self[self._drawn[name]]),
        )
