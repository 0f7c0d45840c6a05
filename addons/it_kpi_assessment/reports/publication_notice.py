"""考核结果通报 and its annex, with what a revision changed."""

from typing import NamedTuple

from odoo import models
from odoo.exceptions import AccessError

from ..award.award_words import tell_commendation
from ..award.band_words import describe_bands, name_grounds, tell_band
from ..tools import chinese
from ..tools.official_words import INCIDENTS, name_incidents, name_zeroed
from .pictures.notice_chart import Chart, get_chart
from .revision_notes import name_causes


class Notice(NamedTuple):
    """The content of the notice of one publication, besides the fields of the record."""

    results: models.Model
    withdrawn: models.Model  # results of the units that were withdrawn from the year (R13)
    last: models.Model
    origins: set  # values of ``origin`` of the result lines
    incidents: dict  # ``{effect: names}`` of the incidents that zero the final or an indicator
    changes: list  # of a revision: pairs of a changed unit (it.kpi.change) and the reason
    chart: Chart
    remarks: dict  # the texts of the column 备注, by result
    notes: list  # below the table: why units have another grade than their final reaches
    repeated: str  # which of the last were so in the years before, an empty text if none was
    period: str  # of the public notice (公示), an empty text if there was none
    bands: str  # by which rules units get their grades, an empty text if they get none
    commended: str  # which units are commended, an empty text if none are
    is_honoured: bool  # the commendation is a 表彰 that a higher authority approved


class PublicationNotice(models.AbstractModel):
    """考核结果通报: the published ranking as an official notice to all units."""

    _name = "report.it_kpi_assessment.report_publication"
    _description = "Notice of the Result"

    def _get_report_values(self, docids, data=None):
        publications = self.env["it.kpi.publication"].browse(docids)
        return {
            "docs": publications,
            "get_notice": self._get_notice,
        }

    def _get_notice(self, publication):
        """Return the ``Notice`` of a publication.

        :raise AccessError: the user may not read the results of all units
        """
        results = self._read_results(publication)
        ranked = results._filter_ranked()
        return Notice(
            ranked,
            results - ranked,
            results.filtered("is_last"),
            self._get_origins(publication),
            self._get_incidents(publication),
            self._get_changes(publication),
            get_chart(ranked, publication.rubric_id.full_points),
            self._get_remarks(ranked),
            self._get_notes(ranked),
            self._get_repeated(results),
            self._get_period(publication),
            describe_bands(publication.sudo().rubric_id),
            tell_commendation(publication.sudo().commendation_ids),
            bool(publication.sudo().commendation_ids.approval_document),
        )

    def _read_results(self, publication):
        """Return the results of all units; raise an AccessError if the user reads only some."""
        domain = [("publication_id", "=", publication.id)]
        results = self.env["it.kpi.result"].search(domain)
        if len(results) != results.sudo().search_count(domain):
            raise AccessError(
                self.env._(
                    "The notice lists the results of all units. It is for the head of the "
                    "assessment group, the informatization division and the bureau leadership."
                )
            )
        return results

    def _get_period(self, publication):
        """Return first and last day of the notice; of a proposed result, its own as it stands."""
        begin, until = publication.noticed_at, publication.notice_until
        if publication.state == "proposed":
            begin = publication.published_at
            until = publication.is_current and publication.cycle_id.notice_until or until
        return f"{chinese.date(begin)}至{chinese.date(until)}" if begin and until else ""

    def _get_remarks(self, results):
        zeroed = results._get_zeroed()
        return {result: self._get_remark(result, zeroed[result]) for result in results}

    def _get_origins(self, publication):
        groups = self.env["it.kpi.result.line"]._read_group(
            [("publication_id", "=", publication.id)], ["origin"]
        )
        return {origin for [origin] in groups}

    def _get_incidents(self, publication):
        incidents = {"final": [], "indicator": []}
        for veto in publication.rubric_id.veto_ids:
            incidents[veto.effect].append(INCIDENTS[veto.kind])
        return {effect: "或".join(names) for effect, names in incidents.items()}

    def _get_changes(self, publication):
        causes = publication.change_ids._get_causes()
        return [(change, name_causes(causes[change])) for change in publication.change_ids]

    def _get_remark(self, result, zeroed):
        """Return the text of the column 备注: what explains the final besides the totals.

        :param dict zeroed: kinds of incidents per indicator that they made 0
        """
        remarks = ["未报自评表"] if result.unfiled else []
        if result.vetoed:
            incidents = name_incidents(result.veto_kinds)
            remarks.append(f"发生{incidents}，否决前得分{result.before_veto:.2f}")
        remarks += name_zeroed(zeroed)
        told = {"unfiled"} if result.unfiled else set()
        if result.vetoed or zeroed:
            told.add("veto")
        return "；".join(remarks + name_grounds(result.band_grounds, told))

    def _get_notes(self, results):
        """Return a sentence for all units that have another grade for the same reason.

        The column 备注 is too narrow for it.
        """
        units = {}
        for result in results.filtered("band_grounds"):
            told = tell_band(result.band, result.band_reached, result.band_grounds)
            units.setdefault(told, []).append(result.unit_name)
        return [f"{'、'.join(names)}{told}。" for told, names in units.items()]

    def _get_repeated(self, results):
        """Return which units are among the last for the second year in a row or longer.

        Earlier years count as they were published when this result was: the notice stays as it is.
        """
        last = results.filtered("is_last")
        if not last:
            return ""
        orders, units = self.env["it.kpi.rectification"], {}
        moment = last.publication_id.published_at
        counts = orders._count_years_in_a_row(last.sudo(), moment)
        for result in last:
            units.setdefault(counts[result.sudo().unit_id], []).append(result.unit_name)
        return "，".join(
            f"{'、'.join(names)}已连续{chinese.count(years)}年列入督促整改"
            for years, names in sorted(units.items())
            if years > 1
        )
