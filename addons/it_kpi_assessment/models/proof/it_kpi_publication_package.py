import json

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...proof.package import write_all
from ...tools.roles import reads_all
from .it_kpi_publication_proof import get_names
from .proof_queries import units_query


class ItKpiPublication(models.Model):
    """复核包: a publication as a file that an auditor recomputes without this system."""

    _inherit = "it.kpi.publication"

    def action_download_proof(self):
        """Download the package for audit (复核包).

        :raise AccessError: the user may not read all results, or belongs to a unit of a result
            that is only proposed
        :raise UserError: the publication has no fingerprint
        """
        self.ensure_one()
        self._check_reads_proof()
        self._check_has_proof()
        return {
            "type": "ir.actions.act_url",
            "url": f"/it_kpi_assessment/proof/{self._name}/{self.id}",
            "target": "download",
        }

    def _get_proof_package(self):
        """Return the ``Package`` for audit, of the rows as they are now.

        What was changed past the system since the publication is found by who recomputes it.
        """
        self.ensure_one()
        self.check_access("read")
        self._check_reads_proof()
        self._check_has_proof()
        publication = self.sudo()
        units = publication._read_units(SQL("TRUE"))
        title, head = publication._get_proof_title(), publication._read_proof_head()
        return write_all(title, publication.published_at, head, units)

    def _check_reads_proof(self):
        """Raise an AccessError unless the user may read every mark of the publication."""
        if not reads_all(self.env, self.sudo().company_id):
            raise AccessError(
                self.env._(
                    "The package for audit and the verification show the marks of all units. They "
                    "are for the head of the assessment group, the informatization division and "
                    "the bureau leadership. Download the package of your own unit from its result."
                )
            )
        self._check_not_recused()

    def _check_has_proof(self):
        if not self.sha256:
            raise UserError(self._describe_lack())

    def _get_proof_title(self):
        kind = "公示" if self.state == "proposed" else ""
        return f"{self.cycle_id.year}年度信息化绩效考核结果{kind}{self.edition or ''}"

    def _read_proof_head(self):
        """Return the head as the rows say it now, with the roots of the publication: a dict."""
        return self._read_head() | {"roots": json.loads(self.sealed_head)["roots"]}

    def _read_units(self, condition):
        """Return units as the rows say them now, as dicts, in the order of the tree.

        :param SQL condition: on a row ``unit`` with the column ``result_id``
        """
        self.env.flush_all()
        names = get_names(json.loads(self.sealed_head))
        query = SQL(
            "SELECT content FROM (%s) unit WHERE %s ORDER BY result_id",
            units_query(self.id, names),
            condition,
        )
        return [json.loads(content) for [content] in self.env.execute_query(query)]
