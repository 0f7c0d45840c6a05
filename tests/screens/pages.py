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
