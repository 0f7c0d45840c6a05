from .acting_out import ActingOut

YEAR = 2100
# The rows that a year begins with: a form of each kind for every unit, a line per indicator.
FORM = """
INSERT INTO it_kpi_assessment
       (cycle_id, unit_id, company_id, state, create_uid, create_date, write_uid, write_date)
SELECT %(cycle)s, unit_id, %(company)s, 'draft', %(user)s, now(), %(user)s, now()
  FROM it_kpi_cycle_unit_rel WHERE cycle_id = %(cycle)s"""
SURVEY = """
INSERT INTO it_kpi_survey (cycle_id, unit_id, company_id, assessment_id, state,
                           create_uid, create_date, write_uid, write_date)
SELECT cycle_id, unit_id, company_id, id, 'draft', %(user)s, now(), %(user)s, now()
  FROM it_kpi_assessment WHERE cycle_id = %(cycle)s"""
LINE = """
INSERT INTO {form}_line (form_id, cycle_id, indicator_id, not_applicable, score,
                         create_uid, create_date, write_uid, write_date)
SELECT form.id, form.cycle_id, indicator.id, FALSE, 0, %(user)s, now(), %(user)s, now()
  FROM {form} form, it_kpi_indicator indicator
 WHERE form.cycle_id = %(cycle)s AND indicator.rubric_id = %(rubric)s"""
STATEMENTS = (
    FORM,
    SURVEY,
    LINE.format(form="it_kpi_assessment"),
    LINE.format(form="it_kpi_survey"),
)


class LayOut(ActingOut):
    """All forms and lines of a year that the division has just opened."""

    name = "Laying out a cycle"
    floor_name = "the bare INSERT ... SELECT with the same constraints"
    most_ratio = 1.3

    def prepare(self):
        rubric = self.env.ref("it_kpi_assessment.rubric_2023")
        cycle = self.env["it.kpi.cycle"].create(
            {"year": YEAR, "source_rubric_id": rubric.id, "unit_ids": self.bureau.units}
        )
        cycle._move("open", rubric_id=rubric._freeze_for(cycle).id)
        return cycle

    def floor(self):
        names = {
            "cycle": self.cycle.id,
            "company": self.cycle.company_id.id,
            "rubric": self.cycle.rubric_id.id,
            "user": self.env.uid,
        }
        for statement in STATEMENTS:
            self.env.cr.execute(statement, names)

    def own(self):
        self.cycle._create_forms()
