"""Signatures on all forms: drawings within bounds, and told when their picture is lost."""

import base64
import io
import os
import re
import zlib

from PIL import Image, ImageDraw

from odoo import Command, models
from odoo.exceptions import UserError

from ..helpers.common import SIGNATURE, BureauCase
from ..helpers.rectification import RectificationCase

LOGGER = "odoo.addons.it_kpi_assessment.models.mixins.it_kpi_signed"


def encode(picture, kind="PNG"):
    stream = io.BytesIO()
    picture.save(stream, kind)
    return base64.b64encode(stream.getvalue()).decode()


def draw(width, height, kind="PNG"):
    picture = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(picture).line([(0, height), (width, 0)], fill="black", width=5)
    return encode(picture, kind)


def claim_size(width, height):
    """Return a PNG of a few bytes whose header claims a size."""
    content = bytearray(base64.b64decode(SIGNATURE))
    content[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    return base64.b64encode(content).decode()


NO_SIGNATURES = (
    (False, "Draw your signature"),
    ("", "Draw your signature"),
    (encode(Image.new("RGBA", (300, 100), (0, 0, 0, 0))), "Draw your signature"),
    (encode(Image.new("RGB", (300, 100), "white")), "Draw your signature"),
    (draw(2001, 100), "at most 2000"),
    (draw(100, 1001), "at most 2000"),
    (claim_size(13000, 13000), "at most 2000"),
    (claim_size(20000, 20000), "at most 2000"),
    (base64.b64encode(os.urandom(600 * 1024)).decode(), "at most 2000"),
    (draw(300, 100, "GIF"), "at most 2000"),
    (base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode(), "at most 2000"),
    (SIGNATURE[:60], "Draw"),
    ("no base64 ", "at most 2000"),
    ("签字", "at most 2000"),
)


def lose(record, name):
    """Take away the file behind a signature, as a restore without its files does."""
    record.env.flush_all()
    record.env.cr.execute(
        "UPDATE ir_attachment SET store_fname = '00/lost'"
        " WHERE res_model = %s AND res_id = %s AND res_field = %s",
        [record._name, record.id, name],
    )
    record.env.invalidate_all()


class TestSignatures(RectificationCase):
    def get_drawn(self):
        """Return every field that holds a signature: ``{model: its table}``."""
        return {
            name: model._drawn
            for name, model in self.env.items()
            if issubclass(self.env.registry[name], self.env.registry["it.kpi.signed"])
            and not model._abstract
        }

    def test_every_signature_is_in_a_table(self):
        named = {
            (name, field.name)
            for name, model in self.env.items()
            if name.startswith("it.kpi.") and model._auto and not model._transient
            for field in model._fields.values()
            if field.type == "binary" and "signature" in field.name
        }
        drawn = {(name, field) for name, table in self.get_drawn().items() for field in table}
        # A kept signature is below no document until its user signs with it.
        self.assertEqual(drawn, named - {("it.kpi.kept.signature", "signature")})
        self.assertEqual(len(drawn), 5)

    def get_moves(self):
        """Return how each of them is signed, ready to be signed."""
        cycle = self.open_cycle(year=2097)
        form = self.get_form(cycle, "利州")
        self.get_unit("利州").write(
            {"reporter_ids": self.users["reporter"].ids, "leader_ids": self.users["leader"].ids}
        )
        self.fill(form, "C" * 16)
        form.state = "to_sign"
        survey = self.get_form(cycle, "利州", "survey")
        self.fill(survey, "C" * 16)
        survey.write({"visit_date": "2097-11-20", "assessor_ids": self.users["assessor"].ids})
        yield lambda drawing: self.as_role("leader", form).action_submit(drawing)
        form.state = "submitted"
        yield lambda drawing: self.as_role("assessor", survey).action_sign(drawing)
        yield lambda drawing: self.as_role("head", survey).action_confirm(drawing)
        order = self.as_role("leader", self.order)
        self.bring_to("issued")
        self.add_measures(self.order)
        yield order.action_sign_plan
        self.order.state = "planned"
        self.order.measure_ids.sudo().done = True
        self.order.report = "已整改"
        yield order.action_sign_report
        yield self.as_role("leader", self.object("to_sign")).action_submit

    def object(self, state):
        """Return an objection of 利州 to its published result, within the time for it."""
        self.env.cr.execute("UPDATE it_kpi_rubric SET objection_days = 30")
        self.env.invalidate_all()
        results = self.cycle.publication_id.result_ids
        result = results.filtered(lambda row: row.unit_id.short_name == "利州")
        objection = self.env["it.kpi.objection"].create({"result_id": result.id})
        line = {"result_line_id": result.line_ids[0].id, "claim": "A", "reason": "查"}
        objection.line_ids = [Command.create(line)]
        objection.state = state
        return objection

    def test_what_is_no_drawing_is_refused(self):
        for sign in self.get_moves():
            for drawing, sentence in NO_SIGNATURES:
                with self.subTest(sign=sign, drawing=str(drawing)[:30]):
                    self.assertRefused(sentence, sign, drawing)
            sign(draw(1000, 400))

    def test_a_lost_signature_is_told_on_the_screen(self):
        """Of every signature, to whoever may read it; the log of the server says so as well."""
        survey = self.get_form(self.cycle, "利州", "survey")
        records = {
            "it.kpi.assessment": self.get_form(self.cycle, "利州"),
            "it.kpi.survey.signature": self.put_signature(survey, "head"),
            "it.kpi.rectification": self.order,
            "it.kpi.objection": self.object("filed"),
        }
        self.assertEqual(records.keys(), self.get_drawn().keys())
        self.assertFalse(records["it.kpi.assessment"].lost_signature, "nobody has signed it")
        for model, table in self.get_drawn().items():
            record = records[model]
            for name, moment in table.items():
                with self.subTest(model=model, field=name):
                    record.write({name: SIGNATURE, moment: "2099-12-01 08:00:00"})
                    self.assertFalse(record.lost_signature)
                    with self.assertLogs(LOGGER, "WARNING"):
                        lose(record, name)
                        told = record.with_context(bin_size=True).lost_signature
                    label = record._fields[name]._description_string(self.env)
                    self.assertIn(f"{label}, made on 2099-12-01 16:00: the picture is miss", told)
                    record[name] = base64.b64encode(b"\x89PNG no more").decode()
                    self.assertIn("damaged", record.lost_signature)
                    record[name] = SIGNATURE

    def test_a_lost_signature_is_told_on_paper(self):
        form = self.get_form(self.cycle, "利州")
        survey = self.get_form(self.cycle, "利州", "survey")
        form.write({"signature": SIGNATURE, "signed_at": "2099-12-01 08:00:00"})
        signature = self.put_signature(survey, "head")
        for report, sheet, record in (
            ("report_assessment", form, form),
            ("report_self", form, form),
            ("report_survey", survey, signature),
        ):
            with self.subTest(report=report):
                record.signature = SIGNATURE
                self.assertNotIn("签字图片缺失", self.render(report, sheet))
                lose(record, "signature")
                self.assertIn("签字图片缺失", self.render(report, sheet))

    def render(self, report, sheet):
        reports = self.env["ir.actions.report"].with_user(self.users["division"])
        return reports._render_qweb_html(f"it_kpi_assessment.{report}", sheet.ids)[0].decode()


class TestActors(BureauCase):
    """Who did something stays named: their user is archived and not deleted."""

    def get_fields(self):
        """Return every field of a record of ours that names users, by what deletion does."""
        return {
            (name, field.name): field.ondelete
            for name, model in self.env.items()
            if name.startswith("it.kpi.") and model._auto and not model._transient
            for field in model._fields.values()
            if field.store
            and field.comodel_name == "res.users"
            and field.name not in models.MAGIC_COLUMNS
        }

    def test_every_act_keeps_its_user(self):
        """The others say for whom something is, and go with the user or forget them."""
        free = {
            ("it.kpi.unit", "reporter_ids"),
            ("it.kpi.unit", "leader_ids"),
            ("it.kpi.unit", "member_ids"),
            ("it.kpi.survey", "assessor_ids"),
            ("it.kpi.survey", "former_member_ids"),
            ("it.kpi.job", "user_id"),
            ("it.kpi.notice", "user_id"),
            ("it.kpi.holding", "user_id"),
            ("it.kpi.kept.signature", "user_id"),
        }
        kept = {key for key, ondelete in self.get_fields().items() if ondelete == "restrict"}
        self.assertEqual(self.get_fields().keys() - kept, free)
        acts = {(model._name, name) for model, name in self.env["res.users"]._get_acts()}
        self.assertEqual(acts, kept)

    def test_who_acted_cannot_be_deleted(self):
        publication = self.publish(self.example_year())
        cycle = self.open_cycle(year=2098)
        publication.with_user(self.users["division"]).action_draw_up_orders()
        inspection = {"unit_id": self.own_unit.id, "date": "2098-03-01", "finding": "查"}
        records = {
            "it.kpi.assessment": self.get_form(cycle, "利州"),
            "it.kpi.survey": self.get_form(cycle, "利州", "survey"),
            "it.kpi.survey.signature": self.put_signature(self.get_form(cycle, "昭化", "survey"),
                                                          "head"),
            "it.kpi.cycle": cycle,
            "it.kpi.publication": publication,
            "it.kpi.rectification": self.env["it.kpi.rectification"].search([], limit=1),
            "it.kpi.objection": self.env["it.kpi.objection"].create(
                {"result_id": publication.result_ids[0].id}
            ),
            "it.kpi.inspection": self.env["it.kpi.inspection"].create(inspection),
            **{
                model: self.env[model].create({"publication_id": publication.id})
                for model in ("it.kpi.allocation", "it.kpi.commendation")
            },
            "it.kpi.calibration.sheet": self.env["it.kpi.calibration.sheet"].create(
                {
                    "calibration_id": self.env["it.kpi.calibration"]
                    .create({"publication_id": publication.id})
                    .id,
                    "sample": "first",
                    "user_id": self.users["assessor"].id,
                }
            ),
            "it.kpi.account": self.env["it.kpi.account"].create(
                {"user_id": self.users["reporter"].id, "company_id": self.env.company.id}
            ),
        }  # fmt: skip
        admin = self.env.ref("base.user_admin")
        for model, name in self.env["res.users"]._get_acts():
            with self.subTest(model=model._name, field=name):
                user = self.name_actor(records[model._name], model._fields[name])
                with self.assertRaisesRegex(UserError, f"{re.escape(user.name)}.*Archive"):
                    user.with_user(admin).unlink()
                user.with_user(admin).active = False

    def name_actor(self, record, field):
        """Return the user in a field that is frozen, or put one into it."""
        if record._name == "it.kpi.publication":
            return record[field.name]
        user = self.new_user("assessor", f"actor_{record._name}_{field.name}")
        record[field.name] = user
        self.env.flush_all()
        return user

    def test_who_did_nothing_can_be_deleted(self):
        user = self.new_user("assessor", "newcomer")
        user.with_user(self.env.ref("base.user_admin")).unlink()
        self.assertFalse(user.exists())
