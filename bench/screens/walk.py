"""What is done at the screen while the clock runs; every time is in milliseconds."""

import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tools.browser import chromium
from tools.visiting import log_in, search

CLOCK = (Path(__file__).parent / "clock.js").read_text()
SIZE = (1366, 768)
OPENINGS = 10
ROUNDS = 4  # of the 16 lines of a form: a click on each
MOST_TO_SAVED = 150

FORM = ("it.kpi.assessment", [["unit_id.short_name", "=", "利州"], ["state", "=", "draft"]])
CARD = ".o_kanban_record, .o_data_cell"
STAGES = ".o_it_kpi_stages"
LAST_LINE = ".o_paper_row:last-child .o_paper_mark"
SAVED = ".o_paper_status .fa-check"
SAVE = "web_save"
CENTRE = "document.querySelector(%s).scrollIntoView({block: 'center'})"
PAUSE = "new Promise((resolve) => setTimeout(resolve, 1500))"  # some things wait for a pause
# A cell of every line, with a grade that the line does not have yet.
CELLS = """
[...document.querySelectorAll(".o_paper_row")].map((row) => {
    const key = row.querySelector("[data-mark=A].o_paper_chosen") ? "B" : "A";
    return `[data-line="${row.dataset.line}"] [data-mark="${key}"]`;
})
"""


class Times(NamedTuple):
    """What one thing took, each time that it was done, and the goal for the median."""

    name: str
    taken: list
    goal: float | None = None


def walk(address):
    """Return the ``Times``, and a count of the methods that the clicks called on the server."""
    with chromium() as page:
        page.begin_with(CLOCK)
        page.resize(*SIZE)
        log_in(page, address, "division")
        times = open_pages(page, "Dashboard", f"{address}/odoo/it-kpi-dashboard", STAGES)
        log_in(page, address, "reporter")
        forms = f"{address}/odoo/it-kpi-my-assessments"
        number = search(page, *FORM)
        times += open_pages(page, "Form", f"{forms}/{number}", LAST_LINE)
        times.append(open_from_list(page, forms))
        page.open(f"{forms}/{number}")
        clicks, calls = mark_lines(page)
        return times + clicks, calls


def open_pages(page, name, place, selector):
    """Load a page anew, several times; what the browser keeps of Odoo's scripts it has by then."""
    taken = []
    for _turn in range(OPENINGS + 1):
        page.open("about:blank")
        page.open(place)
        taken.append(page.ask(f"kpiClock.takeOpening({json.dumps(selector)})"))
    del taken[0]
    return [
        Times(f"{name}, loaded: first paint", [each["paint"] for each in taken]),
        Times(f"{name}, loaded: all of it shown", [each["shown"] for each in taken]),
    ]


def open_from_list(page, forms):
    """Click on a form in the list, several times."""
    taken = []
    for _turn in range(OPENINGS):
        page.open(forms)
        taken.append(timed_click(page, CARD, f"takeClick({json.dumps(LAST_LINE)})"))
    return Times("Form, by a click in the list: all of it shown", taken)


def mark_lines(page):
    """Click on a cell of every line, in turn."""
    taken, calls = [], Counter()
    page.ask("kpiClock.takeCalls()")  # those of opening the form
    for _round in range(ROUNDS):
        for cell in page.ask(CELLS):
            wanted = [SAVE, f"{cell}.o_paper_chosen", SAVED]
            arguments = ", ".join(map(json.dumps, wanted))
            taken.append(timed_click(page, cell, f"takeSaving({arguments})"))
            calls.update(page.ask("kpiClock.takeCalls()"))
    page.ask(PAUSE)
    calls.update(page.ask("kpiClock.takeCalls()"))
    clicks = [
        Times("Click: the mark is shown", [each["marked"] for each in taken]),
        Times("Click: the server's answer is there", [each["answered"] for each in taken]),
        Times("Click: “Saved” is shown", [each["saved"] for each in taken], MOST_TO_SAVED),
    ]
    return clicks, calls


def timed_click(page, selector, measure):
    """Press with the mouse, and return what the clock of the page took meanwhile."""
    page.find(selector)
    page.ask(CENTRE % json.dumps(selector))  # off the heads that stay, before the clock runs
    page.hover(selector)  # closes the hint of where the mouse was before
    page.ask(f"(window.kpiTaken = kpiClock.{measure}, true)")
    page.click(selector)
    return page.ask("kpiTaken")
