"""What the screens show: a published year and one under way."""

from odoo import Command

from .common import SIGNATURE, BureauCase


class ScreensCase(BureauCase):
    """A published year and one under way, with forms in every state."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        publication = cls.publish(cls.example_year())
        orders = cls.env["it.kpi.rectification"]._draw_up(publication.result_ids)
        orders.write({"state": "planned", "verifier_id": cls.users["assessor"].id})
        for order in orders:
            order.measure_ids = [Command.create(cls.get_measure(order))]
        cls.cycle = cls.open_cycle(year=2098)
        cls.file_forms(cls.cycle, {"昭化": ("B" * 16, "C" * 16), "剑阁": (None, "C" * 16)})
        for survey in cls.env["it.kpi.survey"].search([("unit_id", "!=", cls.own_unit.id)]):
            survey.assessor_ids = [Command.link(cls.users["assessor"].id)]
        cls.own_form = cls.get_form(cls.cycle, "利州")
        cls.env["it.kpi.inspection"].create(
            {
                "unit_id": cls.get_unit("昭化").id,
                "date": "2098-05-01",
                "finding": "口令过短",
                "indicator_ids": cls.rubric.indicator_ids.ids,
                "attachment_ids": [Command.create({"name": "现场.png", "datas": SIGNATURE})],
            }
        )

    @classmethod
    def get_measure(cls, order):
        weaknesses = order.weakness_ids.ids
        return {
            "name": "整改",
            "owner": "王芸",
            "due_date": "2100-06-30",
            "weakness_ids": weaknesses,
        }
