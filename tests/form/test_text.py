"""What is kept of a text, and whether it shows anything."""

import unicodedata

from odoo.tests import BaseCase, tagged

from odoo.addons.it_kpi_assessment.tools.text import is_blank, tidy_line, tidy_text

UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")
FILLERS = "\u115f\u1160\u3164\uffa0\u2800\ufe0f\u034f\u180b\U000e0100"


@tagged("post_install", "-at_install")
class TestText(BaseCase):
    def test_what_shows_nothing_is_blank(self):
        for number in range(0x110000):
            sign = chr(number)
            if unicodedata.category(sign) in UNSEEN:
                self.assertTrue(is_blank(sign), hex(number))
        for text in (None, False, "", *FILLERS, FILLERS + " \u200b\n"):
            self.assertTrue(is_blank(text), text)

    def test_what_shows_something_is_not(self):
        for text in ("无", ".", "0", "ꆈ", "བོ", "👍", "❤\ufe0f", "\u200b无\u200b", "葛\U000e0100"):
            self.assertFalse(is_blank(text), text)
            self.assertEqual(tidy_text(text), text)
            self.assertEqual(tidy_line(text).replace("\u200b", ""), text.replace("\u200b", ""))

    def test_a_name_holds_nothing_invisible(self):
        self.assertEqual(tidy_line("\ufeff 利\u200b州\u00ad \v区\u200d\n"), "利州  区")
