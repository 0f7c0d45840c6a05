"""公文要素: what an official document (公文) prints around its text, and where its name stands."""

from typing import NamedTuple

from ..tools import chinese

LINE = 442.2  # points of 156 mm, the width of the text
CHARACTER = LINE / 28
# Characters between the date and the right edge: below a seal, and without one.
SEALED, UNSEALED = 4, 2
OPEN_DATE = "　　　　年　　月　　日"
ELEMENTS = ("number", "signer", "issued_on", "addressee", "copies_to", "printed_by", "is_sealed")


class Office(NamedTuple):
    """The elements of a document as texts; what the office has not entered yet is open."""

    number: str  # 发文字号
    signer: str  # 签发人, empty unless the document names one
    date: str  # 成文日期
    addressee: str  # 主送机关, without a colon
    copies: str  # 抄送机关, without a stop
    printer: str  # 印发机关
    printed_on: str  # 印发日期
    sealed: bool


def issued_width(name, date, sealed):
    """Return the width in points of the block at the right that holds 署名 and 成文日期.

    With a seal both are centred in it, and the date ends four characters from the right edge.
    Without one the name begins the block, and the longer of both lines ends two characters from
    the edge; the date begins two characters right of the name.
    """
    name_width, date_width = chinese.width(name), chinese.width(date)
    if sealed:
        characters = max(2 * SEALED + date_width, name_width)
    else:
        characters = UNSEALED + max(name_width, date_width + 2)
    return round(min(characters * CHARACTER, LINE), 2)


def get_bureau(records):
    """Return the name of the bureau whose paper this is: once published, as it was then (R11)."""
    record = records[:1].sudo()
    for owner in (record, *(record[name] for name in ("publication_id",) if name in record)):
        if "bureau_name" in owner:
            return owner.bureau_name
    return record.company_id.name


def get_office(record):
    """Return the ``Office`` of a publication, a rectification order or an objection.

    What the office has entered counts, and until then what is proposed.
    """
    document = record.sudo().document_id
    values = document.read(ELEMENTS, load=None)[0] if document else record._propose_document()
    date = chinese.date(values["issued_on"]) if values.get("issued_on") else OPEN_DATE
    return Office(
        values.get("number") or _open_number(record),
        values.get("signer") or "",
        date,
        (values.get("addressee") or "").rstrip("：:"),
        (values.get("copies_to") or "").rstrip("。."),
        values.get("printed_by") or "",
        date,
        values.get("is_sealed", True),
    )


def _open_number(record):
    """Return the open place of a number, with the code of the office that issued the rubric."""
    publication = record if record._name == "it.kpi.publication" else record.publication_id
    code, bracket, _rest = (publication.sudo().rubric_document or "").partition("〔")
    return f"{code if bracket else ''}〔　　〕　　号"
