"""成绩单: the letter that explains a unit's result, and how its final came about."""

import re
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.tools import chinese

from ..helpers.printing import ReportCase


@tagged("post_install", "-at_install")
class TestFinalExplanation(ReportCase):
    def result(self, name):
        return self.publication.result_ids.filtered(lambda row: row.unit_id.short_name == name)

    def explain(self, name):
        return self.result(name).final_explanation

    def test_the_mean_and_its_rounding(self):
        mean = "Mean of the two totals: "
        self.assertEqual(self.explain("利州"), mean + "(93.60 + 88.80) ÷ 2 = 91.20.")
        self.assertEqual(
            self.explain("昭化"), mean + "(85.85 + 77.84) ÷ 2 = 81.845, rounded to 81.85."
        )

    def test_a_veto_names_the_incident_and_the_final_before(self):
        *_mean, veto = self.explain("旺苍").splitlines()
        self.assertEqual(
            veto, "Network Security Incident in the year: the final is 0.00 in place of 85.95."
        )

    def test_a_form_that_was_not_filed_totals_nothing(self):
        unfiled, mean = self.explain("剑阁").splitlines()
        self.assertIn("not filed", unfiled)
        self.assertIn("(0.00 + 72.80) ÷ 2 = 36.40", mean)

    def test_a_leak_names_the_indicator_that_it_zeroes_and_no_veto(self):
        leak, mean = self.explain("青川").splitlines()
        self.assertEqual(leak, "Leak of Secrets in the year: “保密工作情况” counts 0.00.")
        self.assertIn("(68.00 + 68.00) ÷ 2 = 68.00", mean)

    def test_live_and_published_scores_say_the_same(self):
        cycle = self.open_cycle(year=2098)
        self.file_forms(
            cycle, {"利州": ("A" * 16, "B" * 16), "昭化": ("N" + "A" * 15, "B" * 15 + "C")}
        )
        live = self.scores(cycle)
        self.assertFalse(live["朝天"].final_explanation, "there is no final yet")
        texts = {name: live[name].final_explanation for name in ("利州", "昭化")}
        rest = {name: (None, "C" * 16) for name in ("朝天", "旺苍", "青川", "剑阁")}
        self.file_forms(cycle, rest)
        results = self.publish(cycle).result_ids
        self.assertEqual(
            {
                row.unit_id.short_name: row.final_explanation
                for row in results
                if row.unit_id.short_name in texts
            },
            texts,
        )


@tagged("post_install", "-at_install")
class TestScaledLetter(ReportCase):
    """A year in which nobody has the first indicator (2 points): both totals are scaled (R3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scaled = cls.open_cycle(cls.get_unit("利州") | cls.get_unit("昭化"), year=2098)
        marks = ("N" + "A" * 14 + "C", "N" + "B" * 15)
        cls.file_forms(cls.scaled, {"利州": marks, "昭化": marks})
        cls.result = cls.publish(cls.scaled).result_ids[:1]

    def test_the_sentence_shows_the_scaling(self):
        own, visit, mean = self.result.final_explanation.splitlines()
        self.assertIn("“领导重视程度”", own)
        self.assertIn("96.00 × 100 ÷ 98 = 97.9591…, rounded to 97.96", own)
        self.assertIn("78.40 × 100 ÷ 98 = 80.00.", visit)
        self.assertIn("(97.96 + 80.00) ÷ 2 = 88.98", mean)

    def test_the_letter_shows_the_points_before_and_after(self):
        rows = self.read_rows("result_report", self.result)
        self.assertIn("不计", rows[3])
        self.assertEqual([row[3] for row in rows if row[0] == "合计"], ["96.00", "78.40"])
        self.assertEqual([row[3] for row in rows if row[0] == "折算后得分"], ["97.96", "80.00"])

    def test_a_shared_rank_says_so(self):
        pages = self.print("result_report", self.result)
        self.assertPrinted("并列第1名（共2个单位）", pages)


@tagged("post_install", "-at_install")
class TestResultLetter(ReportCase):
    def result(self, name):
        return self.publication.result_ids.filtered(lambda row: row.unit_id.short_name == name)

    def test_the_letter_explains_the_score(self):
        pages = self.print("result_report", self.result("昭化"))
        for text in (
            "信息化绩效考核成绩单（2099年度）",
            "单位名称：昭化区交通运输局",
            "85.85 77.84 81.85 第2名（共6个单位） 否",
            "(85.85 + 77.84) ÷ 2 = 81.845",
            "二、自评得分",
            "三、实地调查考核得分",
            "2 B 1.60 1.60 =",
            "4 无此项 3.40 3.40 =",
        ):
            self.assertPrinted(text, pages)
        self.assertNotPrinted("2099年度，第", pages)

    def test_the_signature_stands_at_the_end(self):
        end = self.publication.company_id.name + chinese.date(self.publication.published_at)
        for result in self.publication.result_ids:
            pages = self.print("result_report", result)
            [*_before, last, annex] = pages
            self.assertTrue(last.endswith(end.replace(" ", "")), last[-50:])
            self.assertIn("合计", last, "no signature alone on a page")
            self.assertTrue(annex.startswith("附件"))

    def test_the_letter_says_what_the_screen_says(self):
        """R12: every number's explanation is the same text on paper and on the screen."""
        result = self.result("昭化").with_context(lang="zh_CN")
        pages = self.print("result_report", result)
        for number in ("assessment_total", "survey_total", "final", "rank"):
            for sentence in result.explain_number(number)[0]["sentences"]:
                self.assertPrinted(sentence, pages)
        for line in result.line_ids.explain_number("score"):
            self.assertPrinted(line["sentences"][0], pages)

    def test_rows_add_up_to_subtotals_and_total(self):
        head, *rows = self.read_rows("result_report", self.result("朝天"))[2:]
        self.assertEqual(head, ["考评内容", "考核指标", "满分", "等次", "得分", "说明"])
        end = next(place for place, row in enumerate(rows) if row[0] == "合计")
        subtotals = [row for row in rows[:end] if row[0] == "小计"]
        lines = [row[-5:] for row in rows[:end] if row[0] != "小计"]
        self.assertEqual([row[1] for row in subtotals], ["10", "20", "35", "20", "10", "5"])
        self.assertEqual(len(lines), 16)
        for column, total in ((1, "100"), (3, "75.35")):
            self.assertPoints(sum(float(row[column]) for row in subtotals), float(total))
            self.assertPoints(sum(float(row[column]) for row in lines), float(total))
            self.assertEqual(rows[end][column], total)

    def test_veto_and_unfiled_stand_in_the_letter(self):
        pages = self.print("result_report", self.result("旺苍"))
        self.assertPrinted("89.30 82.60 0.00 第6名（共6个单位） 是", pages)
        self.assertPrinted("没有最终得分更低的单位：考核得分列最后3名，按规定督促整改。", pages)
        self.assertPrinted("85.95", pages)
        pages = self.print("result_report", self.result("剑阁"))
        self.assertPrinted("二、自评得分未报送，得分为0.00。三、", pages)

    def test_it_speaks_chinese_to_everybody(self):
        pages = self.print("result_report", self.result("昭化"))
        self.assertPrinted("1.60=2分×80%（B等次）", pages)
        self.assertFalse(re.search("mean|points|grade", "".join(pages)))

    def test_without_chinese_installed_it_prints_all_the_same(self):
        languages, english = self.env.registry["res.lang"], [("en_US", "English")]
        with patch.object(languages, "get_installed", return_value=english):
            pages = self.print("result_report", self.result("昭化"))
        self.assertPrinted("1.60 = 2 points", pages)

    def test_a_revision_says_its_number_and_reason(self):
        self.cycle.sudo().write({"state": "review", "revision_reason": "申诉成立"})
        revision = self.cycle._create_publication(self.publication.published_at)
        revision._freeze_scores()
        pages = self.print("result_report", revision.result_ids[:1])
        self.assertPrinted("（2099年度，第二版）", pages)
        self.assertPrinted("修订原因：申诉成立。此前公布的结果以本版为准。", pages)

    def test_one_letter_per_unit(self):
        pages = self.print("result_report", self.publication.result_ids)
        self.assertEqual("".join(pages).count("单位名称"), 6)

    def test_who_reads_the_result_prints_it(self):
        own, other = self.result("利州"), self.result("昭化")
        for role in ("reporter", "leader"):
            self.assertTrue(self.print("result_report", own, role=role))
            with self.assertRaises(AccessError):
                self.print("result_report", other, role=role)
        for role in ("head", "division", "leadership"):
            self.assertTrue(self.print("result_report", other, role=role))
        with self.assertRaises(AccessError):
            self.print("result_report", own, role="assessor")

    def test_what_others_got_is_named_only_to_those_who_may_read_it(self):
        """The mean names its units to everybody, their points only to readers of all."""
        result = self.result("昭化")
        result.unit_id.sudo().reporter_ids += self.users["reporter"]
        pages = self.print("result_report", result, role="reporter")
        self.assertPrinted("朝天、旺苍", pages)
        self.assertNotPrinted("朝天2", pages)
        pages = self.print("result_report", result, role="division")
        self.assertNotPrinted("朝天、", pages)
