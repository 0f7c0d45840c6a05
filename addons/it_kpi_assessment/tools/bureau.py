"""The bureau's name, which every document and the workbook print."""

from .text import tidy_line

# What Odoo calls a company that nobody has named yet.
UNNAMED = ("my company", "yourcompany")


def is_unnamed(company):
    """Return whether a company still has a name that Odoo gave it."""
    return tidy_line(company.sudo().name or "").casefold().startswith(UNNAMED)
