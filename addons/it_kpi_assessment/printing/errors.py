"""Why a print was not made."""

from odoo.exceptions import UserError


class PrintingError(Exception):
    """A document could not be printed."""


class LimitReached(PrintingError):
    """A document takes more time or memory than a print may."""


class Busy(PrintingError):
    """So many prints are being made that there was no place for another one."""


class NotPrinted(UserError):
    """What the user is told when a limit was reached; the same print can be made later."""
