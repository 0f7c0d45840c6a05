"""The manual speaks of what is there: its pictures, its links, and the words of the interface."""

import re
from functools import cached_property

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path

from tools.paths import DOCS, ROOT
from tools.picture_list import PICTURES

LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
# What the manual sets in these is on a screen, letter for letter; …… is what varies.
INTERFACE = re.compile("「([^」]+)」")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
TAG = re.compile("<[^>]+>")


def _anchor(heading):
    """Return what a link to the heading ends with: letters and digits, - for blanks."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _sentence(term):
    """Return a pattern of what the term becomes with its placeholders filled."""
    parts = [re.escape(part.replace("%%", "%").strip()) for part in PLACEHOLDER.split(term)]
    return re.compile(".+".join(parts), re.DOTALL)


@tagged("post_install", "-at_install")
class TestManual(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        paths = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
        cls.texts = {path: path.read_text() for path in paths}
        cls.manual = {path: cls.texts[path] for path in paths if path.parent == DOCS / "manual"}

    @cached_property
    def terms(self):
        """The Chinese terms of the addon and of its dependencies, without mark-up."""
        modules = ("it_kpi_assessment", "base", "web", "mail")
        return set().union(*map(self._read_terms, modules))

    @cached_property
    def sentences(self):
        """Patterns of the addon's terms with placeholders, of those that say something else."""
        terms = self._read_terms("it_kpi_assessment")
        fixed = {term: "".join(PLACEHOLDER.split(term)) for term in terms}
        return [_sentence(term) for term in terms if term != fixed[term] and len(fixed[term]) > 4]

    def _read_terms(self, module):
        file = polib.pofile(file_path(f"{module}/i18n/zh_CN.po"))
        return {TAG.sub("", term.msgstr).strip() for term in file}

    def _get_links(self):
        for path, text in self.texts.items():
            for mark, label, target in LINK.findall(text):
                if "://" not in target:
                    yield path, bool(mark), label, target

    def test_what_one_logs_in_with_has_one_name(self):
        """It is called as on the screens; headings of files that people bring may differ."""
        told = {path.name: text.replace("“登录名”", "") for path, text in self.manual.items()}
        self.assertEqual([name for name, text in told.items() if "登录名" in text], [])
        terms = self._read_terms("it_kpi_assessment")
        self.assertEqual([term for term in terms if "登录名" in term], [])

    def test_there_is_a_manual(self):
        self.assertGreaterEqual(len(self.manual), 6)
        self.assertEqual(
            {path.name for path in self.manual}, {"README.md"} | set(self._get_parts())
        )

    def _get_parts(self):
        """Return what the manual's table of contents leads to."""
        contents = DOCS / "manual" / "README.md"
        targets = [target for path, _, _, target in self._get_links() if path == contents]
        return [target for target in targets if target.endswith(".md")]

    def test_links_lead_somewhere(self):
        for path, _, _, target in self._get_links():
            with self.subTest(path=path.name, target=target):
                name, _, anchor = target.partition("#")
                found = (path.parent / name).resolve() if name else path
                self.assertTrue(found.exists())
                if anchor:
                    self.assertIn(anchor, map(_anchor, HEADING.findall(found.read_text())))

    def test_pictures_are_there_and_shown(self):
        shown = {
            (path.parent / target).resolve()
            for path, is_picture, _, target in self._get_links()
            if is_picture
        }
        self.assertEqual(shown, set(DOCS.rglob("*.png")))

    def test_pictures_are_taken_by_the_command(self):
        self.assertCountEqual(
            [picture.name for picture in PICTURES],
            [str(path.relative_to(DOCS).with_suffix("")) for path in DOCS.rglob("*.png")],
        )

    def test_pictures_are_described_and_small(self):
        for path, is_picture, label, target in self._get_links():
            if is_picture:
                with self.subTest(target=target):
                    self.assertTrue(label)
                    self.assertLess((path.parent / target).stat().st_size, 150_000)

    def test_words_of_the_interface_are_those_on_the_screen(self):
        for path, text in self.manual.items():
            for word in sorted(set(INTERFACE.findall(text))):
                with self.subTest(path=path.name, word=word):
                    self.assertTrue(
                        word in self.terms
                        or any(sentence.fullmatch(word) for sentence in self.sentences),
                        f"Nothing in the interface is called “{word}”.",
                    )
