import base64
import io
import json
import random
from datetime import date, datetime, timedelta

from PIL import Image, ImageDraw

from odoo import api, fields, models
from odoo.tools import file_open


class ItKpiDemo(models.AbstractModel):
    """The demonstration: a published year and the year under way, from invented marks.

    Its only entry is ``_load``, called by the demonstration data; nothing here can be called
    from outside. The years follow the calendar, so that there always is an open cycle.
    """

    _name = "it.kpi.demo"
    _description = "Demonstration Year"

    @api.model
    def _load(self):
        """Load both years in the language of the user, so that their logs are in one."""
        self.with_context(lang=self.env.user.lang)._load_years()

    @api.model
    def _load_years(self):
        demo = self._read_demo()
        self._create_staff(demo["staff"])
        year = self._get_open_year()
        self._load_published_year(year - 1, demo)
        self._load_open_year(year, demo)

    def _read_demo(self):
        with file_open("it_kpi_assessment/data/it_kpi_year_demo.json") as file:
            return json.load(file)

    def _get_open_year(self):
        """Return the year whose 15 December comes next."""
        today = fields.Date.today()
        return today.year if today <= date(today.year, 12, 14) else today.year + 1

    def _create_staff(self, staff):
        """Give every unit a reporter and a leader who are only names: they cannot log in."""
        for person in staff:
            unit = self._get("unit", person["unit"])
            for role in ("reporter", "leader"):
                if not unit[f"{role}_ids"]:
                    unit[f"{role}_ids"] = self._create_user(person[role], role, person["unit"])

    def _create_user(self, name, role, unit):
        group = self.env.ref(f"it_kpi_assessment.group_{role}")
        return self.env["res.users"].create(
            {
                "name": name,
                "login": f"{unit}.{role}",
                "tz": "Asia/Shanghai",
                "group_ids": [fields.Command.link(group.id)],
            }
        )

    def _get(self, kind, name):
        return self.env.ref(f"it_kpi_assessment.{kind}_{name}")

    def _create_open_cycle(self, year):
        """Return a cycle with its forms laid out, even if its deadline has passed long since."""
        cycle = self.env["it.kpi.cycle"].create(
            {
                "year": year,
                "company_id": self._get("unit", "lizhou").company_id.id,
                "source_rubric_id": self._get("rubric", "2023").id,
            }
        )
        cycle.write({"state": "open", "rubric_id": cycle.source_rubric_id._freeze_for(cycle).id})
        cycle._lay_out_forms()
        return cycle

    def _load_published_year(self, year, demo):
        cycle = self._create_open_cycle(year)
        for row in demo["published"]:
            form = self._get_form(cycle.assessment_ids, row)
            if row["assessment"]:
                self._fill(form, row["assessment"], demo["explanations"])
                self._sign(form, datetime(year, 12, 8, 2, 30))
                if row["unit"] == "lizhou":
                    self._write_report(form)
            else:
                form.write(
                    {"state": "unfiled", "unfiled_reason": "截止时未报送，经两次催报仍未提交。"}
                )
            survey = self._get_form(cycle.survey_ids, row)
            survey.assessor_ids = self._choose_assessors(survey.unit_id)
            self._fill(survey, row["survey"])
            self._confirm(survey, datetime(year, 12, 22, 7, 0))
            if row["unit"] == "lizhou":
                self._as_signer(survey, self._get("user", "head"))._keep_signed_documents()
        self._create_incident("wangcang", "network_security", date(year, 6, 17))
        self._create_incident("qingchuan", "leak", date(year, 9, 3))
        self._publish_with_revision(cycle, demo["revision"], datetime(year, 12, 29, 1, 0))
        self._load_rectifications(cycle, demo["rectifications"])

    def _load_open_year(self, year, demo):
        cycle = self._create_open_cycle(year)
        for row in demo["open"]:
            form = self._get_form(cycle.assessment_ids, row)
            self._fill(form, row["assessment"], demo["explanations"])
            if row["state"] == "submitted":
                self._sign(form, fields.Datetime.now() - timedelta(days=5))
            else:
                form.state = row["state"]
            if row["state"] == "returned":
                self._return(form)
            self._load_survey(self._get_form(cycle.survey_ids, row), row)
        self._create_incident("emergency", "network_security", date(year, 8, 21))

    def _load_survey(self, survey, row):
        """Assign and fill; some surveys are confirmed, or wait for a signature."""
        survey.assessor_ids = survey.assessor_ids.union(
            *(self._get("user", name) for name in row.get("assessors", ()))
        )
        self._fill(survey, row.get("survey", ""))
        yesterday = fields.Datetime.now() - timedelta(days=1)
        if row.get("confirmed"):
            self._confirm(survey, yesterday)
        elif "signed" in row:
            survey.visit_date = yesterday.date() - timedelta(days=2)
            for name in row["signed"]:
                self._sign_survey(survey, self._get("user", name), yesterday)

    def _get_form(self, forms, row):
        unit = self._get("unit", row["unit"])
        return forms.filtered(lambda form: form.unit_id == unit)

    def _choose_assessors(self, unit):
        return self._get("user", "assessor") + self._get("user", "assessor2") - unit.member_ids

    def _fill(self, form, marks, explanations=None):
        grades = {grade.code: grade.id for grade in form.rubric_id.grade_ids}
        for line, mark in zip(form.line_ids, marks, strict=False):
            vals = {"not_applicable": True} if mark == "N" else {"grade_id": grades[mark]}
            if mark == "N":
                vals["remark"] = "本单位无此项业务"
            if explanations:
                vals["explanation"] = self._explain(line, mark, explanations)
            line.write(vals)

    def _explain(self, line, mark, explanations):
        if mark == "N":
            return "本单位职能不涉及该项工作，无自建或管理的相关内容。"
        return f"{explanations[line.indicator_id.code]}对照评价细则，自评为{mark}。"

    def _sign(self, form, moment):
        leader = form.unit_id.leader_ids[:1]
        form.write(
            {
                "state": "submitted",
                "signature": self._draw_signature(leader.name),
                "signed_by_id": leader.id,
                "signed_at": moment,
            }
        )

    def _write_report(self, form):
        """Give one unit a report of its own words, and the versions that a submission keeps."""
        form.report_opening = (
            f"{form.cycle_id.year}年，{form.unit_id.name}按照市局统一部署推进信息化建设和网络安全"
            "工作。现对照《信息化绩效考核评价细则》，将自评结果逐项报告如下。"
        )
        self._as_signer(form, form.signed_by_id)._keep_signed_documents()

    def _as_signer(self, form, user):
        return form.with_user(user).with_context(lang=user.lang)

    def _return(self, form):
        for line, reason in zip(
            form.line_ids[8:10],
            ("未附等级保护备案证明，请补充。", "保密承诺书签订人数与在册人数不符，请核实。"),
            strict=True,
        ):
            line.write({"returned": True, "return_reason": reason})

    def _confirm(self, survey, moment):
        head = self._get("user", "head")
        survey.visit_date = moment.date() - timedelta(days=2)
        for assessor in survey.assessor_ids:
            self._sign_survey(survey, assessor, moment - timedelta(days=1))
        self._sign_survey(survey, head, moment, is_head=True)
        survey.write({"state": "confirmed", "confirmed_by_id": head.id, "confirmed_at": moment})

    def _sign_survey(self, survey, user, moment, is_head=False):
        survey.signature_ids.create(
            {
                "form_id": survey.id,
                "user_id": user.id,
                "name": user.name,
                "is_head": is_head,
                "signature": self._draw_signature(user.name),
                "signed_at": moment,
            }
        )

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

    def _publish(self, cycle, moment):
        cycle.write({"approved_by_id": self._get("user", "head").id, "approved_at": moment})
        division = self._get("user", "division")
        publication = cycle.with_user(division)._create_publication(moment)
        publication._freeze_scores()
        cycle.write(
            {"state": "published", "publication_id": publication.id, "revision_reason": False}
        )
        publication._end_trial()

    def _draw_signature(self, name):
        """Return a scribble that is always the same for one name, as a PNG in base64."""
        pen = random.Random(name)
        image = Image.new("RGBA", (360, 120), (255, 255, 255, 0))
        canvas = ImageDraw.Draw(image)
        for index in range(len(name)):
            left = 20 + 110 * index
            for _stroke in range(5):
                points = [(left + pen.random() * 90, 15 + pen.random() * 90) for _ in range(4)]
                canvas.line(points, fill=(20, 20, 60, 255), width=4, joint="curve")
        buffer = io.BytesIO()
        image.save(buffer, "PNG")
        return base64.b64encode(buffer.getvalue())
