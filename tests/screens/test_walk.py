"""A walk through all menus of all roles: no page has an error, speaks English or cuts a word."""

from ..helpers.common import ROLES
from .pages import PagesCase

# What Chinese texts write in Latin letters: kinds of files, terms, names that the tests gave,
# fingerprints.
TERMS = "PDF|PNG|JPE?G|TXT|XLSX?|Excel|Word|DOCX?|ZIP|SHA|QR|ID|OK|CTRL|Esc|Enter|My Company"
LATIN = rf"\b({TERMS}|SM3|[0-9a-f]{{64}}|[A-DKN]|test_\w+( \(\w+\))?)"
# Logs are in the language of those who acted: here that of the set-up.
UNREAD = "script, style, noscript, .o-mail-Message"
SPEAK = """
const latin = new RegExp(told.latin, "gi");
const english = new Set();
await walk(told.actions, (page) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const { data, parentElement } = texts.currentNode;
        const isText = isShown(parentElement) && !parentElement.closest(told.unread);
        if (isText && /[a-z]{2,}/i.test(data.replace(latin, ""))) {
            english.add(`${page}: ${data.trim()}`);
        }
    }
});
check(!english.size, [...english].join("\\n"));
"""
HEADS = """
const cut = new Set();
await walk(told.actions, (page) => {
    for (const head of all(".o_list_table thead th[data-name] > div > span")) {
        const { clientHeight, clientWidth, scrollHeight, scrollWidth } = head;
        if (scrollWidth > clientWidth || scrollHeight > clientHeight) {
            cut.add(`${page}: ${head.textContent.trim()}`);
        }
    }
});
check(!cut.size, [...cut].join("\\n"));
"""


class TestWalk(PagesCase):
    timeout = 600  # dozens of pages, one after the other

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak_chinese()

    def test_every_page_of_every_role(self):
        for role in ROLES:
            actions = self.get_actions(role)
            self.assertGreater(len(actions), 4)
            with self.subTest(role=role):
                self.look(role, "", SPEAK, actions=actions, latin=LATIN, unread=UNREAD)

    def test_no_head_of_a_column_is_cut_on_a_small_screen(self):
        seen = set()
        for role in ROLES:
            actions = [each for each in self.get_actions(role) if each not in seen]
            seen.update(actions)
            if actions:
                self.look(role, "", HEADS, actions=actions)
