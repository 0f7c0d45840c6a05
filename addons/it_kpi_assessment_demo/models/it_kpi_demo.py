import json
from datetime import date, datetime, timedelta

from odoo import api, fields, models
from odoo.tools import file_open

# Units and rubric are partly the demonstration's, partly those that every bureau starts with.
MODULES = ("it_kpi_assessment_demo", "it_kpi_assessment")


class ItKpiDemo(models.AbstractModel):
    """The demonstration: a published year and the year under way, with invented marks.

    The data files call ``_load``; nothing here can be called from outside. The years follow
    the calendar, so that there always is an open cycle. The steps are in the other files.
    """

    _name = "it.kpi.demo"
    _description = "Demonstration Year"

    @api.model
    def _load(self):
        """Load both years, unless this database has the years of an older demonstration.

        The log of a year is in the language that it was loaded in: Chinese.
        """
        if not self.env["it.kpi.cycle"].search_count([], limit=1):
            self.with_context(lang="zh_CN")._load_years()

    def _load_years(self):
        demo = self._read_demo()
        year = self._get_open_year()
        self._create_staff(demo["staff"])
        self._load_published_year(year - 1, demo)
        self._load_open_year(year, demo)
        years = {"published": year - 1, "open": year}
        for row in demo["inspections"]:
            self._create_inspection(row, years[row["year"]])
        self._draft_rubric(year + 1)

    def _read_demo(self):
        with file_open("it_kpi_assessment_demo/data/it_kpi_year_demo.json") as file:
            return json.load(file)

    def _get_open_year(self):
        """Return the year whose 15 December comes next."""
        today = fields.Date.today()
        return today.year if today <= date(today.year, 12, 14) else today.year + 1

    def _get(self, kind, name):
        """Return a unit, a user or a rubric by the name that the data files give it."""
        for module in MODULES:
            record = self.env.ref(f"{module}.{kind}_{name}", raise_if_not_found=False)
            if record:
                return record
        raise ValueError(f"The demonstration has no {kind} {name}")

    def _get_form(self, forms, row):
        unit = self._get("unit", row["unit"])
        return forms.filtered(lambda form: form.unit_id == unit)

    def _create_open_cycle(self, year):
        """Return a cycle with its forms, even if its deadline has passed long since."""
        cycle = self.env["it.kpi.cycle"].create(
            {
                "year": year,
                "company_id": self._get("unit", "lizhou").company_id.id,
                "source_rubric_id": self._get("rubric", "2023").id,
            }
        )
        cycle.write({"state": "open", "rubric_id": cycle.source_rubric_id._freeze_for(cycle).id})
        cycle._create_forms()
        return cycle

    def _load_published_year(self, year, demo):
        cycle = self._create_open_cycle(year)
        self._set_up_awards(cycle.rubric_id)
        for row in demo["published"]:
            self._load_filed_form(cycle, row, demo)
            self._load_confirmed_survey(cycle, row)
        self._create_incident("wangcang", "network_security", date(year, 6, 17))
        self._create_incident("qingchuan", "leak", date(year, 9, 3))
        self._propose_with_objections(cycle, demo["objections"])
        self._publish_with_revision(cycle, demo["revision"], datetime(year, 12, 29, 1, 0))
        self._load_rectifications(cycle, demo["rectifications"])
        self._propose_awards(cycle.publication_id)
        self._load_calibration(cycle.publication_id, demo["calibration"])

    def _load_filed_form(self, cycle, row, demo):
        form = self._get_form(cycle.assessment_ids, row)
        if not row["assessment"]:
            form.write({"state": "unfiled", "unfiled_reason": "截止时未报送，经两次催报仍未提交。"})
            return
        self._fill(form, row["assessment"], demo["explanations"])
        self._sign(form, datetime(cycle.year, 12, 8, 2, 30))
        if row["unit"] == "lizhou":
            self._write_report(form)

    def _load_confirmed_survey(self, cycle, row):
        survey = self._get_form(cycle.survey_ids, row)
        survey.assessor_ids = self._choose_assessors(survey.unit_id)
        self._fill(survey, row["survey"])
        self._confirm(survey, datetime(cycle.year, 12, 22, 7, 0))
        if row["unit"] == "lizhou":
            self._as_signer(survey, self._get("user", "head"))._keep_signed_documents()

    def _load_open_year(self, year, demo):
        cycle = self._create_open_cycle(year)
        for row in demo["open"]:
            self._load_open_form(self._get_form(cycle.assessment_ids, row), row, demo)
            self._load_survey(self._get_form(cycle.survey_ids, row), row)
        self._create_incident("emergency", "network_security", date(year, 8, 21))
        for row in demo["findings"]:
            self._load_evidence(self._get_form(cycle.assessment_ids, row), row)

    def _load_open_form(self, form, row, demo):
        self._fill(form, row["assessment"], demo["explanations"])
        if row["state"] == "submitted":
            self._sign(form, fields.Datetime.now() - timedelta(days=5))
        else:
            form.state = row["state"]
        if row["state"] == "returned":
            self._return(form)

    def _create_incident(self, unit, kind, day):
        self.env["it.kpi.incident"].create(
            {
                "unit_id": self._get("unit", unit).id,
                "kind": kind,
                "date": day,
                "description": "经上级部门通报并核查属实（演示数据）。",
                "decision": f"广交函〔{day.year}〕演示号",
            }
        )
