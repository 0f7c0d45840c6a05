from odoo import api, models
from odoo.exceptions import UserError

from .it_kpi_primary import on_primary


class ItKpiExplained(models.AbstractModel):
    """A record with numbers that tell how they came about, in the words of the 成绩单 (R12).

    Its class lists those numbers, and returns the sentences of one of them.
    """

    _name = "it.kpi.explained"
    _description = "Explained Numbers"

    # The fields whose numbers can be asked for.
    _explained = ()

    @api.readonly
    def explain_number(self, number):
        """Return how a number of each record came about, in the order of the records.

        A list of ``{"id", "heading": whose number it is, "sentences": [...]}``. The points of
        other units behind a mean are told to those who may read them only.

        :param str number: the field that holds it
        :raise AccessError: the user may not read a record
        :raise UserError: the field holds no number that is explained
        """
        self.check_access("read")
        if number not in self._explained:
            raise UserError(self.env._("There is no number “%s” to explain here.", number))
        sentences = self._get_explanations(number)
        return [
            {
                "id": record.id,
                "heading": record._get_number_heading(number),
                "sentences": list(filter(None, sentences[record])),
            }
            for record in self
        ]

    def _get_explanations(self, name):
        """Return ``{record: sentences}`` for a field of ``_explained``."""
        raise NotImplementedError

    def _get_number_heading(self, name):
        """Return what the number is, and of whom."""
        raise NotImplementedError


class ItKpiExplainedCurrent(models.AbstractModel):
    """The same of what people are at work on: explained from where its form is read."""

    _name = "it.kpi.explained.current"
    _inherit = ["it.kpi.explained"]
    _description = "Explained Numbers from the Primary Database Server"

    @on_primary
    def explain_number(self, number):
        return super().explain_number(number)


def explain_grade(env, score, points, grade):
    """Return how a graded line earned its points (R1)."""
    return env._(
        "%(score)s = %(points)s points × %(percent)s (grade %(grade)s)",
        score=f"{score:.2f}",
        points=f"{points:g}",
        percent=f"{100 * grade.ratio:g}%",
        grade=grade.code,
    )
