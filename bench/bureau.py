"""A bureau of any size in a database of its own, with people and three years."""

from contextlib import closing, contextmanager

import psycopg2

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.service.model import call_kw, retrying
from odoo.sql_db import connection_info_for

from .rows import copy_row, copy_user, pair
from .years import assign, file_forms, record_incidents

ADDON = "it_kpi_assessment"
ROLES = ("reporter", "leader", "assessor", "head", "division", "leadership")
PUBLISHED, FILED, FILLING = YEARS = 2097, 2098, 2099
CONTEXT = {"lang": "zh_CN", "tz": "Asia/Shanghai"}


class Bureau:
    """The bureau, and the ways to act in it.

    Every unit has a reporter and a leader. ``ids`` holds the users by role; reporter and leader
    are those of the first unit, of which ``forms`` holds the form that is being filled in.
    """

    def __init__(self, database, size, say=lambda _text: None, years=YEARS):
        self.database, self.size = database, size
        self.registry = Registry(database)
        _name, self.connection_info = connection_info_for(database)
        self.connection = psycopg2.connect(**self.connection_info)
        self.ids = {}
        with self.acting() as env:
            self.make_people(env)
            self.make_units(env)
        for year in years:
            say(f"Laying out the year {year}")
            self.make_year(year)
        self.maintain()

    def maintain(self):
        """Do what PostgreSQL's autovacuum does sooner or later."""
        with closing(psycopg2.connect(**self.connection_info)) as connection:
            connection.autocommit = True
            connection.cursor().execute("VACUUM ANALYZE")

    @contextmanager
    def acting(self, role=None, commit=True):
        """An environment of a user, or of the system, in a transaction of its own."""
        with closing(self.registry.cursor()) as cr:
            env = api.Environment(cr, self.ids[role] if role else SUPERUSER_ID, CONTEXT)
            yield env
            if commit:
                env.cr.commit()  # pylint: disable=invalid-commit

    def call(self, role, model, method, *args, **kwargs):
        """Call a method as the web client does; return its answer and the number of queries."""
        with self.acting(role) as env:
            answer = retrying(lambda: call_kw(env[model], method, args, kwargs), env)
            return answer, env.cr.sql_log_count

    def fetch(self, query, parameters=None):
        """Fetch the rows of a query by psycopg2 alone."""
        with self.connection, self.connection.cursor() as cr:
            cr.execute(query, parameters)
            return cr.fetchall()

    def make_people(self, env):
        """One user a role; everybody else is copied from these."""
        for role in ROLES:
            groups = [env.ref("base.group_user"), env.ref(f"{ADDON}.group_{role}")]
            values = {"name": role, "login": role, "group_ids": [g.id for g in groups], **CONTEXT}
            self.ids[role] = env["res.users"].create(values).id
        env.flush_all()

    def make_units(self, env):
        """As many units as wanted, with a reporter and a leader each."""
        units = env["it.kpi.unit"].search([], order="id", limit=self.size)
        first = units[0]
        first.write({f"{role}_ids": [Command.set([self.ids[role]])] for role in ROLES[:2]})
        env.flush_all()
        more = self.size - len(units)
        copies = copy_row(
            env, "it_kpi_unit", first.id, more, name="'单位' || n", short_name="'单位' || n"
        )
        self.units = [*units.ids, *copies]
        others = self.units[1:]
        for role in ROLES[:2]:
            people = copy_user(env, env["res.users"].browse(self.ids[role]), len(others))
            pair(env, f"it_kpi_unit_{role}_rel", ("unit_id", "user_id"), others, people)
        env.registry.clear_all_caches()

    def make_year(self, year):
        """Lay out a year, and file or publish it, as the people do whose part it is."""
        with self.acting("division") as env:
            rubric = env.ref(f"{ADDON}.rubric_2023")
            values = {"year": year, "source_rubric_id": rubric.id, "unit_ids": self.units}
            cycle = env["it.kpi.cycle"].create(values)
            cycle._open()  # at once, however many units
            self.ids[year] = cycle.id
            record_incidents(env, cycle, self.units)
        with self.acting() as env:
            assign(env, cycle.id, self.ids["assessor"])
            if year != FILLING:
                file_forms(env, cycle.id)
        if year == PUBLISHED:
            for role, method in (
                ("division", "action_start_review"),
                ("head", "action_approve"),
                ("division", "action_publish"),
            ):
                self.call(role, "it.kpi.cycle", method, [cycle.id])
