"""Odoo in the browser: log in, and find a record as the user who is logged in."""

import json

from tools.browser import PageError

LOGIN = """
(() => {
    const form = document.querySelector("form.oe_login_form");
    for (const name of ["login", "password"]) {
        form.querySelector(`input[name=${name}]`).value = %s;
    }
    HTMLFormElement.prototype.submit.call(form);
})()
"""
# Ask for the newest record as the user who is logged in: the server applies its rules.
SEARCH = """
fetch("/web/dataset/call_kw", {
    method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify({method: "call", params: {
        model: %s, method: "search", args: [%s], kwargs: {limit: 1, order: "id desc"},
    }}),
}).then((answer) => answer.json()).then((answer) => answer.result[0])
"""


def log_in(page, address, login):
    """Log in to the demonstration, where the password is the login."""
    page.forget()
    page.open(f"{address}/web/login")
    page.ask(LOGIN % json.dumps(login))
    page.find(".o_main_navbar")
    page.settle()


def search(page, model, domain):
    """Return the id of the newest record that fits."""
    number = page.ask(SEARCH % (json.dumps(model), json.dumps(domain)))
    if not number:
        raise PageError(f"There is no {model} with {domain}.")
    return number
