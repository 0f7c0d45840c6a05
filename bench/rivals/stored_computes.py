from ..measures.mark import Mark
from ..rows import insert
from .rival import RivalInOdoo
from .year import KINDS

LINE = "kpi.plain.line"
COMPUTED = {
    LINE: ("score", "points_earned"),
    "kpi.plain.mean": ("mean",),
    "kpi.plain.form": ("total",),
    "kpi.plain.unit": ("final", "rank"),
}


class StoredComputes(RivalInOdoo):
    """A plain addon, as Odoo's tutorials teach it, computes every stored field of the year anew.

    Means, totals, finals and ranks are stored and depend on one another by ``@api.depends``
    (``bench/addons/kpi_stored_computes``). It knows no R3, R7 and R8.
    """

    name = "Stored computes by @api.depends, all fields"
    most_size = 1000

    def fill_database(self):
        with self.acting() as env:
            if not env[LINE].search_count([], limit=1):
                self.fill(env)

    def fill(self, env):
        """Insert the marks of the year; what follows from them is not computed yet."""
        cycle = env["kpi.plain.cycle"].create({"name": "2098"})
        units = self.insert_units(env, cycle)
        indicators = len(self.year.points)
        means = insert(
            env,
            "kpi_plain_mean",
            name=[f"{kind} {number}" for kind in KINDS for number in range(indicators)],
            cycle_id=[cycle.id] * (len(KINDS) * indicators),
            points=[points / 100 for points in self.year.points] * len(KINDS),
        )
        forms = insert(
            env,
            "kpi_plain_form",
            unit_id=[units[unit] for _kind, unit in self.year.marks],
            kind=[kind for kind, _unit in self.year.marks],
            state=["filed"] * len(self.year.marks),
        )
        of_kind = {
            kind: means[number * indicators : (number + 1) * indicators]
            for number, kind in enumerate(KINDS)
        }
        grades = [code for codes in self.year.marks.values() for code in codes]
        insert(
            env,
            "kpi_plain_line",
            form_id=[form for form in forms for _number in range(indicators)],
            mean_id=[mean for kind, _unit in self.year.marks for mean in of_kind[kind]],
            grade=grades,
            not_applicable=[not code for code in grades],
            explanation=["制度健全，按计划落实，见附件材料。"] * len(grades),
        )

    def insert_units(self, env, cycle):
        env.flush_all()
        ids = insert(
            env,
            "kpi_plain_unit",
            name=[str(unit) for unit in self.year.units],
            cycle_id=[cycle.id] * len(self.year.units),
            vetoed=[unit in self.year.vetoed for unit in self.year.units],
        )
        return dict(zip(self.year.units, ids, strict=True))

    def score(self):
        with self.acting() as env:
            for model, names in COMPUTED.items():
                records = env[model].search([])
                for name in names:
                    env.add_to_compute(records._fields[name], records)
            env.flush_all()
            rows = env["kpi.plain.unit"].search_read([], ["name", "final", "rank"])
        return {int(row["name"]): round(row["final"] * 100) for row in rows}


class StoredMark(StoredComputes):
    """One mark in that addon, which brings everything up to date that follows from it."""

    name = "One mark with stored computes, through web_save"
    floor_name = "our mark, through web_save"
    ours = Mark

    def fill_database(self):
        with self.acting() as env:
            self.line = env[LINE].search([("grade", "!=", False)], limit=1).id
        self.grades = ["A", "B"]

    def check(self):
        """What it comes to has been compared by ``StoredComputes``."""

    def begin(self):
        self.grades.reverse()
        self.compared.begin()

    def own(self):
        values = {"grade": self.grades[0]}
        _answer, self.queries = self.call(LINE, "web_save", [self.line], values, {"grade": {}})
