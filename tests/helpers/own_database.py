"""A copy of the test's database, for tests that commit or that install further addons.

It is dropped after the tests of the class, even when they fail.
"""

import time
from contextlib import closing
from unittest import TestCase
from unittest.mock import patch

from passlib.context import CryptContext
from psycopg2.errors import ObjectInUse

from odoo import api, sql_db
from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name
from odoo.tools import SQL, config

# Seconds after which a statement, or an act that waits for another one, has failed.
PATIENCE = 20
POLL = 0.005


class OwnDatabase(TestCase):
    """The superuser in a database of its own, whose transactions are real."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.database = f"{get_db_name()}_own"
        cls.addClassCleanup(cls.drop_database)
        cls.copy_database()
        cls.enter(cls.load_registry())
        cls.hurry()

    @classmethod
    def enter(cls, registry):
        """Open a transaction of the superuser."""
        cls.registry = registry
        cls.cr = cls.registry.cursor()
        cls.addClassCleanup(cls.cr.close)
        cls.env = api.Environment(cls.cr, api.SUPERUSER_ID, {})

    @classmethod
    def hurry(cls):
        """Let neither passwords nor repetitions take their time."""
        users = "odoo.addons.base.models.res_users.ResUsersPatchedInTest._crypt_context"
        quick = CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=1)
        for patcher in (
            patch(users, lambda self: quick),
            patch("odoo.service.model.random.uniform", lambda least, most: POLL),
        ):
            patcher.start()
            cls.addClassCleanup(patcher.stop)

    @classmethod
    def copy_database(cls):
        """Copy the test's database, as soon as nobody else is in it: one in use is not copied."""
        cls.drop_database()
        names = SQL.identifier(cls.database), SQL.identifier(get_db_name())
        for more in reversed(range(PATIENCE)):
            sql_db.close_db(get_db_name())  # connections that idle
            try:
                cls.administer(SQL("CREATE DATABASE %s TEMPLATE %s", *names))
                break
            except ObjectInUse:
                if not more:
                    raise
                time.sleep(1)
        patience = SQL("ALTER DATABASE %s SET statement_timeout = %s", names[0], PATIENCE * 1000)
        cls.administer(patience)

    @classmethod
    def load_registry(cls, install=(), update=()):
        """Load the addons of the copy, without the tests that Odoo would run on it.

        :param install: names of addons to install first
        :param update: names of addons to update first
        """
        config["test_enable"] = False
        try:
            return Registry.new(
                cls.database,
                update_module=bool(install or update),
                install_modules=install,
                upgrade_modules=update,
            )
        finally:
            config["test_enable"] = True

    @classmethod
    def drop_database(cls):
        Registry.delete(cls.database)
        sql_db.close_db(cls.database)
        cls.administer(SQL("DROP DATABASE IF EXISTS %s WITH (FORCE)", SQL.identifier(cls.database)))

    @classmethod
    def administer(cls, statement):
        with closing(sql_db.db_connect("postgres").cursor()) as cr:
            cr._cnx.autocommit = True
            cr.execute(statement, log_exceptions=False)
