"""What waits for a user is where they look first, and nothing of Odoo's own is beside it."""

from odoo import fields
from odoo.tests import new_test_user

from odoo.addons.it_kpi_assessment.tools.odoo_words import read_words

from ..helpers.common import ROLES
from .pages import PagesCase

MOST_MENUS = 6
CLOCK = """
await wait(() => all(".o-mail-ActivityMenu-counter").some((e) => e.textContent === told.count));
await click("button:has(> .fa-clock-o)");
await click(".o-mail-ActivityGroup[data-model_name='it.kpi.assessment']");
await find(".o_data_row", told.unit);
"""
HOME = """
await find(".o_menu_brand", told.app);
await wait(() => location.pathname.includes(told.page), told.page);
await pause(500);
check(!all(".o-mail-ChatWindow").length, "a chat");
check(!all(".o-mail-MessagingMenu-counter").length, "something in the bubble");
await click(".o_user_menu button");
await find(".o-dropdown--menu [data-menu=preferences]");
for (const foreign of ["support", "odoo_account", "account"]) {
    check(!document.querySelector(`.o-dropdown--menu [data-menu=${foreign}]`), foreign);
}
"""
CHATTER = """
const log = await find(".o-mail-Chatter");
await wait(() => log.textContent.includes("办理记录"), log.textContent);
for (const word of ["留言", "附注"]) {
    check(log.querySelector(".o-mail-Chatter-topbar").textContent.includes(word), word);
}
for (const word of ["发送消息", "备注", "活动", "对话内容为空", "到期日期"]) {
    check(!log.textContent.includes(word), `${word}: ${log.textContent}`);
}
"""
SIGN = """
await click(".o_statusbar_buttons .btn-primary");
await find(".modal .o_it_kpi_drawing canvas");
await find(".modal", "本签字视同本人手写签字，用于本年度考核。");
check(!document.body.textContent.includes("合同"), "the sentence of contracts");
"""


class TestWaiting(PagesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak_chinese()
        cls.env.cr.precommit.run()  # duties become activities

    def test_the_clock_counts_from_the_first_day(self):
        self.assertGreater(str(self.cycle.deadline), "2098")
        waiting = self.env["mail.activity"].search([("user_id", "=", self.users["reporter"].id)])
        self.assertIn(self.own_form.id, waiting.mapped("res_id"))
        self.assertGreater(min(waiting.mapped("date_deadline")), fields.Date.today())
        told = {"count": str(len(waiting)), "unit": self.own_unit.name}
        self.look("reporter", "", CLOCK, **told)

    def test_the_clock_follows_without_a_new_page(self):
        told = []

        def send(user, kind, message, **_options):
            if kind == "mail.activity/updated":
                told.append((user.login, message["count_diff"]))

        self.patch(type(self.env["res.users"]), "_bus_send", send)
        self.fill(self.own_form, "A" * 16)
        self.as_role("reporter", self.own_form).action_hand_over()
        self.env.cr.precommit.run()
        self.assertEqual(sorted(told), [("test_leader", 1), ("test_reporter", -1)])

    def test_a_new_user_begins_in_the_app(self):
        user = new_test_user(
            self.env, "test_beginner", groups="base.group_user,it_kpi_assessment.group_reporter"
        )
        self.assert_not_greeted(user)
        self.look("beginner", "", HOME, app="信息化绩效考核", page="it-kpi-my-assessments")

    def test_an_employee_who_gets_a_role_begins_in_the_app(self):
        user = new_test_user(self.env, "test_clerk", groups="base.group_user")
        user.group_ids += self.env.ref("it_kpi_assessment.group_division")
        self.assert_not_greeted(user)
        self.look("clerk", "", HOME, app="信息化绩效考核", page="it-kpi-years")

    def test_what_the_robot_wrote_before_the_role_goes_unless_it_was_answered(self):
        silent, talking = (
            new_test_user(self.env, f"test_{name}", groups="base.group_user")
            for name in ("silent", "talking")
        )
        chats = {user: user.with_user(user)._init_odoobot().sudo() for user in silent + talking}
        chats[talking].with_user(talking).message_post(body=":)", message_type="comment")
        (silent + talking).group_ids += self.env.ref("it_kpi_assessment.group_reporter")
        self.assertFalse(chats[silent].exists())
        self.assertTrue(chats[talking].exists())

    def test_a_channel_for_everybody_in_which_people_talk_stays_theirs(self):
        general = self.env.ref("mail.channel_all_employees")
        general.message_post(
            body="周五停电",
            message_type="comment",
            author_id=self.env.ref("base.partner_admin").id,
        )
        clerk = new_test_user(self.env, "test_clerk", groups="base.group_user")
        self.assertIn(clerk.partner_id, general.channel_partner_ids)
        clerk.group_ids += self.env.ref("it_kpi_assessment.group_reporter")
        self.assertIn(clerk.partner_id, general.channel_partner_ids)

    def assert_not_greeted(self, user):
        user.lang = "zh_CN"
        general = self.env.ref("mail.channel_all_employees")
        self.assertNotIn(user.partner_id, general.channel_partner_ids)
        self.assertEqual(user.odoobot_state, "disabled")
        user.with_user(user)._on_webclient_bootstrap()
        own = [("channel_partner_ids", "in", user.partner_id.id)]
        self.assertFalse(self.env["discuss.channel"].search(own))

    def test_the_menus_of_a_role_fit_in_six_words(self):
        root = self.env.ref("it_kpi_assessment.it_kpi_menu_root")
        for role in ROLES:
            menus = self.env["ir.ui.menu"].with_user(self.users[role]).load_menus(False)
            with self.subTest(role=role):
                self.assertLessEqual(len(menus[root.id]["children"]), MOST_MENUS)

    def test_the_log_speaks_as_a_bureau(self):
        self.look("reporter", f"it-kpi-my-assessments/{self.own_form.id}", CHATTER)

    def test_the_signature_is_one_for_the_assessment(self):
        self.fill(self.own_form, "A" * 16)
        self.own_form.state = "to_sign"
        self.look("leader", f"it-kpi-my-assessments/{self.own_form.id}", SIGN)

    def test_words_are_put_in_place_of_terms_that_odoo_has(self):
        """A term that Odoo renames would silently be shown in its own words again."""
        words = read_words("zh_CN")
        self.assertGreater(len(words["mail"]), 20)
        self.assertFalse(read_words("fr_FR"))
        translations, _parameters = self.env["ir.http"]._get_translations_for_webclient(
            ["web", "mail"], "zh_CN"
        )
        for module, terms in words.items():
            shown = {term["id"]: term["string"] for term in translations[module]["messages"]}
            self.assertLessEqual(terms.items(), shown.items())
