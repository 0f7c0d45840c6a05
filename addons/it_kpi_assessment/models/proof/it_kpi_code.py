from odoo import api, fields, models
from odoo.tools import SQL

from ...proof.codes import draw_code, group_code, read_code


class ItKpiCode(models.Model):
    """核验码: from a paper it leads to what the system says of that paper, without a login.

    A notice and each letter get one on publication, a form each time it is signed. Nobody reads the
    rows but the code: a paper prints its own.
    """

    _name = "it.kpi.code"
    _description = "Verification Code"
    _order = "id desc"
    _rec_name = "code"

    code = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    edition_id = fields.Many2one(
        "it.kpi.publication",
        "Notice",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The publication, of a notice or a letter.",
    )
    result_id = fields.Many2one(
        "it.kpi.result", "Letter", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    assessment_id = fields.Many2one(
        "it.kpi.assessment", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    survey_id = fields.Many2one(
        "it.kpi.survey", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    version = fields.Integer(readonly=True, aggregator=None, help="Of a form.")
    signed_at = fields.Datetime(readonly=True, help="Of a form.")
    total = fields.Char(
        readonly=True, max_length=False, help="最终得分 as it stands on a signed form."
    )

    _code_unique = models.Constraint("UNIQUE(code)", "Every paper has a code of its own.")
    _one_paper = models.Constraint(
        "CHECK(num_nonnulls(edition_id, assessment_id, survey_id) = 1)",
        "A code is that of a notice, a letter or a form.",
    )

    @api.model
    def _draw_for_edition(self, publication):
        """Give codes to the notice of a publication and to the letters of all its results."""
        ids = [None, *publication.result_ids.ids]
        self.env.execute_query(
            SQL(
                """INSERT INTO it_kpi_code (code, company_id, edition_id, result_id,
                                            create_uid, create_date, write_uid, write_date)
                   SELECT drawn.code, %(company)s, %(edition)s, drawn.result_id,
                          %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
                     FROM unnest(%(codes)s, %(results)s::int[]) drawn(code, result_id)
                RETURNING id""",
                company=publication.company_id.id,
                edition=publication.id,
                uid=self.env.uid,
                codes=[draw_code() for _id in ids],
                results=ids,
            )
        )

    @api.model
    def _draw_for_form(self, form):
        """Give a code to the version of a form that is being signed."""
        kind = form._name.rpartition(".")[2]
        self.sudo().create(
            {
                "code": draw_code(),
                "company_id": form.company_id.id,
                f"{kind}_id": form.id,
                "version": form.version,
                "signed_at": fields.Datetime.now(),
                "total": form._get_final_score_text(),
            }
        )

    @api.model
    def _find(self, text):
        """Return the code that somebody typed or scanned, with the rights of the system; an empty
        recordset if there is none."""
        code = read_code(text)
        return self.sudo().search([("code", "=", code)]) if code else self.sudo()

    @api.model
    def _get_codes(self, field, records):
        """Return ``{id of a record: its newest code as printed}``, by one query.

        :param str field: which of the columns names the records
        """
        domain = [(field, "in", records.ids)]
        if field == "edition_id":
            domain.append(("result_id", "=", False))
        codes = self.sudo().search(domain, order="id")
        return {code[field].id: group_code(code.code) for code in codes}
