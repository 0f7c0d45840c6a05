"""What the server's log must not hold: secrets in addresses, and what people write.

Odoo's own log lines contain both. A line of the web server has the whole address, with the token of
a link to a new password or a shared file. The line about a query that failed, as one does when two
people save at the same moment, has the values: explanations, remarks, hashes of passwords. At the
level of debugging, each call of a method is logged with its arguments: signatures and passwords.
"""

import logging
import re

# Parameters of an address whose value lets somebody in.
_SECRET = re.compile(
    r"([?&;][^=&;\s\"]*(?:token|passw|secret|hash|session|key|sid|signature|email)[^=&;\s\"]*=)[^&;\s\"]*",
    re.IGNORECASE,
)
_LITERAL = re.compile(r"'(?:[^']|'')*'")
_HIDDEN = "…"


def hide_secrets(text):
    """Return a line of the web server's log without the values of secret parameters."""
    return _SECRET.sub(rf"\1{_HIDDEN}", text)


def hide_values(query):
    """Return a query (text or bytes) without the texts that stand in it."""
    text = query.decode(errors="replace") if isinstance(query, bytes) else str(query)
    return _LITERAL.sub(f"'{_HIDDEN}'", text)


class SecretsInAddresses(logging.Filter):
    """Filter of the web server's logger."""

    def filter(self, record):
        record.msg = hide_secrets(str(record.msg))
        if isinstance(record.args, tuple):
            record.args = tuple(
                hide_secrets(arg) if isinstance(arg, str) else arg for arg in record.args
            )
        return True


class ValuesInQueries(logging.Filter):
    """Filter of the database's logger: of the error only its first line, without the row."""

    def filter(self, record):
        if str(record.msg).startswith("bad query") and isinstance(record.args, tuple):
            query, error = record.args
            record.args = hide_values(query), hide_values(str(error).partition("\n")[0])
        return True


class ArgumentsOfCalls(logging.Filter):
    """Filter of the logger that names the records and the method of every call."""

    def filter(self, record):
        if str(record.msg).startswith("call %s") and isinstance(record.args, tuple):
            record.args = (*record.args[:2], _HIDDEN)
        return True


FILTERS = {
    "werkzeug": SecretsInAddresses,
    "odoo.sql_db": ValuesInQueries,
    "odoo.service.model": ArgumentsOfCalls,
}


def install():
    """Install the filters once, as soon as the server imports the addon."""
    for name, kind in FILTERS.items():
        logger = logging.getLogger(name)
        if not any(isinstance(each, kind) for each in logger.filters):
            logger.addFilter(kind())
