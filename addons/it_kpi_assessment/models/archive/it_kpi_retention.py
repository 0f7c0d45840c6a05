from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...archive.pieces import KINDS
from ..mixins.it_kpi_editable import Editable


class ItKpiRetention(models.Model):
    """保管期限, 密级: how long the papers of a kind are kept in the archive, and who may see them.

    Each bureau has a row per kind, made when it is first needed.
    """

    _name = "it.kpi.retention"
    _inherit = ["it.kpi.primary", "it.kpi.editable"]
    _description = "Retention of Archived Papers"
    _order = "company_id, sequence, id"
    _rec_name = "kind"

    _editable = dict.fromkeys(("retention", "secrecy"), Editable(None, ("division",)))

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(readonly=True)
    kind = fields.Selection(
        [
            ("rubric", "Rubric"),
            ("notice", "Notices of the Result"),
            ("ranking", "Rankings"),
            ("award", "Use of the Result"),
            ("assessment", "Self-Assessments"),
            ("survey", "On-Site Surveys"),
            ("objection", "Objections"),
            ("incident", "Incidents"),
            ("rectification", "Rectification"),
            ("log", "Log"),
        ],
        "Papers",
        required=True,
        readonly=True,
    )
    retention = fields.Selection(
        [("permanent", "Permanent"), ("30", "30 Years"), ("10", "10 Years")],
        required=True,
        help="保管期限 in the catalogue of the archive.",
    )
    secrecy = fields.Selection(
        [("public", "Public"), ("internal", "Internal")],
        required=True,
        default="internal",
        help="密级 in the catalogue of the archive. State secrets do not belong into this system.",
    )

    _kind_unique = models.Constraint(
        "UNIQUE(company_id, kind)", "A kind of papers has one retention in a bureau."
    )

    @api.model
    def action_list(self):
        """Return the action that lists the retention of the papers of the user's bureaus.

        :raise AccessError: the user is of the division in none of them
        """
        held = self.env.user._get_company_ids_as("division")
        bureaus = self.env.companies.filtered(lambda company: company.id in held)
        if not bureaus:
            raise AccessError(
                self.env._("Only the informatization division sets how long papers are kept.")
            )
        self._get_all(bureaus)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "it_kpi_assessment.it_kpi_retention_action"
        )

    @api.model
    def _get_all(self, companies):
        """Return ``{(company, kind): retention}`` of all kinds, as superuser."""
        found = self.sudo().search([("company_id", "in", companies.ids)])
        there = {(each.company_id, each.kind) for each in found}
        found += self.sudo().create(
            [
                {
                    "company_id": company.id,
                    "kind": kind,
                    "sequence": place,
                    "retention": KINDS[kind].retention,
                }
                for company in companies
                for place, kind in enumerate(KINDS)
                if (company, kind) not in there
            ]
        )
        return {(each.company_id, each.kind): each for each in found}
