"""A published year, as the tests of this folder change and check it."""

from odoo import Command
from odoo.tools import SQL

from ..helpers.common import EXAMPLE, BureauCase


class Published(BureauCase):
    """The worked example, published, with a withdrawn unit and another published year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.empty_rubric = cls.rubric.create({"name": "空", "version": "空"})
        bands = {"优秀": 90, "良好": 70, "合格": 0}
        cls.rubric.band_ids = [
            Command.create({"name": name, "threshold": least}) for name, least in bands.items()
        ]
        draft = {"year": 2095, "source_rubric_id": cls.rubric.id}
        cls.draft_cycle = cls.env["it.kpi.cycle"].create(draft)
        cls.other = cls.publish(cls.file_all(2097))
        cls.cycle = cls.example_year()
        cls.withdraw(cls.cycle, "剑阁")
        cls.publication = cls.publish(cls.cycle)
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def file_all(cls, year):
        names = [name for name in EXAMPLE if name != "剑阁"]
        units = cls.units.filtered(lambda unit: unit.short_name in names)
        cycle = cls.open_cycle(units, year=year)
        cls.file_forms(cycle, {name: ("A" * 16, "B" * 16) for name in names})
        return cycle

    def verify(self, publication=None):
        self.env.invalidate_all()
        return (publication or self.publication).sudo()._verify()

    def get_result(self, name):
        return self.publication.result_ids.filtered(lambda row: row.unit_short_name == name)

    def execute(self, query, *values):
        self.env.cr.execute(SQL(query, *values))
