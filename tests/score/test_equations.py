"""Every equation that a sentence tells is true as it is told, and says where it rounds (R12)."""

import ast
import operator
import re
from decimal import Decimal
from fractions import Fraction

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ..helpers.random_years import RandomYearCase, examples, units

OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
NUMBER = r"[0-9]+(?:\.[0-9]+)?"
# An equation between numbers: what is calculated, its value (cut by …), and what it is rounded to.
EQUATION = re.compile(
    rf"(?P<left>(?:\({NUMBER} \+ {NUMBER}\)|{NUMBER}%?)(?: [×÷+] {NUMBER}%?)+)"
    rf" = (?P<value>{NUMBER}…?)"
    rf"(?P<rounded>, rounded(?: to (?P<to>{NUMBER}))?)?"
)
SUM = re.compile(rf"^(?P<total>{NUMBER}) = (?P<parts>[^=]*? {NUMBER}(?: \+ [^=]*? {NUMBER})*)$")
MEAN = re.compile(
    rf"^(?P<mean>{NUMBER}) (?:= mean of the|\(mean of the) (?P<count>\d+) units that have this"
    rf"(?:: (?P<value>{NUMBER}…?), rounded; (?P<rest>.*)| \((?P<exact>.*))\)$"
)


def calculate(text):
    """Return the exact value of an expression with × ÷ + and %."""
    text = re.sub(rf"({NUMBER})%", r"(\1 / 100)", text.replace("×", "*").replace("÷", "/"))
    return _calculate(ast.parse(text, mode="eval").body)


def _calculate(node):
    if isinstance(node, ast.BinOp):
        return OPERATORS[type(node.op)](_calculate(node.left), _calculate(node.right))
    return Fraction(str(node.value))


def half_up(value):
    cents = (value * 100 + Fraction(1, 2)).__floor__()
    return Decimal(cents) / 100


class EquationCase(RandomYearCase):
    def assertTrueAsTold(self, sentence):
        """Return how many equations the sentence tells, after checking each of them."""
        plain = sentence.replace(" points", "")
        found = 0
        for match in EQUATION.finditer(plain):
            found += 1
            self.check_value(calculate(match["left"]), match["value"], sentence)
            if match["to"]:
                self.assertEqual(half_up(calculate(match["left"])), Decimal(match["to"]), sentence)
        grade = re.match(rf"({NUMBER}) (=|\() ?({NUMBER} × {NUMBER}%)( = .*rounded)?", plain)
        if grade:
            found += 1
            score, sign, product, rounded = grade.groups()
            value = calculate(product)
            self.assertEqual(half_up(value), Decimal(score), sentence)
            self.assertEqual(sign == "=", value == Fraction(score), sentence)
            self.assertEqual(bool(rounded), value != Fraction(score), sentence)
        return found + self.check_sum(sentence) + self.check_mean(sentence)

    def check_value(self, exact, told, sentence):
        value = Fraction(told.removesuffix("…"))
        if told.endswith("…"):
            self.assertTrue(0 < exact - value < Fraction(1, 10000), sentence)
        else:
            self.assertEqual(exact, value, sentence)

    def check_sum(self, sentence):
        """The total is that of the dimensions: ``85.60 = 组织管理 8.60 + …``."""
        match = SUM.match(sentence)
        if not match or "×" in sentence:
            return 0
        parts = [part.rsplit(" ", 1)[1] for part in match["parts"].split(" + ")]
        self.assertEqual(sum(map(Fraction, parts)), Fraction(match["total"]), sentence)
        return 1

    def check_mean(self, sentence):
        only = re.match(
            rf"({NUMBER}) = the points of the only unit that has this \((.*)\)", sentence
        )
        if only:
            self.assertEqual(only[1], only[2].rsplit(" ", 1)[1], sentence)
            return 1
        match = MEAN.match(sentence)
        if not match:
            self.assertNotRegex(sentence, "[0-9] =? ?.?mean of the")
            return 0
        named = (match["exact"] or match["rest"]).split("、")
        scores = [Fraction(name.rsplit(" ", 1)[1]) for name in named]
        self.assertEqual(len(scores), int(match["count"]), sentence)
        mean = sum(scores) / len(scores)
        self.check_value(mean, match["value"] or match["mean"], sentence)
        self.assertEqual(half_up(mean), Decimal(match["mean"]), sentence)
        return 1


@tagged("post_install", "-at_install")
class TestEquations(EquationCase):
    @settings(examples(12), phases=[Phase.generate])
    @given(
        year=st.lists(units, min_size=4, max_size=4),
        points=st.lists(st.integers(1, 9999), min_size=16, max_size=16),
        ratio=st.integers(0, 10000),
        weight=st.sampled_from([50, 33.3, 12.5]),
    )
    def test_random_years(self, year, points, ratio, weight):
        cycle = self.cycle_of(4)
        for indicator, hundredths in zip(cycle.rubric_id.indicator_ids, points, strict=True):
            indicator.points = hundredths / 100
        cycle.rubric_id.grade_ids[1].ratio = ratio / 10000
        named = dict(zip(self.units.mapped("short_name"), year, strict=False))
        self.load(cycle, named)
        self.env.invalidate_all()
        sentences = [*self.get_sentences(cycle), *self.get_trial_sentences(cycle, weight)]
        found = sum(map(self.assertTrueAsTold, sentences))
        self.assertGreaterEqual(found, 25 * len(self.ranked(cycle)))

    def get_sentences(self, cycle):
        """Return all sentences about all numbers of the year, on scores, lines and forms."""
        division = self.env["it.kpi.cycle"].with_user(self.users["division"]).env
        domain = [("cycle_id", "=", cycle.id)]
        for model in ("it.kpi.ranking", "it.kpi.ranking.line"):
            records = division[model].search(domain)
            for number in records._explained:
                yield from self.ask(records, number)
        for kind in ("assessment", "survey"):
            forms = cycle.with_env(division)[f"{kind}_ids"]
            yield from self.ask(forms.line_ids, "score")
            yield from self.ask(forms, "graded_total")

    def ask(self, records, number):
        return [text for answer in records.explain_number(number) for text in answer["sentences"]]

    def get_trial_sentences(self, cycle, weight):
        trial = self.env["it.kpi.trial"].with_user(self.users["division"])
        for unit in self.ranked(cycle).values():
            [answer] = trial.explain_trial(cycle.id, unit.unit_id.id, "final", weight)
            yield from answer["sentences"]

    def test_what_the_reader_of_this_test_must_find(self):
        """Sentences of every kind are read as equations, and false ones are found out."""
        told = {
            "1.11 (3.33 points × 33.3% = 1.10889, rounded; grade B)": 2,
            "12.00 = 15 points × 80% (grade B)": 1,
            "1.67 (mean of the 2 units that have this: 1.665, rounded; 利州 0.00、昭化 3.33)": 1,
            "0.33 (mean of the 3 units that have this: 0.3333…, rounded; "
            "a 0.00、b 0.00、c 1.00)": 1,
            "(85.85 + 77.84) ÷ 2 = 81.845, rounded to 81.85.": 1,
            "scaled: 96.00 × 100 ÷ 98 = 97.9591…, rounded to 97.96.": 1,
        }
        for sentence, count in told.items():
            with self.subTest(sentence):
                self.assertEqual(self.assertTrueAsTold(sentence), count)
        for sentence in (
            "1.11 = 3.33 points × 33.3% (grade B)",
            "1.67 = mean of the 2 units that have this (利州 0.00、昭化 3.33)",
            "(85.85 + 77.84) ÷ 2 = 81.85.",
        ):
            with self.subTest(sentence), self.assertRaises(AssertionError):
                self.assertTrueAsTold(sentence)


@tagged("post_install", "-at_install")
class TestLargePoints(RandomYearCase):
    def test_points_of_many_digits_are_not_rounded(self):
        cycle = self.cycle_of(1)
        cycle.rubric_id.indicator_ids[0].points = 1234.56
        form = cycle.assessment_ids
        self.fill(form, "A" * 16)
        [sentence] = form.line_ids[0].explain_number("score")[0]["sentences"]
        self.assertEqual(sentence, "1234.56 = 1234.56 points × 100% (grade A)")
        cycle.rubric_id.indicator_ids[0].points = 9999.99
        [sentence] = form.line_ids[0].explain_number("score")[0]["sentences"]
        self.assertEqual(sentence, "9999.99 = 9999.99 points × 100% (grade A)")
