import contextlib
import logging
from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import models
from odoo.exceptions import AccessDenied
from odoo.http import request

_logger = logging.getLogger(__name__)

# How many times more wrong passwords an address has than one login at that address: a county, or
# everybody behind one proxy, may share it.
LOGINS_PER_ADDRESS = 10
# Wrong passwords of an address count together within this time.
REMEMBERED = timedelta(hours=1)
# So many logins and addresses are remembered at most by each process of the server.
MOST_REMEMBERED = 10000


class Failures(NamedTuple):
    """Wrong passwords: how many, and when the first and the last one were."""

    count: int
    first: datetime
    last: datetime


class ResUsers(models.Model):
    """Wrong passwords are counted per login and address, and per address with a higher bound.

    Odoo counts per address alone: one person who forgot a password would lock out everybody who
    shares the address. Who has logged in from an address before is let in there whatever others
    guess. As in Odoo, the system parameters ``base.login_cooldown_after`` and
    ``base.login_cooldown_duration`` say how many, and for how long, and each process of the server
    counts for itself.
    """

    _inherit = "res.users"

    @contextlib.contextmanager
    def _assert_can_auth(self, user=None):
        """Let the caller check a password, unless there were too many wrong ones.

        It replaces Odoo's method, which keeps one count only.

        :param user: the login, or the id of the user
        :raise AccessDenied: too many wrong passwords of this login, or of its address
        """
        if not request:
            yield
            return
        address = request.httprequest.remote_addr
        person = (address, str(user)[:100])
        failures, known = self._get_login_memory()
        self._check_cooldown(failures.get(person), 1, person)
        if person not in known:
            self._check_cooldown(failures.get(address), LOGINS_PER_ADDRESS, person)
        try:
            yield
        except AccessDenied:
            for key in (person, address):
                _add_failure(failures, key)
            raise
        failures.pop(person, None)
        _forget_oldest(known)
        known[person] = True

    def _get_login_memory(self):
        """Return what this process remembers: ``{login or address: Failures}``, and who logged in
        from where."""
        registry = self.env.registry
        if not hasattr(registry, "_it_kpi_login_memory"):
            registry._it_kpi_login_memory = ({}, {})
        return registry._it_kpi_login_memory

    def _check_cooldown(self, failures, share, person):
        """Raise an AccessDenied while the failures of a login, or its address, are too many."""
        if failures and self._on_login_cooldown(failures.count // share, failures.last):
            _logger.warning(
                "Login of %r from %s not tried: %s wrong passwords, the last one at %s. If all "
                "people seem to have this address, proxy_mode is not set.",
                person[1],
                person[0],
                failures.count,
                failures.last,
            )
            raise AccessDenied(
                self.env._("Too many wrong passwords. Wait a minute before you try again.")
            )


def _add_failure(failures, key):
    now = datetime.now()
    known = failures.pop(key, None)
    if not known or now - known.first > REMEMBERED:
        known = Failures(0, now, now)
    _forget_oldest(failures)
    failures[key] = Failures(known.count + 1, known.first, now)


def _forget_oldest(memory):
    """Make room for an entry: what was entered first goes first."""
    while len(memory) >= MOST_REMEMBERED:
        memory.pop(next(iter(memory), None), None)
