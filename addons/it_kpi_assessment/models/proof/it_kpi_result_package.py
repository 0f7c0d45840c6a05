from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...proof.fingerprint import get_path
from ...proof.package import write_own


class ItKpiResult(models.Model):
    """A unit's own package: with it the unit recomputes its final without anybody else's marks."""

    _inherit = "it.kpi.result"

    sha256 = fields.Char(related="publication_id.sha256")

    def action_download_proof(self):
        """Download the package of one unit (核对包).

        :raise AccessError: the user may not read the result
        :raise UserError: the result is only proposed, or has no fingerprint
        """
        self.ensure_one()
        self._check_has_package()
        return {
            "type": "ir.actions.act_url",
            "url": f"/it_kpi_assessment/proof/{self._name}/{self.id}",
            "target": "download",
        }

    def _get_proof_package(self):
        """Return the ``Package`` of one unit, of its rows as they are now.

        Means are told as sum and count once the result is published; the unit reads mean and
        count of its lines then. The neighbours of its path are fingerprints of salted texts.
        """
        self.ensure_one()
        self._check_has_package()
        result = self.sudo()
        publication = result.publication_id
        [unit] = publication._read_units(SQL("result_id = %s", result.id))
        texts, place = result._find_place()
        path = get_path("sha256", texts, place)
        title = f"{publication._get_proof_title()}（{result.unit_name}）"
        head = publication._read_proof_head()
        return write_own(title, publication.published_at, head, unit, path)

    def _find_place(self):
        """Return the kept texts of all units in the order of the tree, and the place of this one.

        What was never kept has the last place, where its path leads to nothing.
        """
        query = SQL(
            """SELECT result_id, content FROM it_kpi_result_proof
                WHERE edition_id = %s ORDER BY result_id""",
            self.publication_id.id,
        )
        rows = self.env.execute_query(query)
        ids = [result_id for result_id, _content in rows]
        place = ids.index(self.id) if self.id in ids else len(ids) - 1
        return [content for _id, content in rows], place

    def _check_has_package(self):
        self.check_access("read")
        publication = self.sudo().publication_id
        if publication.state != "published":
            raise UserError(
                self.env._(
                    "This result is only proposed. Its package can be downloaded once it is "
                    "published."
                )
            )
        publication.with_env(self.env)._check_has_proof()
