from odoo import fields, models
from odoo.tools import SQL

from ...proof.fingerprint import canonical, get_fingerprints, get_roots
from ...tools.locking import touch
from .proof_queries import contents_query, head_query, seal_query


class ItKpiPublication(models.Model):
    """The fingerprint of a publication, chained to that of the bureau's publication before it.

    It is computed in the transaction that publishes. Publications of before have none.
    """

    _inherit = "it.kpi.publication"

    sha256 = fields.Char(
        "Fingerprint (SHA-256)",
        readonly=True,
        max_length=False,
        help="Of the canonical text of this publication. Empty if it was published before there "
        "were fingerprints.",
    )
    sm3 = fields.Char(
        "Fingerprint (SM3)",
        readonly=True,
        max_length=False,
        help="As the SHA-256; empty if the OpenSSL of the server had no SM3 on publication.",
    )
    former_id = fields.Many2one(
        "it.kpi.publication",
        "Publication Before",
        readonly=True,
        ondelete="restrict",
        help="Of the same bureau, in order of time. The fingerprint covers that of this one too.",
    )
    sealed_head = fields.Text(
        readonly=True,
        max_length=False,
        groups="base.group_system",
        help="Canonical text of what concerns the publication as a whole, with the roots of the "
        "trees over its units.",
    )

    def _seal(self):
        """Compute and keep the fingerprint of a publication whose rows were just inserted.

        A concurrent publication of the same bureau is retried, because both would name the same
        one before them.
        """
        self.ensure_one()
        touch(self.company_id)
        self._set_columns(former_id=self._find_former().id or None)
        head = self._read_head()
        self.env.execute_query(seal_query(self.id, self.company_id.id, get_names(head)))
        text = canonical(head | {"roots": get_roots(self._read_contents())})
        self._set_columns(sealed_head=text, **get_fingerprints(text))
        self.env["it.kpi.code"]._draw_for_edition(self)
        self.env.invalidate_all(flush=False)

    def _find_former(self):
        """Return the newest publication of the same bureau before this one that has a
        fingerprint."""
        bureau = [("company_id", "=", self.company_id.id), ("sha256", "!=", False)]
        return self.sudo().search([*bureau, ("id", "<", self.id)], order="id desc", limit=1)

    def _read_head(self):
        """Return the head as the rows say it now, without the roots: a dict."""
        [[head]] = self.env.execute_query(head_query(self.id))
        return head

    def _read_contents(self):
        """Return the kept canonical texts of the units, in the order of their tree."""
        return [content for [content] in self.env.execute_query(contents_query(self.id))]

    def _set_columns(self, **values):
        """Set columns of the publication while it is made; afterwards it is frozen."""
        columns = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(name), value) for name, value in values.items()
        )
        self.env.execute_query(
            SQL("UPDATE it_kpi_publication SET %s WHERE id = %s RETURNING id", columns, self.id)
        )


def get_names(head):
    """Return what indicators and grades are called: ``{"indicators": {id: code}, …}``."""
    rubric = head["rubric"]
    return {
        name: {part["id"]: part["code"] for part in rubric[name]}
        for name in ("indicators", "grades")
    }
