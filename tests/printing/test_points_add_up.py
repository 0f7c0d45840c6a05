"""One source of points: every paper, the workbook and the screen say the same at every moment.

A line counts the same wherever it is shown, lines add up to their part, parts to the total below
them, and that is the total of the ranking: before publication and after it.
"""

from decimal import Decimal

from odoo.tests import tagged

from ..helpers.common import EXAMPLE
from ..helpers.printing import ReportCase, squeeze
from ..helpers.prints.points import (
    AWAITED,
    POINTS_OF_THE_FORM,
    SCALED,
    half_up,
    read_form,
    read_letter,
    read_page,
    read_self_report,
    read_workbook,
)

KINDS = ("assessment", "survey")
LEAK = "因失泄密事件计0分"


def drop(marks, *rows):
    """Return marks with N in these rows: what no unit has (R3)."""
    return marks and "".join("N" if row in rows else mark for row, mark in enumerate(marks))


class PointsCase(ReportCase):
    """A year with means, a leak, a veto and 未报; the papers of all its units."""

    marks = EXAMPLE

    @classmethod
    def setUpClass(cls):
        super(ReportCase, cls).setUpClass()
        cls.cycle = cls.open_cycle()
        cls.file_forms(cls.cycle, cls.marks)
        cls.record_incident("旺苍", "network_security")
        cls.record_incident("青川", "leak")

    def publish_year(self):
        self.publication = self.publish(self.cycle)
        self.env.invalidate_all()

    def get_forms(self):
        """Yield each form that was filed, its kind, and what the ranking says it totals."""
        scores = self.get_scores()
        for kind in KINDS:
            for form in self.cycle[f"{kind}_ids"]:
                if form.state != "unfiled":
                    yield form, kind, scores[form.unit_id][f"{kind}_total"]

    def get_scores(self):
        model, domain = "it.kpi.ranking", [("cycle_id", "=", self.cycle.id)]
        if self.cycle.publication_id:
            model = "it.kpi.result"
        return {score.unit_id: score for score in self.env[model].search(domain)}

    def get_score_lines(self, form, kind):
        model = "it.kpi.result.line" if self.cycle.publication_id else "it.kpi.ranking.line"
        rows = self.env[model].search(
            [
                ("cycle_id", "=", self.cycle.id),
                ("unit_id", "=", form.unit_id.id),
                ("kind", "=", kind),
            ]
        )
        return {row.indicator_id: row for row in rows}

    def get_expected(self, form, kind):
        """Return what each line counts: as in the ranking, but no mean before publication."""
        rows = self.get_score_lines(form, kind)
        known = ("graded", "zeroed", "mean") if self.cycle.publication_id else ("graded", "zeroed")
        return [
            half_up(Decimal(str(row.score))) if row.origin in known else None
            for row in (rows[line.indicator_id] for line in form.line_ids)
        ]

    def render(self, report, record):
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            f"it_kpi_assessment.{report}", record.ids
        )
        return html

    def assertAddsUp(self, paper, expected, total):
        """Lines are those expected; they add up to their parts, and these to the total."""
        self.assertEqual([points for lines, _sum in paper.parts for points in lines], expected)
        for lines, part in paper.parts:
            if part is not None:
                self.assertEqual(sum(filter(None, lines)), part)
        ranked = half_up(Decimal(str(total)))
        if not paper.dropped:
            self.assertEqual(paper.sum, paper.total)
        else:
            kept = POINTS_OF_THE_FORM - paper.dropped
            scaled = half_up(paper.sum * POINTS_OF_THE_FORM / kept)
            self.assertEqual(scaled, paper.total)
        if not paper.awaited:
            self.assertEqual(paper.total, ranked)

    def check_text(self, form, paper):
        """The box says what is still to come, what was zeroed and how it was scaled."""
        awaited = AWAITED.search(paper.text)
        self.assertEqual(int(awaited.group(1)) if awaited else 0, paper.awaited)
        self.assertEqual(LEAK in paper.text, form.unit_id.short_name == "青川")
        scaled = SCALED.search(paper.text)
        self.assertEqual(bool(scaled), bool(paper.dropped))
        if scaled:
            *numbers, cut = scaled.groups()
            points, product, full, kept, quotient = map(Decimal, numbers)
            self.assertEqual((points, points), (product, paper.sum))
            exact = product * full / kept
            self.assertEqual(half_up(exact), paper.total)
            self.assertTrue(exact == quotient or (cut and 0 < exact - quotient < Decimal("0.0001")))

    def check_papers(self):
        """附件2, 附件3, 自评报告 and the screen."""
        for form, kind, total in self.get_forms():
            with self.subTest(form=form.display_name):
                expected = self.get_expected(form, kind)
                paper = read_form(self.read_rows(f"{kind}_report", form))
                self.assertAddsUp(paper, expected, total)
                self.check_text(form, paper)
                self.check_screen(form, expected, paper)
                if kind == "assessment":
                    report = read_self_report(read_page(self.render("self_report", form)))
                    self.assertAddsUp(report, expected, total)
                    self.check_text(form, report)
                    self.assertEqual(report.text, paper.text)

    def check_screen(self, form, expected, paper):
        """What the web client reads: a line's points, their explanation, and the total."""
        form = form.with_user(self.users["division"])
        for line, points in zip(form.line_ids, expected, strict=True):
            self.assertPoints(line.counted_score, points or 0)
            [sentence] = line.explain_number("score")[0]["sentences"]
            self.assertEqual(points is not None, sentence.startswith(f"{points}"), sentence)
            self.assertEqual(line.origin == "zeroed", "Leak of Secrets" in (line.points_note or ""))
        self.assertPoints(form.graded_total, paper.sum)
        first = form.explain_number("graded_total")[0]["sentences"][0]
        self.assertTrue(first.startswith(f"{paper.sum:.2f}"), first)
        if form.is_published:
            self.assertPoints(form.total, paper.total)

    def check_workbook(self, owner):
        sheets = read_workbook(owner.with_user(self.users["division"])._workbook())
        scores = {unit.name: score for unit, score in self.get_scores().items()}
        names = {row[1] for row in sheets["排名"]}
        self.assertEqual(names, set(scores))
        for row in sheets["排名"]:
            score = scores[row[1]]
            self.assertEqual(row[3:6], (score.assessment_total, score.survey_total, score.final))
            self.assertEqual(
                "年内有失泄密事件，“保密工作情况”得分为0" in (row[8] or ""),
                score.unit_id.short_name == "青川",
            )
            self.assertEqual("网络安全事件" in (row[8] or ""), score.unit_id.short_name == "旺苍")
        units = {name: score.unit_id for name, score in scores.items()}
        for _rank, name, label, *cells, total, _final in sheets["得分明细"]:
            kind = {"自评": "assessment", "实地考核": "survey"}[label]
            form = self.cycle[f"{kind}_ids"].filtered(
                lambda form, name=name: form.unit_id == units.get(name)
            )
            if form and form.state != "unfiled":
                self.check_cells(form, kind, cells, total)

    def check_cells(self, form, kind, cells, total):
        rows = self.get_score_lines(form, kind)
        found = [rows[line.indicator_id] for line in form.line_ids]
        expected = ["不计" if row.origin == "dropped" else row.score for row in found]
        self.assertEqual(cells, expected)
        points = sum(Decimal(str(cell)) for cell in cells if cell != "不计")
        kept = sum(row.points for row in found if row.origin != "dropped")
        scaled = points * POINTS_OF_THE_FORM / Decimal(str(kept))
        self.assertEqual(half_up(scaled), half_up(Decimal(str(total))))

    def check_letters(self):
        for result in self.publication.result_ids:
            with self.subTest(letter=result.unit_id.short_name):
                rows = self.read_rows("result_report", result)
                totals = [Decimal(rows[1][0]), Decimal(rows[1][1])]
                self.assertEqual(
                    totals,
                    [half_up(Decimal(str(result[f"{kind}_total"]))) for kind in KINDS],
                )
                tables = self.split_tables(rows)
                kinds = KINDS[1:] if result.unfiled else KINDS
                self.assertEqual(len(tables), len(kinds))
                for kind, table in zip(kinds, tables, strict=True):
                    form = self.get_form(self.cycle, result.unit_id.short_name, kind)
                    expected = self.get_expected(form, kind)
                    self.assertAddsUp(read_letter(table), expected, result[f"{kind}_total"])
                text = read_page(self.render("result_report", result)).split("二、")[0]
                self.assertEqual("保密工作情况" in text, result.unit_id.short_name == "青川")

    def split_tables(self, rows):
        starts = [number for number, cells in enumerate(rows) if cells[-1:] == ["说明"]]
        ends = [
            number
            for number, cells in enumerate(rows)
            if cells[:1] in (["合计"], ["折算后得分"]) and rows[number + 1][:1] != ["折算后得分"]
        ]
        return [rows[start : end + 1] for start, end in zip(starts, ends, strict=True)]

    def check_notice(self):
        rows = self.read_rows("publication_report", self.publication)
        rows = {cells[1]: cells for cells in rows if len(cells) == 6}
        for result in self.publication.result_ids:
            totals = (result.assessment_total, result.survey_total, result.final)
            cells = rows[squeeze(result.unit_id.name)]
            self.assertEqual(cells[2:5], [f"{total:.2f}" for total in totals])
            self.assertEqual(
                "年内有失泄密事件,“保密工作情况”得分为0" in cells[5],
                result.unit_id.short_name == "青川",
            )


class SameEverywhere:
    """The tests of every year."""

    def test_before_publication(self):
        self.env.invalidate_all()
        self.check_papers()
        self.check_workbook(self.cycle)

    def test_after_publication(self):
        self.publish_year()
        self.check_papers()
        self.check_workbook(self.publication)
        self.check_letters()
        self.check_notice()

    def test_the_pdf_adds_up(self):
        """What a leader signs, what is printed later: the text of the PDFs."""
        for moment in ("before", "after"):
            if moment == "after":
                self.publish_year()
            for name in ("青川", "昭化"):
                form = self.get_form(self.cycle, name)
                [total] = [t for found, k, t in self.get_forms() if found == form and k]
                pages = self.print("self_report", form)
                report = read_self_report("".join(pages))
                self.assertAddsUp(report, self.get_expected(form, "assessment"), total)
                self.assertPrinted(f"最终得分{report.text}", self.print("assessment_report", form))


@tagged("post_install", "-at_install")
class TestExampleYear(SameEverywhere, PointsCase):
    def test_the_list_says_what_a_leak_does_wherever_it_says_what_a_veto_does(self):
        note = "Leak of Secrets (“保密工作情况” counts 0)"
        self.assertEqual(self.scores(self.cycle)["青川"].note, note)
        self.publish_year()
        notes = {score.unit_id.short_name: score.note for score in self.get_scores().values()}
        self.assertEqual(notes["青川"], note)
        self.assertNotIn("Leak", notes["旺苍"])

    def test_what_was_not_filed_counts_nothing(self):
        form = self.get_form(self.cycle, "剑阁")
        self.fill(form, "A" * 16)
        for act in (self.env.invalidate_all, self.publish_year):
            act()
            self.assertPoints(form.graded_total, 0)
            self.assertEqual(set(form.line_ids.mapped("origin")), {"unfiled"})
            self.assertIn("not filed", *form.explain_number("graded_total")[0]["sentences"])
            self.assertIn("not filed", *form.line_ids[0].explain_number("score")[0]["sentences"])

    def test_a_unit_reads_what_its_leak_does_before_publication(self):
        form = self.get_form(self.cycle, "青川")
        form.unit_id.reporter_ids = self.users["reporter"]
        own = form.with_user(self.users["reporter"])
        self.env.invalidate_all()
        self.assertPoints(own.graded_total, 68)
        self.assertEqual(own.line_ids[9].points_note, "0 because of: Leak of Secrets")
        self.env["it.kpi.incident"].search([("kind", "=", "leak")]).state = "lifted"
        self.env.invalidate_all()
        self.assertPoints(own.graded_total, 80)


@tagged("post_install", "-at_install")
class TestScaledYear(SameEverywhere, PointsCase):
    """Nobody has the second indicator in 附件2, nor the third in 附件3: both are scaled (R3)."""

    marks = {
        unit: (drop(assessment, 1), drop(survey, 2))
        for unit, (assessment, survey) in EXAMPLE.items()
    }
