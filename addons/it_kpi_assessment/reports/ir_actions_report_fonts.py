"""Which fonts official documents are printed in, for the administrator who can install others."""

import io

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools.pdf import PdfFileReader

# By the elements of the template: what the standard asks for, and names of fonts that are that.
STANDARD = (
    ("小标宋", ("XiaoBiaoSong", "STZhongsong")),
    ("黑体", ("SimHei", "STHeiti")),
    ("楷体", ("KaiTi", "STKaiti")),
    ("仿宋", ("FangSong", "STFangsong")),
)


class IrActionsReport(models.Model):
    """The fonts that a PDF names are told, and not those that a style sheet asks for."""

    _inherit = "ir.actions.report"

    @api.model
    def action_tell_it_kpi_fonts(self):
        """Return a notification that names the font of each level of official documents.

        :raise AccessError: the user does not administer the system
        """
        if not self.env.user._is_system():
            raise AccessError(self.env._("The fonts of the server are up to its administrator."))
        used = self._read_it_kpi_fonts()
        missing = [name for name, font, is_standard in used if not is_standard]
        lines = [f"{name}：{font}" for name, font, _is_standard in used]
        if missing:
            advice = self.env._(
                "Free fonts stand in for %s. Install those of the office on the server, and "
                "restart it: they are then used by themselves.",
                "、".join(missing),
            )
            lines.append(advice)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Fonts of Official Documents"),
                "message": "\n".join(lines),
                "type": "warning" if missing else "success",
                "sticky": True,
            },
        }

    def _read_it_kpi_fonts(self):
        """Return for each level its name, the font that prints it, and if that is the standard's.

        :raise UserError: no PDF can be made
        """
        report = self._get_report("it_kpi_assessment.publication_report")
        values = {"paper": report.get_paperformat(), "bureau": self.env.company.name}
        html = self._render_template("it_kpi_assessment.report_fonts", values).decode()
        content = report._print_it_kpi([(report.id, html)])[report.id]
        pages = PdfFileReader(io.BytesIO(content)).pages
        return [
            (name, font, any(known in font.replace("-", "") for known in names))
            for (name, names), page in zip(STANDARD, pages, strict=True)
            for font in [self._get_only_font(page)]
        ]

    def _get_only_font(self, page):
        """Return the name of the font of a page that has no page number."""
        text = page.extract_text()
        fonts = [font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()]
        return (
            "、".join(sorted(font.lstrip("/").partition("+")[2] for font in fonts)) if text else ""
        )
