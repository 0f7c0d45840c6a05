"""Opening an uploaded workbook: the file is untrusted input.

An xlsx file is a zip archive of XML files. A small one can unpack to gigabytes, and so can an XML
file with a document type (DOCTYPE). Spreadsheet programs write neither, so both are refused. What
is left is read by ``parts.py``, which passes on to openpyxl what a form has, in sizes of a form.
"""

from base64 import b64decode
from binascii import Error as Base64Error
from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook

from odoo.exceptions import UserError

from .parts import keep_needed

MEGABYTE = 1024 * 1024
MAX_MB = 5
MAX_UNPACKED_MB = 10
MAX_PARTS = 300
OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")  # .xls, .et, and every workbook with a password
SIGNS_OF_MACROS = ("vbaproject.bin", "xl/macrosheets/")


def decode(env, file):
    """Return the content of an uploaded file as bytes.

    :param bytes file: the file in base64
    :raise UserError: there is no file, it is larger than ``MAX_MB``, or it is not base64
    """
    if not file:
        raise UserError(env._("Choose the workbook that you filled in."))
    if len(file) > MAX_MB * MEGABYTE * 4 / 3:
        raise UserError(
            env._(
                "The file is larger than %s MB. A filled-in form is far smaller: leave out "
                "pictures; evidence is uploaded on the web page.",
                MAX_MB,
            )
        )
    try:
        return b64decode(file, validate=True)
    except Base64Error as error:
        raise UserError(env._("The file did not arrive whole. Upload it again.")) from error


def open_workbook(env, content, data_only=False):
    """Return the openpyxl workbook of an xlsx file, to be read row by row.

    :param bytes content: the file
    :param bool data_only: whether formulas are replaced by their values
    :raise UserError: the file is no xlsx workbook, or it has macros, a password, a DOCTYPE, or
        unpacks to more than ``MAX_UNPACKED_MB``
    """
    if content.startswith(OLE_SIGNATURE):
        raise UserError(
            env._(
                "This workbook has a password, or one of the old formats .xls (Excel) and .et "
                "(WPS). Save it as .xlsx without a password and upload it again."
            )
        )
    try:
        _check_archive(env, content)
        needed = keep_needed(env, content)
        return load_workbook(BytesIO(needed), read_only=True, keep_links=False, data_only=data_only)
    except UserError:
        raise
    except Exception as error:  # the libraries raise many types
        raise UserError(
            env._("The file is no Excel workbook, or it is damaged. Save it again as .xlsx.")
        ) from error


def _check_archive(env, content):
    with ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        # zipfile never reads more of a part than its declared size.
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_MB * MEGABYTE:
            raise UserError(
                env._("The file unpacks to far more than a form holds. Download the form anew.")
            )
        for part in parts:
            _check_part(env, part.filename.lower(), archive.read(part))


def _check_part(env, name, content):
    if any(sign in name for sign in SIGNS_OF_MACROS):
        raise UserError(env._("The workbook holds macros. Save it as .xlsx, without macros."))
    # Whatever the part is called: a workbook itself says which of its parts are XML. Without its
    # zero bytes, UTF-16 text can be searched like ASCII.
    if b"<!doctype" in content.replace(b"\0", b"").lower():
        raise UserError(
            env._("The workbook was not written by a spreadsheet program. Download the form anew.")
        )
