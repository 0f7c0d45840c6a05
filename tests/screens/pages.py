"""What a browser shows: pages are opened as a role and looked at by a script."""

import json

from odoo.tests import HttpCase

from ..helpers.screens import ScreensCase

# The script may use these; what it throws is the failure of the test.
TOOLS = """
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const wait = async (condition, what) => {
    for (let tries = 0; tries < 400; tries++) {
        const found = condition();
        if (found) {
            return found;
        }
        await pause(50);
    }
    throw new Error(`In vain: ${what || condition}`);
};
const isShown = (element) => element.getClientRects().length > 0;
const all = (selector) => [...document.querySelectorAll(selector)].filter(isShown);
const find = (selector, text = "") =>
    wait(() => all(selector).find((e) => e.textContent.includes(text)), selector + text);
const click = async (selector, text) => (await find(selector, text)).click();
const check = (condition, message) => {
    if (!condition) {
        throw new Error(message);
    }
};
const settle = async () => {
    // Odoo draws its loading indicator over the page while a request is slow, and fades it out.
    await wait(() => !document.querySelector(".o_blockUI, .o_loading_indicator"));
    await pause(400);
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    check(!document.querySelector(".o_error_dialog, .modal .o_error_detail"), "an error dialog");
};
// Every page of these menus, and the first record of each list and kanban view.
const walk = async (actions, look) => {
    const { action } = odoo.__WOWL_DEBUG__.root.env.services;
    for (const [menu, id] of actions) {
        await action.doAction(id, { clearBreadcrumbs: true });
        await settle();
        await look(menu);
        const records = ".o_data_row .o_data_cell, .o_kanban_record:not(.o_kanban_ghost)";
        const record = all(records)[0];
        if (record && !record.closest(".o_kanban_sample, .o_view_sample_data")) {
            record.click();
            await settle();
            await look(`${menu}, first record`);
        }
    }
};
"""
RUN = """
(async () => {
    const told = %s;
    %s
    %s
    console.log("test successful");
})().catch((error) => console.error(error.message));
"""


class PagesCase(HttpCase, ScreensCase):
    """Pages of the published year and the one under way."""

    timeout = 60  # seconds that a script may take

    @classmethod
    def speak_chinese(cls):
        """Have all users of this case see the pages in Chinese."""
        cls.env["res.lang"]._activate_lang("zh_CN")
        modules = ["base", "web", "mail", "it_kpi_assessment"]
        cls.env["ir.module.module"]._load_module_terms(modules, ["zh_CN"])
        cls.env["res.users"].search([]).lang = "zh_CN"

    def get_actions(self, role):
        """Return menu and action of all menus of the app that the role sees."""
        menus = self.env["ir.ui.menu"].with_user(self.users[role]).load_menus(False)
        root = self.env.ref("it_kpi_assessment.it_kpi_menu_root")
        return [
            (menu["xmlid"], menu["action_id"])
            for menu in menus.values()
            if menu.get("app_id") == root.id and menu["action_id"]
        ]

    def look(self, login, path, script, size="1366x768", **told):
        """Open a page and run the script; it finds what it was told in ``told``."""
        self.browser_size = size
        with self.subTest(login=login, path=path, size=size):
            self.browser_js(
                f"/odoo/{path}",
                RUN % (json.dumps(told), TOOLS, script),
                ready="odoo.isReady",
                login=f"test_{login}",
                timeout=self.timeout,
            )
