"""Two bureaus that differ in nothing but their size, each in a company of its own."""

from odoo import Command

from bench import years
from bench.rows import copy_row, copy_user, pair

from .common import EXAMPLE, ROLES
from .rights.calls import Calls

STAFF = ("reporter", "leader")
# Every sixth unit has the same marks, so that a large year has nothing that a small one lacks.
SEED = "row_number() OVER (ORDER BY form_id, indicator_id) %% (6 * 16)"


class SizedBureau(Calls):
    """The bureau of the tests of rights with more units; each has staff of its own."""

    size = len(EXAMPLE)

    @classmethod
    def lay_out(cls, env):
        """Make the bureau, its people and its years, in the company of the same name."""
        rubric = env.ref("it_kpi_assessment.rubric_2023")
        company = env["res.company"].create({"name": f"{cls.size}个单位的局"})
        context = {"tz": "Asia/Shanghai", "lang": "en_US", "allowed_company_ids": company.ids}
        cls.env = env(context=context)
        cls.rubric = rubric.with_env(cls.env).copy({"version": "副本", "company_id": company.id})
        cls.rubric.state = "effective"
        cls.users = {role: cls.new_user(role, f"{role}_{cls.size}") for role in ROLES}
        cls.make_units()
        cls.play_years()
        cls.forms = {form.unit_id.short_name: form for form in cls.cycle.assessment_ids}
        cls.surveys = {form.unit_id.short_name: form for form in cls.cycle.survey_ids}
        cls.accounts = cls.make_accounts("division", f"made_in_{cls.size}", cls.size)
        cls.account = cls.accounts[0]
        cls.set_up_calls()
        cls.env.cr.flush()  # with the activities that the end of a request makes

    @classmethod
    def make_units(cls):
        cls.units = cls.env["it.kpi.unit"].create(
            [{"name": name, "short_name": name} for name in EXAMPLE]
        )
        cls.own_unit = cls.units[0]
        cls.own_unit.write({f"{role}_ids": cls.users[role].ids for role in STAFF})
        cls.env.flush_all()
        names = dict.fromkeys(("name", "short_name"), "'单位' || n")
        count = cls.size - len(cls.units)
        copies = copy_row(cls.env, "it_kpi_unit", cls.own_unit.id, count, **names)
        cls.units += cls.units.browse(copies)
        for role in STAFF:
            people = copy_user(cls.env, cls.users[role], cls.size - 1)
            for kind in (role, "member"):
                columns = ("unit_id", "user_id")
                pair(cls.env, f"it_kpi_unit_{kind}_rel", columns, cls.units[1:].ids, people)
        cls.env.invalidate_all()
        cls.env.registry.clear_all_caches()

    @classmethod
    def file_forms(cls, cycle, marks):
        """File all forms of the year in a few statements, with other marks than those given."""
        cls.env.flush_all()
        years.file_forms(cls.env, cycle.id, SEED)
        cls.env.invalidate_all()

    @classmethod
    def play_open_year(cls):
        """The example's units have forms in every state; of the others every second has filed."""
        cycle = super().play_open_year()
        others = cls.units.filtered(lambda unit: unit.short_name not in EXAMPLE)
        forms = cycle.assessment_ids.filtered(lambda form: form.unit_id in others)
        best = cycle.rubric_id.grade_ids[0].id
        forms.line_ids.write({"grade_id": best, "explanation": "如实说明"})
        forms[::2].state = "submitted"
        surveys = cycle.survey_ids.filtered(lambda form: form.unit_id in others)
        surveys[::2].assessor_ids = [Command.link(cls.users["assessor"].id)]
        for unit in others[::2]:
            cls.inspect(unit, "division", cycle.year)
        return cycle


class Few(SizedBureau):
    """The six units of the worked example."""


class Many(SizedBureau):
    size = 20
