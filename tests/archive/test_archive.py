"""归档包 (section 8): what it holds, what it says of it, and how it finds what is wrong with it."""

import io
from contextlib import nullcontext
from hashlib import sha256
from unittest.mock import patch
from zipfile import ZipFile

import lxml.etree
from openpyxl import load_workbook
from PIL import Image

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged

from odoo.addons.it_kpi_assessment.archive import package, pieces
from odoo.addons.it_kpi_assessment.archive.catalogue import Facts
from odoo.addons.it_kpi_assessment.const import JOB_UNDER_WAY
from odoo.addons.it_kpi_assessment.tools.timezone import get_day

from ..helpers.long_jobs import LongJobs
from ..helpers.printing import draw_signature
from ..helpers.prints.pdfa import find_faults

FOLDERS = [f"{place:02}-{kind.label}" for place, kind in enumerate(pieces.KINDS.values(), 1)]


@tagged("post_install", "-at_install")
class TestArchive(LongJobs):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        incident = cls.record_incident("旺苍", "network_security")
        picture = {"name": "认定.png", "datas": draw_signature()}
        division = incident.with_user(cls.users["division"])
        division.attachment_ids = [Command.create(picture)]
        cls.publication = cls.publish(cls.cycle)
        cls.publication.with_user(cls.users["division"]).action_draw_up_orders()
        cls.orders = cls.env["it.kpi.rectification"].search([("cycle_id", "=", cls.cycle.id)])
        cls.orders[0].with_user(cls.users["division"]).action_issue()
        cls.cr.commit()

    def build(self, real=False):
        """Return the job after it made the archive, its pieces printed or typed."""
        action = self.cycle.with_user(self.users["division"]).action_build_archive()
        self.commit()
        job = self.env["it.kpi.job"].browse(action["res_id"])
        with nullcontext() if real else self.typewriter():
            while job.state in JOB_UNDER_WAY:  # each turn makes what it can in its time
                self.run_job(job)
        self.assertEqual((job.state, job.error), ("done", False))
        return job

    def get_archive(self):
        """Return the archive of the year as it is, made once for all tests that only read it."""
        if not hasattr(type(self), "archive"):
            type(self).archive = self.build().file_ids.raw
        return ZipFile(io.BytesIO(self.archive))

    def open(self, job):
        [file] = job.file_ids
        return ZipFile(io.BytesIO(file.raw))

    def read_catalogue(self, archive):
        book = load_workbook(io.BytesIO(archive.read(package.CATALOGUE)))
        [_title, _note, heads, *rows] = book["目录"].iter_rows(values_only=True)
        return [dict(zip(heads, row, strict=True)) for row in rows]

    def test_it_holds_every_paper_of_the_year(self):
        archive = self.open(self.build(real=True))
        rows = self.read_catalogue(archive)
        self.assertEqual([row["件号"] for row in rows], list(range(1, len(rows) + 1)))
        counts = [sum(row["文件"].startswith(folder) for row in rows) for folder in FOLDERS]
        # One form of six was not filed, so it has no 自评报告; one order was issued.
        self.assertEqual(counts, [1, 1, 1, 0, 11, 6, 0, 2, 1, 1])
        papers = [row["文件"] for row in rows]
        self.assertEqual(set(archive.namelist()) - set(papers),
                         {"目录.xlsx", "metadata.xml", "检查结果.txt", "SHA256SUMS"})  # fmt: skip
        for path in papers:
            if path.endswith(".pdf"):
                with self.subTest(path):
                    self.assertEqual(find_faults(archive.read(path)), [])

    def test_catalogue_and_metadata_say_the_same(self):
        archive = self.get_archive()
        rows = self.read_catalogue(archive)
        root = lxml.etree.fromstring(archive.read(package.METADATA))
        self.assertEqual(root.get("年度"), str(self.cycle.year))
        self.assertEqual(root.get("责任者"), self.cycle.company_id.name)
        told = root.findall("件")
        self.assertEqual(len(told), len(rows))
        for row, element in zip(rows, told, strict=True):
            self.assertEqual(element.get("件号"), str(row["件号"]))
            for name in ("题名", "文件编号", "责任者", "日期", "机构或问题", "保管期限", "密级"):
                self.assertEqual(element.findtext(name), row[name] or "")
            digest = sha256(archive.read(row["文件"])).hexdigest()
            self.assertEqual((row["SHA-256"], element.findtext("指纹")), (digest, digest))
            self.assertEqual(element.find("文件").get("字节数"),
                             str(len(archive.read(row["文件"]))))  # fmt: skip
        sums = archive.read(package.SUMS).decode().splitlines()
        self.assertEqual(sums, [f"{row['SHA-256']}  {row['文件']}" for row in rows])

    def test_pieces_say_what_they_are(self):
        rows = self.read_catalogue(self.get_archive())
        unit, bureau = self.get_unit("利州").name, self.cycle.company_id.name
        [own] = [row for row in rows if "自评表" in row["题名"] and unit in row["题名"]]
        self.assertEqual((own["责任者"], own["机构或问题"]), (unit, unit))
        self.assertEqual((own["保管期限"], own["密级"], own["页数"]), ("30年", "内部", 1))
        [notice] = [row for row in rows if "通报" in row["题名"]]
        day = get_day(self.publication.published_at).isoformat()
        self.assertEqual((notice["责任者"], notice["日期"]), (bureau, day))
        unfiled = [row for row in rows if row["备注"] == "未报"]
        self.assertEqual([row["机构或问题"] for row in unfiled], [self.get_unit("剑阁").name])

    def test_retention_is_what_the_division_set(self):
        settings = self.env["it.kpi.retention"].with_user(self.users["division"])
        self.assertEqual(settings.action_list()["res_model"], "it.kpi.retention")
        notice = settings.search([("kind", "=", "notice")])
        notice.write({"retention": "10", "secrecy": "public"})
        self.assertEqual(len(settings.search([])), len(pieces.KINDS))
        self.commit()
        rows = self.read_catalogue(self.open(self.build()))
        [row] = [row for row in rows if "通报" in row["题名"]]
        self.assertEqual((row["保管期限"], row["密级"]), ("10年", "公开"))

    def test_the_stamped_file_and_its_number_are_in_it(self):
        division = self.publication.with_user(self.users["division"])
        document = self.env["it.kpi.document"].browse(division.action_open_document()["res_id"])
        document.with_user(self.users["division"]).write({
            "number": "广交函〔2100〕8号",
            "issued_on": "2100-01-08",
            "stamped_name": "盖章件.png",
            "stamped_file": draw_signature(),
        })  # fmt: skip
        self.commit()
        archive = self.open(self.build())
        rows = self.read_catalogue(archive)
        notice, stamped = [row for row in rows if row["文件"].startswith(FOLDERS[1])]
        for row in (notice, stamped):
            self.assertEqual((row["文件编号"], row["日期"]), ("广交函〔2100〕8号", "2100-01-08"))
        self.assertEqual(stamped["备注"], "盖章件")
        self.assertEqual(sha256(archive.read(stamped["文件"])).hexdigest(), document.stamped_digest)

    def test_the_signed_version_is_taken_and_not_printed_anew(self):
        form = self.get_form(self.cycle, "利州")
        report = self.env.ref("it_kpi_assessment.assessment_report")
        form._keep_document(b"%PDF- signed", form._get_document_name(report))
        self.commit()
        job = self.build()
        [row] = [
            row
            for row in self.read_catalogue(self.open(job))
            if row["题名"] == form._get_document_name(report).removesuffix(".pdf")
        ]
        self.assertFalse(row["备注"])
        self.assertEqual(self.open(job).read(row["文件"]), b"%PDF- signed")
        self.assertIn("文件打不开", job.left_out, "it is no PDF that opens, and this is said")
        self.assertIn("有1件不合格", self.open(job).read(package.RESULT).decode())
        form.document_ids = [Command.clear()]
        self.commit()

    def test_a_file_that_is_lost_is_named(self):
        incident = self.env["it.kpi.incident"].search([("year", "=", self.cycle.year)])
        self.lose(incident.attachment_ids, "00/lost")
        job = self.build()
        self.lose(incident.attachment_ids, self.place)
        self.assertIn("认定.png：文件缺失或者为空", job.left_out)
        result = self.open(job).read(package.RESULT).decode()
        self.assertIn("认定.png：文件缺失或者为空", result)

    def lose(self, file, place):
        """Say that a file lies elsewhere, as after a database was restored without its files."""
        self.place = file.store_fname
        self.cr.execute("UPDATE ir_attachment SET store_fname = %s WHERE id = %s", [place, file.id])
        self.commit()
        self.env.invalidate_all()

    def test_the_log_is_in_it_and_tells_of_the_archive(self):
        first = self.build()
        [row] = [row for row in self.read_catalogue(self.open(first)) if "日志" in row["题名"]]
        content = self.open(first).read(row["文件"])
        text = "\n".join(
            str(value)
            for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
            for value in row
        )
        self.assertIn(self.users["division"].name, text)
        self.assertIn(f"{self.cycle.year}年度信息化绩效考核", text)
        digest = sha256(first.file_ids.raw).hexdigest()
        self.assertIn(digest, "".join(self.cycle.message_ids.mapped("body")))

    def test_a_large_archive_has_several_volumes(self):
        with patch.object(package, "VOLUME", 20_000):
            job = self.build()
        self.assertGreater(len(job.file_ids), 1)
        found = [ZipFile(io.BytesIO(file.raw)) for file in job.file_ids.sorted("id")]
        catalogues = {tuple(map(str, self.read_catalogue(each))) for each in found}
        self.assertEqual(len(catalogues), 1, "each has the catalogue of all")
        papers = [path for each in found for path in each.namelist() if path[:2].isdigit()]
        [rows] = [self.read_catalogue(found[0])]
        self.assertEqual(papers, [row["文件"] for row in rows])

    def test_it_is_made_once_at_a_time_in_batches(self):
        division = self.cycle.with_user(self.users["division"])
        action = division.action_build_archive()
        self.assertEqual(division.action_build_archive()["res_id"], action["res_id"])
        self.commit()
        job = self.env["it.kpi.job"].browse(action["res_id"])
        with patch("odoo.addons.it_kpi_assessment.models.archive.it_kpi_job_archive.BATCH_SIZE", 9):
            with self.typewriter():
                self.run_job(job)
        self.assertEqual((job.state, job.done), ("done", job.total))
        self.assertFalse(job.piece_ids)

    def test_only_the_division_makes_it_and_only_of_a_published_year(self):
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            with self.assertRaises(AccessError):
                self.cycle.with_user(self.users[role]).action_build_archive()
        type(self).year += 1
        other = self.open_cycle(year=self.year)
        with self.assertRaisesRegex(UserError, "not published"):
            other.with_user(self.users["division"]).action_build_archive()
        self.cr.rollback()

    def test_a_year_that_is_revised_meanwhile_is_not_archived(self):
        division = self.cycle.with_user(self.users["division"])
        job = self.env["it.kpi.job"].browse(division.action_build_archive()["res_id"])
        division.action_revise("申诉成立")
        self.commit()
        with self.typewriter():
            self.run_job(job)
        self.assertEqual(job.state, "failed")
        self.assertIn("未公布" if job.user_id.lang == "zh_CN" else "not published", job.error)
        division.action_drop_revision("申诉不成立")
        self.commit()


class TestCheck(BaseCase):
    """The check of an archive finds what is missing, changed, empty or damaged."""

    facts = Facts("2099年度归档包", "局", 2099, "2100-01-08 09:00", "某")

    def setUp(self):
        super().setUp()
        stream = io.BytesIO()
        Image.new("RGB", (4, 4)).save(stream, "PNG")
        self.contents = {"甲.png": stream.getvalue(), "乙.txt": "记录".encode()}
        self.entries = [
            pieces.Entry(pieces.Piece("notice", name, name), number, "10", "public",
                         len(content), pieces.digest(content), *pieces.check(name, content))
            for number, (name, content) in enumerate(self.contents.items(), 1)
        ]  # fmt: skip

    def pack(self, entries=None, **changed):
        contents = {**self.contents, **changed}
        read = lambda entry: contents[entry.piece.name]  # noqa: E731
        [volume] = package.write_volumes(self.facts, entries or self.entries, read)
        return volume

    def test_a_whole_archive_has_no_faults(self):
        volume = self.pack()
        self.assertEqual(volume.faults, [])
        result = ZipFile(io.BytesIO(volume.content)).read(package.RESULT).decode()
        self.assertIn("全部在包内，都能打开", result)

    def test_faults_are_found_when_it_is_read_back(self):
        self.assertEqual(
            self.pack(**{"乙.txt": "篡改".encode()}).faults, ["02-结果通报/00002-乙.txt：指纹不符"]
        )
        self.assertEqual(
            self.pack(**{"乙.txt": b""}).faults, ["02-结果通报/00002-乙.txt：文件缺失或者为空"]
        )
        torn = self.contents["甲.png"][:30]
        self.assertIn("文件打不开", self.pack(**{"甲.png": torn}).faults[0])

    def test_a_piece_that_was_taken_out_is_missing(self):
        whole, stream = ZipFile(io.BytesIO(self.pack().content)), io.BytesIO()
        with ZipFile(stream, "w") as less:
            for name in whole.namelist():
                if not name.endswith("乙.txt"):
                    less.writestr(name, whole.read(name))
        faults = package.find_faults(stream.getvalue())
        self.assertEqual(faults, ["02-结果通报/00002-乙.txt：缺件"])

    def test_names_suit_every_file_system(self):
        name = pieces.make_file_name('关于2099/2100年度"考核"的通报：' + "长" * 100, ".pdf")
        self.assertNotRegex(name, r'[\\/:*?"<>|]')
        self.assertLessEqual(len(name), 84)
        self.assertTrue(name.endswith(".pdf"))

    def test_what_opens_and_what_does_not(self):
        for name, content, fault in (
            ("a.pdf", b"%PDF-1.7 x", "打不开"),
            ("a.xlsx", b"PK", "打不开"),
            ("a.png", b"\x89PNG", "打不开"),
            ("a.txt", b"", "为空"),
            ("a.txt", b"x", ""),
        ):
            with self.subTest(name, content=content):
                self.assertIn(fault, pieces.check(name, content)[1])
                self.assertEqual(bool(fault), bool(pieces.check(name, content)[1]))
