"""Drawn signatures and other pictures, whose bounds are read before they are decoded."""

import base64
import binascii
import io

from PIL import Image

from odoo.tools.image import IMAGE_MAX_RESOLUTION

# What the signing dialog draws is smaller by far.
MOST_BYTES = 512 * 1024
MOST_WIDTH, MOST_HEIGHT = 2000, 1000
# What Python and Pillow raise at damaged base64 and damaged pictures.
_BROKEN = (binascii.Error, OSError, SyntaxError, TypeError, ValueError)


class NoDrawing(Exception):
    """The value is not a picture within the bounds of a signature."""


def read_drawing(value):
    """Return the picture.

    :param value: base64, as text or bytes
    :raise NoDrawing: it is no PNG or JPEG, damaged, or larger than a signature is
    """
    if len(value) > MOST_BYTES * 4 / 3 + 4:
        raise NoDrawing
    try:
        content = base64.b64decode(value)
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width > MOST_WIDTH or picture.height > MOST_HEIGHT:
                raise NoDrawing
            picture.load()
            return picture.convert("RGBA")
    except (*_BROKEN, Image.DecompressionBombError) as error:
        raise NoDrawing from error


def is_blank(picture):
    """Return whether nothing is drawn: all of it is of one colour, or transparent."""
    bands = picture.getextrema()
    return bands[3] == (0, 0) or all(low == high for low, high in bands)


def is_readable(value):
    """Return whether the stored value is a picture, without decoding it."""
    try:
        with Image.open(io.BytesIO(base64.b64decode(value or b""))) as picture:
            picture.verify()
    except (*_BROKEN, Image.DecompressionBombError):
        return False
    return True


def is_too_large_to_decode(content):
    """Return whether the content (bytes) is a picture of more points than Odoo resizes."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            return picture.width * picture.height > IMAGE_MAX_RESOLUTION
    except Image.DecompressionBombError:
        return True
    except _BROKEN:
        return False
