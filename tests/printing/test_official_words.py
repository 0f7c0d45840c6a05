"""The words of official papers, beside those that a user reads on the screen."""

from odoo.tests import TransactionCase, tagged

from odoo.addons.it_kpi_assessment.tools.official_words import (
    FORM_NAMES,
    FORM_SCORES,
    INCIDENTS,
    name_incidents,
)


@tagged("post_install", "-at_install")
class TestOfficialWords(TransactionCase):
    def labels(self, model, field, lang):
        env = self.env(context={"lang": lang})
        return dict(env[model]._fields[field]._description_selection(env))

    def test_incidents_are_named_as_a_chinese_user_reads_them(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.assertEqual(self.labels("it.kpi.veto", "kind", "zh_CN"), INCIDENTS)

    def test_incidents_are_chinese_in_every_language(self):
        english = self.env(context={"lang": "en_US"})
        kinds = ",".join(dict(english["it.kpi.veto"]._fields["kind"].selection))
        self.assertEqual(name_incidents(kinds), "失泄密事件、网络安全事件")

    def test_every_kind_of_form_has_its_words(self):
        kinds = set(self.labels("it.kpi.result.line", "kind", "en_US"))
        self.assertEqual(set(FORM_NAMES), kinds)
        self.assertEqual(set(FORM_SCORES), kinds)
