"""Section 9: what an auditor and a unit download, and the programs in it, run without Odoo."""

import json
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from hypothesis import given
from hypothesis import strategies as st

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.it_kpi_assessment.proof import package
from odoo.addons.it_kpi_assessment.proof.fingerprint import canonical, digest

from ..helpers.common import EXAMPLE, POINTS, RATIOS
from ..helpers.random_years import RandomYearCase, examples, years
from ..helpers.reference_scorer import Year
from .published import Published

RECOMPUTED = "全部得分、平均分和名次与等次一致"
VERIFIED = "本单位得分与等次、各项平均分一致"


class Unpacked:
    """The files of a package in an empty folder, and what its program says of them."""

    def __init__(self, test, content):
        folder = tempfile.TemporaryDirectory()
        test.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        with ZipFile(BytesIO(content)) as archive:
            archive.extractall(self.folder)
        [self.program] = self.folder.glob("*.py")
        self.file = next(self.folder / name for name in (package.ALL, package.OWN)
                         if (self.folder / name).exists())  # fmt: skip
        self.data = json.loads(self.file.read_text())

    def run(self, *arguments):
        """Return whether the program finds nothing wrong, and what it prints.

        It runs without the libraries of this Python's environment.
        """
        command = [sys.executable, "-I", "-S", self.program.name, *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.stderr:
            raise AssertionError(done.stderr)
        return done.returncode == 0, done.stdout

    def forge(self, change):
        """Return what the program says when the data were changed by a function."""
        data = json.loads(json.dumps(self.data))
        change(data)
        self.file.write_text(canonical(data))
        try:
            return self.run()
        finally:
            self.file.write_text(canonical(self.data))


def get_unit(data, short_name):
    return next(unit for unit in data["units"] if unit["short_name"] == short_name)


def forge_mark(unit):
    """Change the first graded mark of the survey that has another one beside it."""
    line = next(line for line in unit["survey"]["lines"] if line["mark"])
    line["mark"] = "A" if line["mark"] != "A" else "B"


@tagged("post_install", "-at_install")
class TestPackages(Published):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.audit = cls.publication.with_user(cls.users["division"])._get_proof_package()
        cls.own = cls.read_result("利州").with_user(cls.users["reporter"])._get_proof_package()

    @classmethod
    def read_result(cls, name):
        return cls.publication.result_ids.filtered(lambda row: row.unit_short_name == name)

    def test_the_auditor_recomputes_the_year(self):
        files = Unpacked(self, self.audit.content)
        is_right, text = files.run(self.publication.sha256)
        self.assertTrue(is_right, text)
        self.assertIn(RECOMPUTED, text)
        self.assertIn(self.publication.sha256, text)
        self.assertLessEqual(files.program.read_text().count("\n"), 80)
        for name in ("sha256", "sm3"):  # as sha256sum and openssl read the file
            told = digest(name, (files.folder / package.HEAD).read_text())
            self.assertEqual(told, self.publication[name])
        self.assertIn("python3 recompute.py", (files.folder / package.NOTES).read_text())

    def test_another_fingerprint_is_not_that_of_the_paper(self):
        is_right, text = Unpacked(self, self.audit.content).run(self.other.sha256)
        self.assertFalse(is_right)
        self.assertIn("指纹", text)

    def test_every_number_of_the_file_is_recomputed(self):
        """Each one is changed for itself: the program names it, besides the fingerprint."""
        files = Unpacked(self, self.audit.content)
        changes = {
            "自评表第01项得分": lambda unit: unit["assessment"]["lines"][0].update(score="0.01"),
            "自评表第04项平均分": lambda unit: unit["assessment"]["lines"][3].update(mean="0.01"),
            "自评表第04项单位数": lambda unit: unit["assessment"]["lines"][3].update(count=9),
            "自评表最终得分": lambda unit: unit["assessment"].update(total="0.01"),
            "否决前得分": lambda unit: unit.update(before_veto="0.01"),
            "最终得分": lambda unit: unit.update(final="0.01"),
            "名次": lambda unit: unit.update(rank=9),
            "督促整改": lambda unit: unit.update(is_last=not unit["is_last"]),
            "一票否决": lambda unit: unit.update(vetoed=not unit["vetoed"]),
        }
        for name, change in changes.items():
            with self.subTest(name):
                is_right, text = files.forge(
                    lambda data, change=change: change(get_unit(data, "利州"))
                )
                self.assertFalse(is_right)
                self.assertIn(name, text)
        for change in (
            lambda data: data["means"][3].update(sum="0.01"),
            lambda data: data["means"][3].update(count=1),
            lambda data: data["units"][1].update(name="改"),
            lambda data: data["units"].pop(),
            lambda data: data["rubric"]["indicators"][0].update(points="3.00"),
        ):
            is_right, text = files.forge(change)
            self.assertFalse(is_right and self.publication.sha256 in text)

    def test_a_mark_changed_in_the_database_is_seen(self):
        """On the publication, in both packages, and from the paper."""
        line = self.read_result("利州").line_ids[2]
        grade = self.cycle.rubric_id.grade_ids.filtered(lambda each: each.code == "D")
        self.execute("UPDATE it_kpi_result_line SET grade_id = %s WHERE id = %s", grade.id, line.id)
        [sentence] = self.verify()
        self.assertIn("利州", sentence)
        division = self.as_role("division", self.publication)
        is_right, text = Unpacked(self, division._get_proof_package().content).run()
        self.assertFalse(is_right)
        self.assertIn("利州", text)
        own = self.as_role("reporter", self.read_result("利州"))
        is_right, text = Unpacked(self, own._get_proof_package().content).run()
        self.assertFalse(is_right)

    def test_a_unit_verifies_its_own_final(self):
        files = Unpacked(self, self.own.content)
        is_right, text = files.run(self.publication.sha256)
        self.assertTrue(is_right, text)
        self.assertIn(VERIFIED, text)
        self.assertIn("91.20", text)

    def test_a_unit_finds_what_was_forged(self):
        files = Unpacked(self, self.own.content)

        def forge_neighbour(data):
            side, neighbour = data["path"][0]
            data["path"][0] = [side, neighbour[::-1]]

        for change, told in (
            (lambda data: forge_mark(data["unit"]), "得分"),
            (lambda data: data["head"]["means"][3].update(sum="9.00"), "平均分"),
            (forge_neighbour, "本单位数据的指纹"),
            (lambda data: data["unit"].update(final="99.00"), "最终得分"),
        ):
            is_right, text = files.forge(change)
            self.assertFalse(is_right)
            self.assertIn(told, text)

    def test_a_unit_gets_nobody_elses_marks(self):
        """No name and no number of another unit; the neighbours are fingerprints of salted
        texts, so trying out all marks of a neighbour leads nowhere."""
        files = Unpacked(self, self.own.content)
        text = files.file.read_text()
        for name in EXAMPLE:
            if name != "利州":
                self.assertNotIn(name, text)
        others = [row for row in self.publication.result_ids if row.unit_short_name != "利州"]
        for result in others:
            if not result.withdrawn:
                self.assertNotIn(f'"{result.survey_total:.2f}"', text)
        salts = {unit["salt"] for unit in self.get_units()}
        self.assertEqual(len(salts), len(EXAMPLE))
        self.assertEqual([salt for salt in salts if salt in text], [files.data["unit"]["salt"]])
        for unit in self.get_units():
            for salt in ("", None):
                guessed = digest("sha256", canonical(unit | {"salt": salt}))
                self.assertNotIn(guessed, text)

    def get_units(self):
        content = Unpacked(self, self.audit.content)
        return content.data["units"]

    def test_means_tell_no_more_than_the_lines_of_the_unit(self):
        """The unit reads mean and number of units of each of its lines; the sum is both."""
        data = Unpacked(self, self.own.content).data
        lines = {
            (kind, line["code"]): line
            for kind in ("assessment", "survey")
            for line in data["unit"][kind]["lines"]
        }
        for mean in data["head"]["means"]:
            line = lines[mean["form"], mean["code"]]
            self.assertEqual((mean["mean"], mean["count"]), (line["mean"], line["count"]))

    def test_who_downloads_what(self):
        own, foreign = self.read_result("利州"), self.read_result("青川")
        for role in ("reporter", "leader", "division", "head", "leadership"):
            self.assertTrue(self.as_role(role, own).action_download_proof())
        for role in ("reporter", "leader", "assessor"):
            for method in ("action_download_proof", "_get_proof_package"):
                for record in (self.publication, foreign):
                    call = getattr(self.as_role(role, record), method)
                    self.assertRaises(AccessError, call)


@tagged("post_install", "-at_install")
class TestRandomPackages(RandomYearCase):
    @examples(12)
    @given(year=years, place=st.integers(0, 5))
    def test_random_years(self, year, place):
        """Both programs agree with the reference; a forged mark, mean and neighbour are found."""
        named = dict(zip(self.units.mapped("short_name"), year, strict=False))
        if all(unit.withdrawn for unit in year):
            return  # nothing to publish
        with self.env.cr.savepoint() as savepoint:
            cycle = self.cycle_of(len(year))
            self.load(cycle, named)
            publication = self.publish(cycle)
            self.check(publication, named)
            result = publication.result_ids[place % len(year)]
            self.check_unit(result)
            savepoint.rollback()
        self.cycles = {}
        self.env.invalidate_all()

    def check(self, publication, named):
        files = Unpacked(self, publication._get_proof_package().content)
        is_right, text = files.run(publication.sha256)
        self.assertTrue(is_right, text)
        units = {unit["short_name"]: unit for unit in files.data["units"]}
        for name, score in Year(POINTS, RATIOS, named, 3).scores().items():
            told = units[name]["final"], units[name]["rank"], units[name]["is_last"]
            self.assertEqual(told, (f"{score.final:.2f}", score.rank, score.is_last))

    def check_unit(self, result):
        files = Unpacked(self, result._get_proof_package().content)
        is_right, text = files.run(result.publication_id.sha256)
        self.assertTrue(is_right, text)
        if any(line["mark"] for line in files.data["unit"]["survey"]["lines"] or ()):
            self.assertFalse(files.forge(lambda data: forge_mark(data["unit"]))[0])
        if files.data["path"]:
            self.assertFalse(files.forge(lambda data: data["path"][0].reverse())[0])
