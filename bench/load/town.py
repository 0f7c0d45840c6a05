"""The bureau whose people come all at once, and a look at whether anything of theirs was lost."""

import random
from datetime import timedelta

import psycopg2

from odoo import fields
from odoo.service.model import retrying
from odoo.sql_db import connection_info_for
from odoo.tools import SQL

from ..bureau import Bureau
from ..web_client import get_line_specification, get_specification

PASSWORD = "load"
# The two kinds of forms that the same people fill in: ours, and Odoo's own.
OURS = {
    "form_model": "it.kpi.assessment",
    "line_model": "it.kpi.assessment.line",
    "dialog": "it.kpi.sign.wizard",
}
PLAIN = {"form_model": "it.kpi.plain.form", "line_model": "it.kpi.plain.line", "dialog": None}
FIRST_YEAR = 2101


class Town(Bureau):
    """A bureau whose people log in, and years in which they fill in their forms."""

    def __init__(self, database, size):
        super().__init__(database, size)
        self.database = database
        self.year = FIRST_YEAR
        with self.acting() as env:
            secret = env.user._crypt_context().hash(PASSWORD)
            env.execute_query(
                SQL("UPDATE res_users SET password = %s WHERE login <> 'admin' RETURNING 1", secret)
            )
            self.make_plain_parts(env)

    def make_plain_parts(self, env):
        """Give the plain model what the rubric is to ours."""
        rubric = env.ref("it_kpi_assessment.rubric_2023")
        self.plain_grades = {
            grade: env["it.kpi.plain.grade"].create({"code": grade.code, "ratio": grade.ratio})
            for grade in rubric.grade_ids
        }
        for indicator in rubric.indicator_ids:
            env["it.kpi.plain.indicator"].create(
                {
                    "name": indicator.name,
                    "dimension": indicator.dimension_id.name,
                    "item": indicator.item_id.name,
                    "points": indicator.points,
                    "criterion_ids": [
                        fields.Command.create(
                            {"grade_id": self.plain_grades[each.grade_id].id, "text": each.text}
                        )
                        for each in indicator.criterion_ids
                    ],
                }
            )

    def plan(self, kind, hosts, count, **changes):
        """Open a new year, and return what is to be done in it by how many people, for JSON.

        :param changes: what of the plan is different: ``pause``, ``people``, ``files`` ...
        """
        self.year += 1
        make = self.make_forms if kind is OURS else self.make_plain_forms
        return {
            **kind,
            "form_specification": get_specification(self, "reporter", kind["form_model"], "form"),
            "line_specification": get_line_specification(self, "reporter", kind["form_model"]),
            "hosts": hosts,
            "database": self.database,
            "password": PASSWORD,
            "forms": make(count),
            "people": count,
            "ramp": 60,
            "pause": [1, 4],
            "watchers": max(1, count // 25),
            "watching": [5, 10],
            "watcher": "leadership",
            "ranking": self.get_ranking(),
            "files": 4,
            "kilobytes": 200,
            "logged_in": False,
            "insistence": 0,
            **changes,
        }

    def get_ranking(self):
        specification = get_specification(self, "leadership", "it.kpi.ranking", "list")
        return {"specification": specification, "domain": [["cycle_id.year", "=", self.year]]}

    def make_forms(self, count):
        """Open a year, and describe the forms of as many units."""
        with self.acting("division") as env:
            rubric = env.ref("it_kpi_assessment.rubric_2023")
            values = {"year": self.year, "source_rubric_id": rubric.id}
            cycle = env["it.kpi.cycle"].create({**values, "unit_ids": self.units[:count]})
            cycle.action_open(accepted=True)
            self.cycle_id = cycle.id
            grades = cycle.rubric_id.grade_ids.ids
            return [self.describe(form, form.unit_id, grades) for form in cycle.assessment_ids]

    def make_plain_forms(self, count):
        with self.acting() as env:
            indicators = env["it.kpi.plain.indicator"].search([])
            lines = [fields.Command.create({"indicator_id": each.id}) for each in indicators]
            units = env["it.kpi.unit"].browse(self.units[:count])
            values = {"year": self.year, "unit_id": env.company.partner_id.id, "line_ids": lines}
            forms = env["it.kpi.plain.form"].create([dict(values) for _unit in units])
            grades = [grade.id for grade in self.plain_grades.values()]
            return [
                self.describe(form, unit, grades) for form, unit in zip(forms, units, strict=True)
            ]

    def describe(self, form, unit, grades):
        dice = random.Random(form.id)
        unit = unit.sudo()
        return {
            "id": form.id,
            "lines": form.line_ids.ids,
            "grades": dice.choices(grades, k=len(form.line_ids)),
            "reporter": unit.reporter_ids[0].login,
            "leader": unit.leader_ids[0].login,
        }

    def reconnect(self):
        """Connect to the database anew; tell whether it answers."""
        try:
            connection = psycopg2.connect(**connection_info_for(self.database)[1])
        except psycopg2.OperationalError:
            return False
        self.connection = connection
        return True

    def count_submitted(self):
        """Return how many forms of this year are submitted."""
        query = "SELECT count(*) FROM it_kpi_assessment WHERE cycle_id = %s AND state = 'submitted'"
        return self.fetch(query, [self.cycle_id])[0][0]

    def get_signatures(self):
        """Return when the forms of this year were signed (naive, UTC)."""
        query = "SELECT signed_at FROM it_kpi_assessment WHERE cycle_id = %s"
        return [signed_at for [signed_at] in self.fetch(query, [self.cycle_id]) if signed_at]

    def set_deadline(self, seconds):
        """Let the year's deadline be in so many seconds; return the moment (naive, UTC).

        It stands for the clock that moves on: the division cannot leave the units so little time.
        People sign meanwhile, so it is begun again where they got in between, as a request is; by
        then the moment of the first try may have passed.
        """
        with self.acting() as env:

            def set_it():
                moment = fields.Datetime.now() + timedelta(seconds=seconds)
                env["it.kpi.cycle"].browse(self.cycle_id).write({"deadline": moment})
                return moment

            return retrying(set_it, env)

    def find_lost(self, plan, outcome):
        """Return, in words, what was acknowledged and is not in the database, or not as it was."""
        with self.acting(commit=False) as env:
            lines = env[plan["line_model"]]
            for each in self.get_last_acknowledged(outcome):
                line = lines.browse(each["line"])
                for name, value in each["values"].items():
                    found = line[name].id if name == "grade_id" else line[name]
                    if found != value:
                        yield f"line {line.id}: {name} is {found!r}, acknowledged was {value!r}"
            for each in outcome["acknowledged"]:
                if "file" in each:
                    yield from self.find_lost_file(plan, lines.browse(each["line"]), each["file"])
            for form in env[plan["form_model"]].browse(outcome["submitted"]):
                if form.state != "submitted" or not form.signature:
                    yield f"form {form.id} is {form.state}, its submission was acknowledged"

    def get_last_acknowledged(self, outcome):
        """Return the values of every line as they were acknowledged last."""
        last = {}
        for each in outcome["acknowledged"]:
            last.setdefault(each["line"], {}).update(each.get("values", {}))
        return [{"line": line, "values": values} for line, values in last.items()]

    def find_lost_file(self, plan, line, name):
        wanted = b"%PDF-1.4 " + random.Random(line.id).randbytes(plan["kilobytes"] * 1024)
        found = [file.raw for file in line.attachment_ids if file.name == name]
        # Also where it was sent again because the answer did not come.
        if found != [wanted]:
            yield f"line {line.id}: the file {name} is not there once, as it was sent"
