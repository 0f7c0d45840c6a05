from contextlib import closing, contextmanager

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.model import call_kw, retrying

from ..measures.live_ranking import LiveRanking
from ..measuring import Measure
from .year import Year


class Rival(Measure):
    """Another way to score the year whose forms are filed; its floor is our own way.

    What it comes to is compared with ours once, before anything is measured.
    """

    floor_name = "our live ranking of all units, through the ORM"
    ours = LiveRanking

    def __init__(self, bureau):
        super().__init__(bureau)
        self.year = Year(bureau)
        self.compared = self.ours(bureau)
        self.prepare()
        self.check()

    def prepare(self):
        """Give the rival the marks of the year; nothing of it is measured."""

    def check(self):
        """Raise an AssertionError if a final is not ours."""
        finals = self.score()
        differing = {
            unit: (finals.get(unit), final)
            for unit, final in self.year.finals.items()
            if finals.get(unit) != final
        }
        assert not differing, f"{self.name}: finals differ from ours: {differing}"

    def score(self):
        """Score the year; return the finals in hundredths of a point, by unit."""
        raise NotImplementedError

    def floor(self):
        self.compared.own()

    def own(self):
        self.score()


class RivalInOdoo(Rival):
    """A rival that is a module of Odoo, in a database of its own, without rights to check."""

    def prepare(self):
        self.registry = Registry(f"{self.bureau.database}_rivals")
        self.fill_database()

    def fill_database(self):
        """Put the marks of the year into its database."""

    @contextmanager
    def acting(self):
        """An environment of the system in that database, in a transaction of its own."""
        with closing(self.registry.cursor()) as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            yield env
            env.flush_all()
            env.cr.commit()  # pylint: disable=invalid-commit

    def call(self, model, method, *args):
        """Call a method as the web client does; return its answer and the number of queries."""
        with self.acting() as env:
            answer = retrying(lambda: call_kw(env[model], method, args, {}), env)
            return answer, env.cr.sql_log_count
