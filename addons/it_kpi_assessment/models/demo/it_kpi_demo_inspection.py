import base64
import io
import random

from PIL import Image, ImageDraw

from odoo import api, fields, models


class ItKpiDemo(models.AbstractModel):
    """Inspections of both years, and the reasons for grades far from the units' own."""

    _inherit = "it.kpi.demo"

    @api.model
    def _load(self):
        result = super()._load()
        year = self._get_open_year()
        years = {"open": year, "published": year - 1}
        for row in self._read_demo()["inspections"]:
            self._create_inspection(row, years[row["year"]])
        return result

    def _create_inspection(self, row, year):
        rubric = self._get("rubric", "2023")
        recorder = self._get("user", row["by"])
        vals = {
            "unit_id": self._get("unit", row["unit"]).id,
            "kind": row["kind"],
            "date": f"{year}-{row['day']}",
            "place": row["place"],
            "finding": row["finding"],
            "inspector_ids": [self._get("user", name).id for name in row["inspectors"]],
            "indicator_ids": rubric.indicator_ids.filtered(
                lambda indicator: indicator.code in row["indicators"]
            ).ids,
        }
        if row["photo"]:
            vals["attachment_ids"] = [fields.Command.create(self._get_photo(row["unit"]))]
        # In the name of who recorded it, but past the lock of the published year.
        self.env["it.kpi.inspection"].with_user(recorder).sudo().create(vals)

    def _get_photo(self, name):
        return {"name": "现场照片（演示）.png", "datas": self._draw_rack(name)}

    def _draw_rack(self, name):
        """Return what could be a server cabinet, always the same for one name, in base64."""
        pen = random.Random(name)
        image = Image.new("RGB", (400, 300), (226, 229, 233))
        canvas = ImageDraw.Draw(image)
        canvas.rectangle((110, 15, 290, 285), fill=(38, 42, 48))
        for top in range(28, 270, 24):
            canvas.rectangle((122, top, 278, top + 18), fill=(72, 78, 86))
            for left in range(132, 200, 12):
                light = pen.choice([(70, 200, 110), (70, 200, 110), (240, 180, 60), (60, 66, 72)])
                canvas.ellipse((left, top + 6, left + 6, top + 12), fill=light)
        buffer = io.BytesIO()
        image.save(buffer, "PNG")
        return base64.b64encode(buffer.getvalue())

    def _confirm(self, survey, moment):
        reasons = self._read_demo()["gap_reasons"]
        for line in survey.line_ids.filtered("lacks_reason"):
            line.remark = reasons[line.indicator_id.code]
        return super()._confirm(survey, moment)
