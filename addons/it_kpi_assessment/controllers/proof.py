"""Downloads of the packages with which a published result is checked without this system."""

from odoo import http

from .workbook import send_file


class ProofController(http.Controller):
    """复核包 of a publication, and the package of one unit."""

    @http.route(
        [
            "/it_kpi_assessment/proof/it.kpi.publication/<model('it.kpi.publication'):record>",
            "/it_kpi_assessment/proof/it.kpi.result/<model('it.kpi.result'):record>",
        ],
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download(self, record):
        """Send the package of a publication or of a unit's result.

        :raise AccessError: the user may not read it
        :raise UserError: it has no fingerprint, or a unit's result is only proposed
        """
        package = record._get_proof_package()
        return send_file(package.content, "application/zip", package.name)
