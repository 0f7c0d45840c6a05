"""A published year whose texts are full of names, and a calibration round on it."""

from ..helpers.common import BureauCase

# Every text of the year has these in it, with the names of the unit.
TRACES = ("lizhou@example.com", "0839-3334444", "13800138000", "利交发〔2099〕7号")
CODES = "ABCD"


class CalibrationCase(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.new_user("assessor", "test_second_assessor")
        cls.third = cls.new_user("assessor", "test_third_assessor")
        cls.person = cls.new_user("reporter", "test_person")
        cls.person.name = "欧阳建国"
        cls.year = cls.example_year()
        for form in cls.year.assessment_ids:
            for line in form.line_ids:
                line.explanation = cls.write_text(form.unit_id, line)
                line.remark = f"{form.unit_id.name}报"
        cls.publication = cls.publish(cls.year)

    @classmethod
    def write_text(cls, unit, line):
        """Return an explanation that gives its unit away in every way."""
        spaced = "\u3000".join(unit.short_name)
        return (
            f"{unit.name}（{spaced}）由{cls.person.name}牵头，与青川县交通运输局联合建设苍山系统，"
            f"详见{' '.join(TRACES)}。第{line.indicator_id.code}项"
        )

    def prepare(self):
        """Return a round as the division makes it."""
        return self.env["it.kpi.calibration"].with_user(self.users["division"]).create({})

    def open(self):
        calibration = self.prepare()
        calibration.hidden_words = "苍山"
        calibration.action_open()
        return calibration

    def get_sheet(self, calibration, user, sample="first"):
        """Return a sheet as its person sees it."""
        return (
            calibration.sudo()
            .sheet_ids.filtered(lambda row: row.user_id == user and row.sample == sample)
            .with_user(user)
            .sudo(False)
        )

    def grade(self, sheet, marks):
        """Mark a sheet, a letter per line, N for 无此项, and hand it in."""
        grades = {grade.code: grade.id for grade in self.year.rubric_id.grade_ids}
        for line, mark in zip(sheet.line_ids, marks, strict=True):
            line.write({"not_applicable": True} if mark == "N" else {"grade_id": grades[mark]})
        sheet.action_hand_in()
