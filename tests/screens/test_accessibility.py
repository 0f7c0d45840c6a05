"""No page of ours breaks a rule of WCAG 2, level A or AA, as far as axe-core can tell."""

import json
from importlib.resources import files

from odoo.tests import HttpCase

from ..helpers.common import ROLES
from ..helpers.screens import ScreensCase
from .pages import PagesCase

AXE = "/it_kpi_assessment_test/axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What Odoo draws around our pages and in their frames, and no view of ours can mend.
ODOO = (
    "head",  # its viewport forbids zooming on a phone
    ".o_main_navbar",  # menus and buttons without the roles that a menu bar demands
    ".o_notebook_headers",  # tabs outside of a list of tabs
    ".o-mail-Chatter",  # pictures of people and buttons without names
    ".o_field_tags",  # people as tags: their pictures without names, states that no role has
    ".o_optional_columns_dropdown",  # a button without a name, in the head of a list
    ".o_list_table .o-checkbox",  # tick boxes of lists have no names but their column's
    ".o_loading_indicator",  # fades in over the page while a request is slow
    ".o-mail-Avatar",  # pictures of people without names
    ".o_progress",  # what a bar shows is named at an element that takes no name
    ".o_field_selection",  # the list of a choice in an open row of a list
    ".o_attachments",  # previews and buttons of files are small, and without names
    ".o_searchview",  # its facets have roles without the parents that these demand
)
# What both scripts begin with: load axe-core, and say by which rules.
LOAD = """
const script = Object.assign(document.createElement("script"), { src: axe });
await new Promise((resolve) => {
    script.onload = resolve;
    document.head.append(script);
});
const runOnly = { type: "tag", values: levels };
const faults = [];
"""
CHECK = (
    """
(async () => {
    const { axe, levels, excluded, stages, harm } = %s;
    const find = async (selector) => {
        for (let tries = 0; tries < 400; tries++) {
            const element = document.querySelector(selector);
            if (element) {
                return element;
            }
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error(`There is no ${selector}.`);
    };
"""
    + LOAD
    + """
    for (const steps of stages) {
        for (const step of steps.slice(0, -1)) {
            (await find(step)).click();
        }
        (await find(steps.at(-1))).insertAdjacentHTML("beforeend", harm);
        await new Promise((resolve) => setTimeout(resolve, 500));
        await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
        const { violations } = await window.axe.run({ exclude: excluded }, { runOnly });
        for (const { id, nodes } of violations) {
            faults.push(
                ...nodes.map(({ target, failureSummary }) =>
                    `${steps}: ${id}: ${target}\\n${failureSummary}`
                )
            );
        }
    }
    if (harm ? faults.length === 1 : !faults.length) {
        console.log("test successful");
    } else {
        console.error(`${faults.length} violations\\n${faults.join("\\n")}`);
    }
})();
"""
)

MENUS = (
    """
const { axe, levels, excluded, actions } = told;
"""
    + LOAD
    + """
await walk(actions, async (page) => {
    const { violations } = await window.axe.run({ exclude: excluded }, { runOnly });
    for (const { id, nodes } of violations) {
        faults.push(...nodes.map(({ target }) => `${page}: ${id}: ${target}`));
    }
});
check(!faults.length, faults.join("\\n"));
"""
)


class AccessibilityCase(HttpCase, ScreensCase):
    settings = {"axe": AXE, "levels": LEVELS, "excluded": [[selector] for selector in ODOO]}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.attachment"].create(
            {
                "name": "axe-core",
                "raw": (files("axe_playwright_python") / "axe.min.js").read_bytes(),
                "mimetype": "text/javascript",
                "url": AXE,
                "public": True,
            }
        )
        cls.survey = cls.get_form(cls.cycle, "昭化", "survey")
        cls.survey.state = "draft"
        cls.result = cls.env["it.kpi.result"].search([("unit_id", "=", cls.own_unit.id)], limit=1)

    def check(self, login, path, *stages, harm=""):
        """Open a page and look at it stage by stage: what to click, at last what to wait for."""
        settings = {**self.settings, "stages": stages, "harm": harm}
        with self.subTest(login=login, path=path):
            self.browser_js(
                f"/odoo/{path}",
                CHECK % json.dumps(settings),
                ready="odoo.isReady",
                login=f"test_{login}",
            )


class TestAccessibility(AccessibilityCase):
    def test_paper_forms(self):
        path = f"it-kpi-my-assessments/{self.own_form.id}"
        self.check("reporter", path, [".o_paper_table"])
        self.fill(self.own_form, "ABCDN" * 3 + "A")
        self.own_form.state = "submitted"
        line = self.own_form.line_ids[3]
        self.as_role("division", self.own_form).action_return({str(line.id): "缺少计划文件"})
        self.check("reporter", path, [".o_paper_returned"])
        self.check("assessor", f"it-kpi-my-surveys/{self.survey.id}", [".o_paper_table"])

    def test_signing(self):
        self.fill(self.own_form, "A" * 16)
        self.own_form.state = "to_sign"
        self.check(
            "leader",
            f"it-kpi-my-assessments/{self.own_form.id}",
            [".o_statusbar_buttons .btn-primary", ".modal .o_it_kpi_drawing canvas"],
        )

    def test_what_a_year_prints(self):
        year, publication = self.result.cycle_id, self.result.publication_id
        self.check("division", f"it-kpi-years/{year.id}", [".o_statusbar_buttons"])
        self.check("division", f"it-kpi-publications/{publication.id}", [".o_data_row"])
        self.check("leadership", "it-kpi-results", [".o_data_row"])

    def test_results(self):
        self.check(
            "leadership",
            f"it.kpi.result/{self.result.id}",
            [".o_it_kpi_radar canvas"],
            [".nav-link[name=lines]", ".o_field_widget[name=line_ids] .o_data_row"],
            [".o_field_widget[name=final] button", ".o_it_kpi_explanation p"],
        )

    def test_pictures(self):
        self.check(
            "leadership",
            "it-kpi-pictures",
            [".o_it_kpi_bars"],
            [".o_it_kpi_explained", ".o_it_kpi_explanation p"],
            ["button[name=heat_map]", ".o_it_kpi_heat_map"],
        )

    def test_dashboard(self):
        path = "it-kpi-dashboard"
        self.check("leadership", path, [".o_it_kpi_stages"])
        self.cycle.deadline = "2020-01-01 00:00:00"
        self.check("division", path, [".o_it_kpi_late_table"])
        self.cycle.state = "review"
        self.check("head", path, [".o_it_kpi_obstacles"])
        self.cycle.state = "archived"
        self.check("division", path, [".o_it_kpi_empty"])

    def test_start(self):
        self.check("division", "it-kpi-start", [".o_it_kpi_step"])
        wizard = [".o_it_kpi_step button[name=upload]", ".modal button[name=action_check]"]
        self.check("division", "it-kpi-start", wizard)

    def test_trial(self):
        self.check("division", "it-kpi-trial", [".o_it_kpi_trial tbody tr"])

    def test_robustness(self):
        for role in ("head", "leadership"):
            self.check(role, "it-kpi-robustness", [".o_it_kpi_gaps tbody tr"])

    def test_what_breaks_a_rule_is_found(self):
        harm = "<p style='color: #ccc; background: #fff'>Pale</p>"
        self.check("leadership", "it-kpi-pictures", [".o_it_kpi_toolbar"], harm=harm)


class TestAccessibilityOfMenus(AccessibilityCase, PagesCase):
    timeout = 600  # dozens of pages, one after the other

    def test_every_page_of_every_role(self):
        """Each page is looked at as the first role that has it."""
        seen = set()
        for role in ("division", *ROLES):
            actions = [each for each in self.get_actions(role) if each not in seen]
            seen.update(actions)
            if actions:
                self.look(role, "", MENUS, actions=actions, **self.settings)


class TestAccessibilityOnPhone(AccessibilityCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_pages(self):
        path = f"it-kpi-my-assessments/{self.own_form.id}"
        self.check("reporter", path, [".o_paper_phone"])
        self.check("leadership", "it-kpi-pictures", [".o_it_kpi_bars"])
        self.check("division", "it-kpi-start", [".o_it_kpi_step"])
        self.check("head", "it-kpi-robustness", [".o_it_kpi_gaps tbody tr"])
        self.cycle.deadline = "2020-01-01 00:00:00"
        self.check("division", "it-kpi-dashboard", [".o_it_kpi_late_table"])
