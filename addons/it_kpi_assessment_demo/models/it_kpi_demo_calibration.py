from odoo import models


class ItKpiDemo(models.AbstractModel):
    """考前试评 before the open year: the group graded two forms of the published one once more."""

    _inherit = "it.kpi.demo"

    def _load_calibration(self, publication, marks):
        """Play a round to its end: ``{user: a letter a line for each of the two forms}``."""
        rounds = self.env["it.kpi.calibration"].with_user(self._get("user", "division"))
        calibration = rounds.create({"publication_id": publication.id})
        calibration.action_open()
        for name, forms in marks.items():
            user = self._get("user", name)
            sheets = calibration.sheet_ids.filtered(lambda sheet, user=user: sheet.user_id == user)
            for sheet, letters in zip(sheets.with_user(user), forms, strict=True):
                self._grade(sheet, letters)
        calibration.action_close()

    def _grade(self, sheet, letters):
        grades = {grade.code: grade.id for grade in sheet.line_ids.rubric_id.grade_ids}
        for line, letter in zip(sheet.line_ids, letters, strict=True):
            line.write({"not_applicable": True} if letter == "N" else {"grade_id": grades[letter]})
        sheet.action_hand_in()
