"""What the web client asks for to show a view."""

from lxml import etree

from tests.web_client import specification


def get_specification(bureau, role, model, kind):
    """Return the specification of a model's view, for ``web_read`` and its kin."""
    with bureau.acting(role) as env:
        arch = env[model].get_views([(False, kind)])["views"][kind]["arch"]
        return specification(etree.fromstring(arch), env[model])
