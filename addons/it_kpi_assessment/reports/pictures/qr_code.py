"""A QR code as the path of an SVG picture, which both PDF engines draw.

Odoo's own needs a library for bitmaps that its requirements do not name.
"""

from itertools import groupby

from reportlab.graphics.barcode.qr import QrCodeWidget

# The empty border that readers of QR codes need, in modules.
QUIET = 4


def draw_qr_code(text):
    """Return ``(size, path)``: the side of the picture in modules, and what is black in it."""
    code = QrCodeWidget(text, barLevel="M").qr
    code.make()
    parts = []
    for y, row in enumerate(code.modules, QUIET):
        x = QUIET
        # Odoo's own groupby joins all modules of one colour, not only neighbours.
        for is_dark, modules in groupby(row):  # pylint: disable=bad-builtin-groupby
            length = len(list(modules))
            if is_dark:
                parts.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return code.getModuleCount() + 2 * QUIET, "".join(parts)
