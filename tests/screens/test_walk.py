"""A walk through all menus of all roles: no page reports an error, and none speaks English."""

from ..helpers.common import ROLES
from .pages import PagesCase

# What Chinese texts write in Latin letters: kinds of files, terms, names that the tests gave,
# fingerprints.
TERMS = "PDF|PNG|JPE?G|TXT|XLSX?|Excel|Word|DOCX?|ZIP|SHA|QR|ID|OK|CTRL|Esc|Enter|My Company"
LATIN = rf"\b({TERMS}|SM3|[0-9a-f]{{64}}|[A-DKN]|test_\w+( \(\w+\))?)"
# Logs are in the language of those who acted: here that of the set-up.
UNREAD = "script, style, noscript, .o-mail-Message"
# Every page of the menus, and the first record of each list and kanban view.
WALK = """
const latin = new RegExp(told.latin, "gi");
const { action } = odoo.__WOWL_DEBUG__.root.env.services;
const english = new Set();
const note = (page) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const { data, parentElement } = texts.currentNode;
        const isText = isShown(parentElement) && !parentElement.closest(told.unread);
        if (isText && /[a-z]{2,}/i.test(data.replace(latin, ""))) {
            english.add(`${page}: ${data.trim()}`);
        }
    }
};
const settle = async () => {
    await wait(() => !document.querySelector(".o_blockUI, .o_view_sample_data .o_loading"));
    await pause(400);
    check(!document.querySelector(".o_error_dialog, .modal .o_error_detail"), "an error dialog");
};
for (const [menu, id] of told.actions) {
    await action.doAction(id, { clearBreadcrumbs: true });
    await settle();
    note(menu);
    const record = all(".o_data_row .o_data_cell, .o_kanban_record:not(.o_kanban_ghost)")[0];
    if (record && !record.closest(".o_kanban_sample, .o_view_sample_data")) {
        record.click();
        await settle();
        note(`${menu}, first record`);
    }
}
check(!english.size, [...english].join("\\n"));
"""


class TestWalk(PagesCase):
    timeout = 600  # dozens of pages, one after the other

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak_chinese()

    def get_actions(self, role):
        """Return menu and action of all menus of the app that the role sees."""
        menus = self.env["ir.ui.menu"].with_user(self.users[role]).load_menus(False)
        root = self.env.ref("it_kpi_assessment.it_kpi_menu_root")
        return [
            (menu["xmlid"], menu["action_id"])
            for menu in menus.values()
            if menu.get("app_id") == root.id and menu["action_id"]
        ]

    def test_every_page_of_every_role(self):
        for role in ROLES:
            actions = self.get_actions(role)
            self.assertGreater(len(actions), 4)
            with self.subTest(role=role):
                self.look(role, "", WALK, actions=actions, latin=LATIN, unread=UNREAD)
