from odoo import models
from odoo.exceptions import UserError

from ...const import MOST_EXPLAINED
from ...tools.decimals import exact, plain_number
from ...tools.records import take_each_once


class ItKpiExplained(models.AbstractModel):
    """Mixin: numbers that say how they came about, in the words of the 成绩单 (R12).

    Its class lists those numbers, and returns the sentences of one of them. Frozen and computed
    scores mark ``explain_number`` as read-only, so that a replica may answer; the numbers of
    records that users edit are explained by the primary server, where their forms are read. The
    model has a ``unit_short_name``, or returns a heading of its own.
    """

    _name = "it.kpi.explained"
    _description = "Explained Numbers"

    # The fields whose numbers can be asked for.
    _explained = ()

    def explain_number(self, number):
        """Return how a number of each record came about, once and in the order of the records.

        A list of ``{"id", "heading": whose number it is, "sentences": [...]}``. The points of
        other units behind a mean are shown only to users who may read them.

        :param str number: the field that holds it
        :raise AccessError: the user may not read a record
        :raise UserError: the field holds no number that is explained, or these are too many
        """
        records = take_each_once(self, MOST_EXPLAINED)
        records.check_access("read")
        if number not in self._explained:
            raise UserError(self.env._("There is no number “%s” to explain here.", number))
        sentences = records._get_explanations(number)
        return [
            {
                "id": record.id,
                "heading": record._get_number_heading(number),
                "sentences": list(filter(None, sentences[record])),
            }
            for record in records
        ]

    def _get_explanations(self, name):
        """Return ``{record: sentences}`` for a field of ``_explained``."""
        raise NotImplementedError

    def _get_number_heading(self, name):
        """Return whose number it is, and its label: ``利州 · Final``."""
        label = self._fields[name]._description_string(self.env)
        return f"{self.unit_short_name} · {label}"


def explain_grade(env, score, points, grade):
    """Return how a graded line earned its points (R1), and where they were rounded."""
    product = exact(points) * exact(grade.ratio)
    numbers = {
        "score": f"{score:.2f}",
        "points": plain_number(exact(points)),
        "percent": f"{plain_number(100 * exact(grade.ratio))}%",
        "grade": grade.code,
    }
    if product == exact(numbers["score"]):
        return env._("%(score)s = %(points)s points × %(percent)s (grade %(grade)s)", **numbers)
    return env._(
        "%(score)s (%(points)s points × %(percent)s = %(exact)s, rounded; grade %(grade)s)",
        exact=plain_number(product),
        **numbers,
    )


def explain_unfiled(env):
    """Return that a form which was never filed totals nothing (R8)."""
    return env._("The self-assessment was not filed: it totals 0.00.")
