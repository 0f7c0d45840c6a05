"""Evidence is looked at where it lies: without a download, one file after the other."""

from base64 import b64encode
from io import BytesIO

from pypdf import PdfWriter

from odoo import Command

from ..helpers.common import SIGNATURE
from .pages import PagesCase

VIEWED = """
await find(".o_paper_panel");
await click(told.file, "照片.png");
const viewer = await find(".o-FileViewer");
await wait(() => viewer.querySelector("img.o-FileViewer-viewImage")?.naturalWidth, "the picture");
const text = () => viewer.querySelector("iframe.o_text")?.contentDocument?.body?.textContent;
const shown = {
    "文件.pdf": () => viewer.querySelector("iframe")?.src.includes("pdfjs"),
    "纪要.txt": () => text()?.includes("会议纪要"),
};
for (let left = Object.keys(shown); left.length; ) {
    viewer.querySelector(".o-FileViewer-navigation .oi-chevron-right").click();
    const name = await wait(() => left.find((name) => viewer.textContent.includes(name)), "next");
    await wait(shown[name], name);
    left = left.filter((other) => other !== name);
}
viewer.querySelector("[aria-label=Close], .fa-times").closest("[role=button]").click();
await wait(() => !document.querySelector(".o-FileViewer"), "closed");
const link = await find(told.file, "台账.xlsx");
check(new URL(link.href).searchParams.get("download") === "true", link.href);
"""


def make_pdf():
    """Return a PDF of one empty page."""
    writer, content = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(content)
    return b64encode(content.getvalue())


class TestEvidence(PagesCase):
    def attach(self, line):
        files = {
            "照片.png": SIGNATURE,
            "文件.pdf": make_pdf(),
            "纪要.txt": b64encode("会议纪要".encode()),
        }
        line.attachment_ids = [
            Command.create({"name": name, "datas": datas}) for name, datas in files.items()
        ]
        sheet = self.env["ir.attachment"].create(
            {"name": "台账.xlsx", "raw": b"x", "mimetype": "application/vnd.ms-excel"}
        )
        sheet.write({"res_model": line._name, "res_id": line.id})
        line.attachment_ids += sheet

    def test_pictures_papers_and_texts_open_where_they_lie(self):
        line = self.own_form.line_ids[0]
        self.attach(line)
        path = f"it-kpi-my-assessments/{self.own_form.id}"
        self.look("reporter", path, VIEWED, file=".o_paper_panel .o_paper_file a")

    def test_the_assessor_looks_at_the_evidence_of_the_unit(self):
        self.fill(self.own_form, "A" * 16)
        self.attach(self.own_form.line_ids[0])
        self.own_form.state = "submitted"
        survey = self.get_form(self.cycle, "利州", "survey")
        survey.assessor_ids = self.users["assessor"]
        path = f"it-kpi-my-surveys/{survey.id}"
        files = ".o_paper_panel .o_field_widget[name=own_attachment_ids] .caption a"
        self.look("assessor", path, VIEWED, file=files)
