"""The addon speaks Chinese: every term is translated, and translated soundly."""

import io
import re
from functools import cached_property

import polib

from odoo.exceptions import UserError
from odoo.modules import Manifest
from odoo.tests import tagged
from odoo.tools.misc import file_path
from odoo.tools.translate import trans_export

from ..helpers.common import BureauCase

ADDON = "it_kpi_assessment"
FOLDER = f"{ADDON}/i18n"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
HAN = "\u4e00-\u9fff"
# Half-width punctuation that touches Chinese on both sides, quotes and brackets included.
HALF_WIDTH = re.compile(rf"[{HAN}“”）]\s*[,;:?!()]\s*[{HAN}“”（]")
# Labels that are the same in every language.
INTERNATIONAL = {"ID"}
# A field of Odoo's module sms, which reaches our models only if that is loaded before us.
FOREIGN = "message_has_sms_error"
# The choices of these fields of mail's are records of mail: no catalogue but mail's reaches them.
MAIL_CHOICES = {"activity_state", "activity_exception_decoration"}


def _term(text):
    """Name a term in a message: views' terms are long."""
    return text if len(text) < 80 else text[:77] + "..."


@tagged("post_install", "-at_install")
class TestTranslations(BureauCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = polib.pofile(file_path(f"{FOLDER}/{ADDON}.pot"))
        cls.chinese = polib.pofile(file_path(f"{FOLDER}/zh_CN.po"))
        cls.env["res.lang"]._activate_lang("zh_CN")

    @cached_property
    def exported(self):
        """The terms of the addon as they are in its sources now."""
        buffer = io.BytesIO()
        trans_export(False, [ADDON], buffer, "po", self.env)
        terms = {term.msgid for term in polib.pofile(buffer.getvalue().decode())}
        manifest = Manifest.for_addon(ADDON)  # make translations adds what the list of apps shows
        return terms | {manifest["name"], manifest["summary"]}

    def test_the_files_hold_the_terms_of_the_sources(self):
        template = {term.msgid for term in self.template}
        self.assertFalse(
            sorted(map(_term, self.exported - template)), "New terms: make translations."
        )
        stale = {
            term.msgid
            for term in self.template
            if not all(FOREIGN in place for place, _line in term.occurrences)
        } - self.exported
        self.assertFalse(sorted(map(_term, stale)), "Terms that are gone: make translations.")
        self.assertEqual(template, {term.msgid for term in self.chinese})

    def test_every_term_is_translated(self):
        untranslated = [_term(term.msgid) for term in self.chinese if not term.translated()]
        self.assertFalse(untranslated)

    def test_placeholders_survive(self):
        for term in self.chinese:
            with self.subTest(term=_term(term.msgid)):
                self.assertCountEqual(
                    PLACEHOLDER.findall(term.msgstr), PLACEHOLDER.findall(term.msgid)
                )

    def test_an_unnamed_placeholder_stands_alone(self):
        """Several may only be named: Chinese puts them in another order."""
        code = [
            term
            for term in self.chinese
            if any(place.startswith("code:") for place, _line in term.occurrences)
        ]
        for term in code:
            with self.subTest(term=_term(term.msgid)):
                self.assertLessEqual(len(re.findall("%s|%d", term.msgid)), 1)

    def test_punctuation_is_full_width(self):
        for term in self.chinese:
            with self.subTest(term=_term(term.msgid)):
                self.assertNotRegex(term.msgstr, HALF_WIDTH)

    def test_the_app_is_chinese(self):
        app = self.env.ref(f"base.module_{ADDON}").with_context(lang="zh_CN")
        self.assertEqual(app.shortdesc, "信息化绩效考核")
        self.assertRegex(app.summary, f"[{HAN}]")

    def test_menus_are_chinese(self):
        root = self.env.ref(f"{ADDON}.it_kpi_menu_root")
        menus = self.env["ir.ui.menu"].with_context(lang="zh_CN", **{"ir.ui.menu.full_list": True})
        names = menus.search([("id", "child_of", root.id)]).mapped("name")
        self.assertIn("信息化绩效考核", names)
        for name in names:
            self.assertRegex(name, f"[{HAN}]")

    def test_fields_and_their_choices_are_chinese(self):
        models = [name for name in self.env if name.startswith("it.kpi.")]
        self.assertGreater(len(models), 20)
        for name in models:
            described = self.env[name].with_context(lang="zh_CN").fields_get()
            described.pop(FOREIGN, None)
            for field, description in described.items():
                if field in MAIL_CHOICES:
                    description.pop("selection")
                with self.subTest(model=name, field=field):
                    self._check_description(description)

    def _check_description(self, description):
        labels = [description["string"]]
        labels += [label for _value, label in description.get("selection", [])]
        if description.get("help"):
            labels.append(description["help"])
        for label in set(labels) - INTERNATIONAL:
            self.assertRegex(label, f"[{HAN}]")

    def test_the_regulation_s_own_words(self):
        words = {
            "it.kpi.rubric": "评价细则",
            "it.kpi.dimension": "考评内容",
            "it.kpi.item": "考核项目",
            "it.kpi.indicator": "考核指标及评价要点",
            "it.kpi.assessment": "自评表",
            "it.kpi.survey": "实地调查考核评价表",
            "it.kpi.ranking": "实时排名",
        }
        models = self.env["ir.model"].with_context(lang="zh_CN")
        for name, word in words.items():
            self.assertEqual(models._get(name).name, word)
        states = self.env["it.kpi.assessment"].with_context(lang="zh_CN")
        labels = dict(states.fields_get(["state"])["state"]["selection"])
        self.assertEqual(
            list(labels.values()),
            ["填报中", "待领导签字", "已上报", "已退回", "未报", "已退出本年度考核"],
        )
        states = self.env["it.kpi.survey"].with_context(lang="zh_CN")
        labels = dict(states.fields_get(["state"])["state"]["selection"])
        self.assertEqual(list(labels.values()), ["填写中", "已确认", "已退出本年度考核"])

    def test_a_cycle_is_named_in_chinese(self):
        cycle = self.open_cycle().with_context(lang="zh_CN")
        self.assertEqual(cycle.display_name, "2099年度信息化绩效考核")

    def test_a_refused_move_says_so_in_chinese(self):
        cycle = self.open_cycle()
        form = self.get_form(cycle, "利州").with_context(lang="zh_CN")
        again = ("再核对",)
        for user, method, arguments, sentence in (
            ("reporter", "action_hand_over", (), "“领导重视程度”未评"),
            (
                "leader",
                "action_take_back",
                again,
                "当前为“填报中”，处于“待领导签字”时才能办理“退回填报”",
            ),
            ("reporter", "action_take_back", again, "的“退回填报”只能由以下人员办理：该单位领导。"),
        ):
            with self.subTest(user=user, method=method), self.assertRaises(UserError) as caught:
                getattr(form.with_user(self.users[user]), method)(*arguments)
            self.assertIn(sentence, str(caught.exception))

    def test_lists_are_joined_as_in_chinese(self):
        cycle = self.open_cycle().with_context(lang="zh_CN").with_user(self.users["division"])
        other = self.env["res.company"].create({"name": "另一个局"})
        units = self.units[:3].with_context(lang="zh_CN")
        with self.assertRaises(UserError) as caught:
            units.write({"company_id": other.id})
        self.assertIn("、".join(self.units[:2].mapped("name")) + "和", str(caught.exception))
        form = self.get_form(cycle, "利州").with_user(self.users["division"])
        with self.assertRaises(UserError) as caught:
            form.action_take_back("再核对")
        self.assertIn("由以下人员办理：该单位领导。", str(caught.exception))

    def test_a_scores_explanation_is_chinese(self):
        cycle = self.example_year()
        lines = self.env["it.kpi.ranking.line"].with_context(lang="zh_CN")
        explanations = lines.search([("cycle_id", "=", cycle.id)]).mapped("explanation")
        for explanation in explanations:
            self.assertRegex(explanation, f"[{HAN}]")
            self.assertNotRegex(explanation, "[A-Za-z]{2}")
