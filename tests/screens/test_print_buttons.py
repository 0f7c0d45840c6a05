"""What a clerk looks for first: a button that prints, on the page of what is printed."""

from lxml import etree

from .pages import PagesCase

# The script counts the files that the page asks the server for.
COUNT = """
const asked = [];
const send = XMLHttpRequest.prototype.send;
XMLHttpRequest.prototype.send = function (body) {
    asked.push(body instanceof FormData ? [...body.values()].join() : "");
    return send.call(this, body);
};
"""
ONE_CLICK = (
    COUNT
    + """
await click(told.button);
await wait(() => asked.some((body) => body.includes(told.report)), told.report);
await wait(() => !document.querySelector(".o_blockUI"));
"""
)
# What a page of its own shows and prints, and not the form that it belongs to.
BY_A_PAGE = {"it_kpi_assessment.report_robustness": "it_kpi_assessment.it_kpi_robustness_action"}
MENU = """
await find(told.ready);
await click(".o_cp_action_menus .dropdown-toggle");
await find(".o-dropdown--menu .o-dropdown-item");
const items = all(".o-dropdown--menu .o-dropdown-item").map((item) => item.textContent.trim());
check(items.includes("Delete") === told.isOffered, `${items}`);
"""


class TestPrintButtons(PagesCase):
    def get_buttons(self, model, kind, role="division"):
        """Return the names of the buttons on top of a model's view, as a role sees it."""
        model = self.env[model].with_user(self.users[role])
        arch = etree.fromstring(model.get_views([(False, kind)])["views"][kind]["arch"])
        top = arch.xpath("//header//button | //div[@name='button_box']//button")
        return {button.get("name") for button in top}

    def test_every_print_of_a_record_has_a_button_on_its_form(self):
        reports = self.env["ir.actions.report"].search(
            [("report_name", "=like", "it_kpi_assessment.%"), ("binding_model_id", "!=", False)]
        )
        self.assertGreater(len(reports), 10)
        for report in reports:
            with self.subTest(report=report.report_name):
                page = BY_A_PAGE.get(report.report_name)
                role = "head" if page else "division"
                button = self.env.ref(page) if page else report
                self.assertIn(str(button.id), self.get_buttons(report.model, "form", role))

    def test_forms_and_letters_are_printed_from_their_lists(self):
        lists = {
            "it.kpi.assessment": ("assessment_report", "self_report"),
            "it.kpi.survey": ("survey_report",),
            "it.kpi.result": ("result_report",),
            "it.kpi.publication": ("publication_report",),
            "it.kpi.rectification": ("rectification_report",),
        }
        for model, reports in lists.items():
            for name in reports:
                report = self.env.ref(f"it_kpi_assessment.{name}")
                with self.subTest(model=model, report=name):
                    self.assertIn(str(report.id), self.get_buttons(model, "list"))

    def test_the_ranking_is_exported_from_every_page_that_shows_one(self):
        for model in ("cycle", "publication", "result", "ranking"):
            kinds = ("list",) if model in ("result", "ranking") else ("list", "form")
            for kind in kinds:
                with self.subTest(model=model, kind=kind):
                    self.assertIn("action_workbook", self.get_buttons(f"it.kpi.{model}", kind))

    def test_the_year_and_its_publication_print_what_belongs_to_them(self):
        year = self.result.cycle_id
        notice = self.run_button("it_kpi_cycle_action_print_notice", year)
        self.assertEqual(notice["context"]["active_ids"], year.publication_id.ids)
        results = self.run_button("it_kpi_publication_action_print_results", year.publication_id)
        self.assertEqual(
            set(results["context"]["active_ids"]), set(year.publication_id.result_ids.ids)
        )

    def run_button(self, name, record):
        action = self.env.ref(f"it_kpi_assessment.{name}").with_user(self.users["leadership"])
        return action.with_context(active_model=record._name, active_id=record.id).run()

    @property
    def result(self):
        return self.env["it.kpi.result"].search([("unit_id", "=", self.own_unit.id)], limit=1)

    def test_one_click_prints(self):
        report = self.env.ref("it_kpi_assessment.assessment_report")
        self.look(
            "reporter",
            f"it-kpi-my-assessments/{self.own_form.id}",
            ONE_CLICK,
            button=f".o_statusbar_buttons button[name='{report.id}']",
            report=report.report_name,
        )
        report = self.env.ref("it_kpi_assessment.result_report")
        self.look(
            "leadership",
            f"it.kpi.result/{self.result.id}",
            ONE_CLICK,
            button=f".o_statusbar_buttons button[name='{report.id}']",
            report=report.report_name,
        )

    def test_a_year_that_was_opened_is_not_offered_for_deletion(self):
        draft = self.env["it.kpi.cycle"].create({"year": 2096})
        ready = ".o_form_view .o_statusbar_status"
        for cycle in self.cycle, draft:
            told = {"ready": ready, "isOffered": cycle == draft}
            self.look("division", f"it-kpi-years/{cycle.id}", MENU, **told)
