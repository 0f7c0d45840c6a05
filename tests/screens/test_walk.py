"""A walk through all menus of all roles: no page has an error, speaks English or cuts a word."""

import re

from lxml import etree

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

ENGLISH = re.compile(r"(?!API|Key|Odoo)\b[A-Za-z]{3,}")
# Shown only where users have mail servers of their own, or to those who have API keys.
LEFT = {"Outgoing Mail Server", "Expires on:"}
SHOWN = ("string", "placeholder", "title", "confirm", "help")


def get_texts(arch):
    """Return what a view says on its own: not the names of fields, nor what it never shows."""
    for node in arch.iter(etree.Element):
        above = node.xpath("ancestor-or-self::*")
        if not any(each.get("invisible") in ("1", "True") for each in above):
            yield from (node.get(name) for name in SHOWN if node.get(name))
            yield from (text.strip() for text in (node.text, node.tail) if text)


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

    def test_odoos_forms_of_users_speak_chinese(self):
        """Also what only a tab, an empty field or a pointer shows."""
        self.env["ir.module.module"]._load_module_terms(["auth_signup"], ["zh_CN"])
        users = self.env["res.users"].with_context(lang="zh_CN")
        english = set()
        for view in ("base.view_users_form", "base.view_users_form_simple_modif"):
            arch = etree.fromstring(users.get_view(self.env.ref(view).id, "form")["arch"])
            english.update(text for text in get_texts(arch) if ENGLISH.search(text))
        for name in ("state", "notification_type", "role"):
            labels = users.fields_get([name])[name]["selection"]
            english.update(label for _value, label in labels if ENGLISH.search(label))
        self.assertFalse(english - LEFT)

    def test_no_head_of_a_column_is_cut_on_a_small_screen(self):
        seen = set()
        for role in ROLES:
            actions = [each for each in self.get_actions(role) if each not in seen]
            seen.update(actions)
            if actions:
                self.look(role, "", HEADS, actions=actions)
