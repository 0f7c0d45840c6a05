import base64
import io
import random

from PIL import Image, ImageDraw

from odoo import models


class ItKpiDemo(models.AbstractModel):
    """Drawn signatures and photos; a name always gives the same picture."""

    _inherit = "it.kpi.demo"

    def _draw_signature(self, name):
        """Return a scribble."""
        pen = random.Random(name)
        image = Image.new("RGBA", (360, 120), (255, 255, 255, 0))
        canvas = ImageDraw.Draw(image)
        for index in range(len(name)):
            left = 20 + 110 * index
            for _stroke in range(5):
                points = [(left + pen.random() * 90, 15 + pen.random() * 90) for _ in range(4)]
                canvas.line(points, fill=(20, 20, 60, 255), width=4, joint="curve")
        return self._encode(image)

    def _draw_rack(self, name):
        """Return what could be a server cabinet."""
        pen = random.Random(name)
        image = Image.new("RGB", (400, 300), (226, 229, 233))
        canvas = ImageDraw.Draw(image)
        canvas.rectangle((110, 15, 290, 285), fill=(38, 42, 48))
        for top in range(28, 270, 24):
            canvas.rectangle((122, top, 278, top + 18), fill=(72, 78, 86))
            for left in range(132, 200, 12):
                light = pen.choice([(70, 200, 110), (70, 200, 110), (240, 180, 60), (60, 66, 72)])
                canvas.ellipse((left, top + 6, left + 6, top + 12), fill=light)
        return self._encode(image)

    def _encode(self, image):
        """Return the image as a PNG in base64."""
        buffer = io.BytesIO()
        image.save(buffer, "PNG")
        return base64.b64encode(buffer.getvalue())
