import hashlib
import re
from typing import NamedTuple

from odoo import api, models

from ...const import FILED_STATE
from ...tools import chinese
from ...tools.timezone import format_moment

# How the name of a signed version ends.
VERSION = re.compile(r"第(\d+)版）\.pdf$")
FORMS = {"assessment": "信息化绩效考核自评表", "survey": "信息化绩效实地调查考核评价表"}


class Paper(NamedTuple):
    """What the page without a login tells of a paper, in Chinese."""

    title: str
    facts: list  # pairs of label and text
    state: str
    is_valid: bool  # nothing has taken its place
    content: bytes = b""  # of a file that was kept


class ItKpiCode(models.Model):
    """What a code tells: the paper that bears it, and nothing beside it."""

    _inherit = "it.kpi.code"

    def _get_paper(self):
        """Return the ``Paper`` of a code."""
        self.ensure_one()
        if self.edition_id:
            return self._get_letter() if self.result_id else self._get_notice()
        return self._get_form()

    @api.model
    def _find_file(self, content):
        """Return the ``Paper`` of a signed version that is this file (bytes) bit by bit, or None.

        Who holds the file holds the paper.
        """
        checksum = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        names = [f"it.kpi.{kind}" for kind in FORMS]
        files = self.env["ir.attachment"].sudo()
        kept = [("res_model", "in", names), ("res_field", "=", False)]
        for file in files.search([("checksum", "=", checksum), *kept]):
            form = self.env[file.res_model].sudo().browse(file.res_id).exists()
            if file in form.document_ids and file.raw == content:
                return self._get_file(form, file)
        return None

    def _get_file(self, form, file):
        kind = form._name.rpartition(".")[2]
        facts = [
            ("单位", form.unit_name),
            ("年度", f"{form.cycle_id.year}年度"),
            ("文件", file.name),
            ("保存时间", _tell(file.create_date)),
        ]
        version = VERSION.search(file.name)
        state = self._get_form_state(form, kind, int(version[1]) if version else form.version)
        return Paper("签字时保存的文件", facts, *state, file.raw)

    def _get_notice(self):
        publication = self.edition_id
        ranked = publication.result_ids._filter_ranked()
        proposed = publication.state == "proposed"
        facts = [
            ("印发单位", publication.bureau_name),
            *self._get_edition_facts(),
            ("参加排名的单位", f"{len(ranked)}个"),
            *self._get_fingerprints(),
        ]
        title = "信息化绩效考核结果公示" if proposed else "信息化绩效考核结果通报"
        return Paper(title, facts, *self._get_edition_state())

    def _get_letter(self):
        result = self.result_id
        count = len(result.publication_id.result_ids._filter_ranked())
        facts = [("单位", result.unit_name), *self._get_edition_facts()]
        if result.withdrawn:
            facts.append(("名次", "退出本年度考核，不参加排名"))
        else:
            facts += [
                ("自评得分", f"{result.assessment_total:.2f}"),
                ("实地考核得分", f"{result.survey_total:.2f}"),
                ("最终得分", f"{result.final:.2f}"),
                ("名次", f"第{result.rank}名（共{count}个单位）"),
            ]
        facts += self._get_fingerprints()
        return Paper("信息化绩效考核成绩单", facts, *self._get_edition_state())

    def _get_form(self):
        kind = "assessment" if self.assessment_id else "survey"
        form = self[f"{kind}_id"]
        facts = [
            ("单位", form.unit_name),
            ("年度", f"{form.cycle_id.year}年度"),
            ("版本", f"第{self.version}版"),
            ("签字时间", _tell(self.signed_at)),
            ("最终得分", self.total or "—"),
        ]
        return Paper(FORMS[kind], facts, *self._get_form_state(form, kind, self.version))

    def _get_form_state(self, form, kind, version):
        """Return whether a version of a form is valid, as a sentence and a truth value."""
        if form.version > version:
            return f"已被第{form.version}版取代。", False
        if form.state != FILED_STATE[kind]:
            return "签字后已退回或重新打开，这一版不再有效。", False
        return "现行有效。", True

    def _get_edition_facts(self):
        publication = self.edition_id
        proposed = publication.state == "proposed"
        return [
            ("年度", f"{publication.cycle_id.year}年度"),
            ("版次", publication.edition or "第一版"),
            ("公示时间" if proposed else "公布时间", _tell(publication.published_at)),
        ]

    def _get_fingerprints(self):
        named = (("SHA-256", self.edition_id.sha256), ("SM3", self.edition_id.sm3))
        return [(f"数据指纹（{name}）", digest) for name, digest in named if digest]

    def _get_edition_state(self):
        """Return whether the edition is the current one, as a sentence and a truth value."""
        publication = self.edition_id
        current = publication.cycle_id.publication_id
        if publication.state == "proposed":
            if publication.is_current:
                return "公示，尚未公布。", True
            return "公示已经结束，以公布的结果为准。", False
        if publication == current:
            return "现行有效。", True
        edition = f"第{chinese.numeral(current.revision)}版"
        return f"已被{edition}取代（{_tell(current.published_at)}公布）。", False


def _tell(moment):
    """Return a moment in China as a text."""
    return f"{format_moment(moment)}（北京时间）" if moment else "—"
