"""The people of a whole year, what each of them sees of it, and the numbers it must come to."""

import json

from odoo import Command

from .common import POINTS, RATIOS, ROLES, BureauCase
from .reference_scorer import Unit, Year

LEAK_ROW = 9  # 保密工作情况
# What a year is made of: self-assessments, surveys, live scores and results.
LISTS = ("assessment", "survey", "ranking", "result")


def score_year(marks, vetoed=(), leaked=(), last_count=3):
    """Return what the independent scorer makes of these marks: ``{unit: Score}``."""
    units = {
        name: Unit(
            assessment,
            survey,
            vetoed=name in vetoed,
            zeroed=frozenset({LEAK_ROW} if name in leaked else ()),
        )
        for name, (assessment, survey) in marks.items()
    }
    return Year(POINTS, RATIOS, units, last_count).scores()


class YearCase(BureauCase):
    """Every unit of the example has a reporter and a leader of its own.

    The four other roles have one user each. A second assessor visits 剑阁, to which the first one
    belongs.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = {unit: cls.new_staff(unit) for unit in cls.units}
        cls.users["second"] = cls.new_user("assessor", "test_second")
        cls.get_unit("剑阁").member_ids += cls.users["assessor"]

    @classmethod
    def new_staff(cls, unit):
        """Return the unit's ``{role: user}``; those of 利州 are there already."""
        roles = ("reporter", "leader")
        if unit == cls.own_unit:
            return {role: cls.users[role] for role in roles}
        staff = {role: cls.new_user(role, f"test_{role}_{unit.id}") for role in roles}
        unit.write({f"{role}_ids": [Command.link(user.id)] for role, user in staff.items()})
        return staff

    def as_staff(self, role, record):
        """Return the record as the reporter or leader of its own unit has it."""
        return record.with_user(self.staff[record.unit_id][role])

    def prove(self, line):
        """Attach a piece of evidence, as the screen does."""
        file = {"name": "印发通知.txt", "raw": b"1", "res_model": line._name, "res_id": line.id}
        line.attachment_ids = [Command.create(file)]

    def hand_over(self, short_name, marks):
        """Let a unit's own reporter fill its form, and return it as its leader has it."""
        form = self.get_form(self.cycle, short_name)
        self.fill(self.as_staff("reporter", form), marks)
        self.as_staff("reporter", form).action_hand_over()
        return self.as_staff("leader", form)

    def get_six(self, record):
        """Return the record as each of the six has it, ``None`` for whom it is not there."""
        unit = record.unit_id if "unit_id" in record._fields else self.own_unit
        users = {role: self.users[role] for role in ROLES} | self.staff[unit]
        seen = {role: record.with_user(user) for role, user in users.items()}
        return {role: seen[role] if seen[role].has_access("read") else None for role in ROLES}

    def assertMoves(self, record, **expected):
        """Those named can read the record and make the moves named; the others cannot read it."""
        self.env.invalidate_all()
        found = {
            role: " ".join(filter(None, (own.allowed_moves or "").split(",")))
            for role, own in self.get_six(record).items()
            if own is not None
        }
        self.assertEqual(found, expected)

    def assertSeen(self, cycle, **expected):
        """Of each of ``LISTS``, those named find so many records of the year, all others none."""
        self.env.invalidate_all()
        found = {
            name: {
                role: count
                for role in ROLES
                if (count := self.count(self.users[role], name, cycle))
            }
            for name in LISTS
        }
        self.assertEqual(found, expected)

    def count(self, user, name, cycle):
        model = self.env[f"it.kpi.{name}"].with_user(user)
        return model.search_count([("cycle_id", "=", cycle.id)]) if model.has_access("read") else 0

    def assertScores(self, scores, expected):
        """Finals, ranks, totals and the last ones are those of the reference scorer."""
        self.assertEqual(set(scores.mapped("unit_id.short_name")), set(expected))
        for score in scores:
            reference = expected[score.unit_id.short_name]
            with self.subTest(unit=score.unit_id.short_name):
                for name in ("assessment_total", "survey_total", "before_veto", "final"):
                    self.assertPoints(score[name], getattr(reference, name))
                self.assertEqual((score.rank, score.is_last), (reference.rank, reference.is_last))


class YearTours:
    """People who log in one after another, each for a part of the year; for an ``HttpCase``.

    ``told`` is what the steps in the browser know: names, texts, marks, expected scores.
    """

    told = {}

    @classmethod
    def tell_scores(cls, scores):
        """Return what the screen must show of each unit's score."""
        names = ("assessment_total", "survey_total", "final")
        return {
            unit: {name: f"{getattr(score, name):.2f}" for name in names}
            | {"rank": str(score.rank)}
            for unit, score in scores.items()
        }

    @classmethod
    def tell_actions(cls, actions):
        """Return the ids by which the buttons of a form name their actions."""
        return {name: cls.env.ref(f"it_kpi_assessment.{each}").id for name, each in actions.items()}

    def play(self, role, tour, menu="years"):
        """Let one person log in and walk through a part of the year."""
        name = f"it_kpi_year_{tour}"
        ready = f"odoo.itKpiYear = {json.dumps(self.told)}, odoo.isTourReady({name!r})"
        login = self.users[role].login
        self.start_tour(f"/odoo/it-kpi-{menu}", name, login=login, ready=ready, timeout=180)
        self.env.invalidate_all()
