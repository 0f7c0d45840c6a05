"""What the web client asks for to show a view."""

from lxml import etree

from tests.screens.web_client import specification

LINES = "//field[@name='line_ids']/list/field"


def get_specification(bureau, role, model, kind):
    """Return the specification of a model's view, for ``web_read`` and its kin."""
    with bureau.acting(role) as env:
        return specification(_get_arch(env, model, kind), env[model])


def get_line_specification(bureau, role, model):
    """Return what the screen asks for when it saves a line of a form.

    What the list declares ``readonly="1"`` was read when the form was opened.
    """
    with bureau.acting(role) as env:
        arch = _get_arch(env, model, "form")
        fields = specification(arch, env[model])["line_ids"]["fields"]
    read_once = arch.xpath(f"{LINES}[@readonly='1']/@name")
    return {name: of_field for name, of_field in fields.items() if name not in read_once}


def _get_arch(env, model, kind):
    return etree.fromstring(env[model].get_views([(False, kind)])["views"][kind]["arch"])
