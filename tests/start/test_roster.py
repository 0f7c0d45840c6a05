"""单位和人员.xlsx: units and people in one file, checked cell by cell, taken over whole or not."""

from odoo import Command
from odoo.exceptions import AccessError

from ..helpers.common import BureauCase
from .starting import PEOPLE, UNITS, Starting, make_roster, save

OFFICE = "市公路局"


class TestRoster(Starting, BureauCase):
    def get_office(self):
        return self.env["it.kpi.unit"].search([("name", "=", OFFICE)])

    def count_all(self):
        """Return how many units, users and accounts there are."""
        models = ("it.kpi.unit", "res.users", "it.kpi.account")
        return [
            self.env[model].with_context(active_test=False).search_count([]) for model in models
        ]

    def test_a_natural_file_brings_units_and_people(self):
        wizard = self.take_over(make_roster(UNITS, PEOPLE))
        unit = self.get_office()
        self.assertEqual((unit.kind, unit.short_name), ("direct", "公路局"))
        self.assertEqual(unit.reporter_ids, self.get_user("zhang1"))
        self.assertEqual(unit.leader_ids, self.get_user("li2"))
        self.assertEqual(set(unit.member_ids.mapped("login")), {"zhang1", "li2", "13900000003"})
        for login, role in (("zhang1", "reporter"), ("li2", "leader"), ("li2", "assessor")):
            group = f"it_kpi_assessment.group_{role}"
            self.assertTrue(self.get_user(login).has_group(group), (login, role))
        self.assertEqual(self.get_user("zhang1").phone, "13900000001")
        self.assertEqual(self.get_user("zhang1").email, "zhang1@example.com")
        self.assertFalse(self.get_user("qian5").has_group("it_kpi_assessment.group_head"))
        self.assertTrue(self.get_account("qian5").is_proposed_head)
        self.assertIn("钱五", wizard.notes)

    def test_the_same_file_changes_nothing_again(self):
        self.take_over(make_roster(UNITS, PEOPLE))
        before = self.count_all()
        wizard = self.upload(make_roster(UNITS, PEOPLE))
        self.assertFalse(wizard.errors or wizard.change_ids, wizard.change_ids.mapped("text"))
        self.assertRefused("nothing to take over", wizard.action_take_over)
        self.assertEqual(self.count_all(), before)

    def test_what_is_downloaded_can_be_uploaded(self):
        self.take_over(make_roster(UNITS, PEOPLE))
        book = self.download()
        self.assertEqual([cell.value for cell in book["单位"][1]], ["单位名称", "简称", "类别"])
        wizard = self.upload(save(book))
        self.assertFalse(wizard.errors or wizard.change_ids, wizard.errors)
        rows = {tuple(cell.value for cell in row)[:4] for row in book["人员"].iter_rows(2)}
        self.assertIn(("张一", "填报员", OFFICE, "zhang1"), rows)
        self.assertIn(("李二", "考核小组成员", None, "li2"), rows)

    def test_headings_are_found_by_their_names(self):
        heads = ("序号", "手机号", "姓名", "登录名", "角色", "所属单位")
        book = make_roster(UNITS[:1], [(1, 13900000001, "张一", None, "填报员", OFFICE)], heads)
        book["人员"].insert_rows(1)
        book["人员"]["A1"] = "人员一览表"
        self.take_over(book)
        self.assertEqual(self.get_office().reporter_ids, self.get_user("13900000001"))

    def test_every_error_names_its_cell_and_nothing_is_taken_over(self):
        self.env["res.users"].create({"name": "外人", "login": "outsider"})
        people = [
            ("张一", "填报员", OFFICE, "zhang1", None, None),
            ("李二", "处长", OFFICE, "li2", None, None),
            ("王三", "填报员", "无此单位", "wang3", None, None),
            ("赵四", "填报员", OFFICE, "zhao 4", None, None),
            (None, "填报员", OFFICE, "no_name", None, None),
            ("钱五", "填报员", None, "qian5", None, None),
            ("孙六", "填报员", OFFICE, "sun6", "电话", "没有邮箱"),
            ("周七", "填报员", OFFICE, None, None, None),
            ("吴八", "填报员", OFFICE, "zhang1", None, None),
            ("外人", "填报员", OFFICE, "outsider", None, None),
            ("=A1", "填报员", OFFICE, "formula", None, None),
        ]
        units = [*UNITS[:1], ("新单位", None, None), ("另一单位", None, "部门"), UNITS[0]]
        before = self.count_all()
        wizard = self.upload(make_roster(units, people))
        cells = {line.partition(":")[0] for line in wizard.errors.split("\n")}
        expected = {"单位!C3", "单位!C4", "单位!A5"}
        expected |= {f"人员!{cell}" for cell in ("B3", "C4", "D5", "A6", "C7", "E8", "F8", "D9")}
        expected |= {f"人员!{cell}" for cell in ("A10", "B11", "A12")}
        self.assertEqual(cells, expected, wizard.errors)
        self.assertRefused("人员!B3", wizard.action_take_over)
        self.assertEqual(self.count_all(), before)

    def test_files_that_are_no_list_are_refused(self):
        for content, sentence in (
            (b"no workbook", "no Excel workbook"),
            (save(make_roster(heads=("甲", "乙"))), "row of heads"),
        ):
            self.assertRefused(sentence, self.upload, content)
        book = make_roster()
        book["单位"].title, book["人员"].title = "甲", "乙"
        self.assertRefused("no sheet", self.upload, book)

    def test_a_unit_in_the_list_is_named_anew_and_others_stay(self):
        self.take_over(make_roster(UNITS, PEOPLE))
        other = self.env["it.kpi.unit"].search([("name", "=", UNITS[1][0])])
        staff = other.reporter_ids
        self.take_over(make_roster([], [("孙六", "填报员", OFFICE, "sun6", None, None)]))
        self.assertEqual(self.get_office().member_ids, self.get_user("sun6"))
        self.assertEqual(other.reporter_ids, staff)

    def test_a_correction_reaches_who_has_not_logged_in(self):
        self.take_over(make_roster(UNITS, PEOPLE))
        corrected = make_roster([], [("张逸", "填报员", OFFICE, "zhang1", None, None)])
        self.take_over(corrected)
        self.assertEqual(self.get_user("zhang1").name, "张逸")
        self.env["res.users.log"].with_user(self.get_user("zhang1")).sudo().create({})
        self.env.invalidate_all()
        wizard = self.upload(make_roster(UNITS, PEOPLE))
        self.assertIn("人员!A2", wizard.errors)
        self.assertIn("logged in", wizard.errors)

    def test_units_that_the_file_leaves_out_can_be_archived(self):
        """The units that are shipped are a proposal, and another bureau's file replaces them."""
        shipped = self.units
        wizard = self.upload(make_roster(UNITS, PEOPLE))
        self.assertIn(shipped[1].name, wizard.other_units)
        self.take_over(make_roster(UNITS, PEOPLE), archives_others=True)
        self.assertEqual(shipped.filtered("active").mapped("name"), ["利州区交通运输局"])

    def test_a_unit_of_an_opened_year_is_changed_on_its_own_page(self):
        self.open_cycle()
        wizard = self.upload(make_roster([("利州区交通运输局", "利州区", "直属单位")]))
        self.assertIn("单位!C2", wizard.errors)
        self.assertIn("takes part in a year: use “Rename”", wizard.errors)

    def test_people_of_a_year_under_way_are_changed_with_a_reason(self):
        """On the unit's page: a file that names others is refused, one that names the same not."""
        self.take_over(make_roster(UNITS, PEOPLE))
        self.open_cycle(self.get_office())
        self.assertFalse(self.upload(make_roster(UNITS, PEOPLE)).errors)
        joins = [*PEOPLE, ("孙六", "填报员", OFFICE, "sun6", None, None)]
        for people, cells in ((joins, {"人员!B7"}), (PEOPLE[1:], {"人员!C2"})):
            wizard = self.upload(make_roster([], people))
            lines = wizard.errors.split("\n")
            self.assertEqual({line.partition(":")[0] for line in lines}, cells)
            for line in lines:
                self.assertIn("asks for a reason", line)
            self.assertRefused("asks for a reason", wizard.action_take_over)
        self.assertEqual(self.get_office().reporter_ids, self.get_user("zhang1"))

    def test_a_person_joins_a_year_under_way_with_a_reason(self):
        self.open_cycle()
        dialogs = self.env["it.kpi.account.wizard"].with_user(self.users["division"])
        vals = {"name": "新人", "login": "joins", "unit_id": self.own_unit.id}
        dialog = dialogs.create(vals)
        self.assertRefused("Reason for the Change", dialog.action_confirm)
        dialog.people_reason = "岗位调整"
        dialog.action_confirm()
        self.assertIn(self.get_user("joins"), self.own_unit.member_ids)

    def test_only_what_was_shown_is_taken_over(self):
        wizard = self.upload(make_roster(UNITS, PEOPLE))
        self.env["it.kpi.unit"].create({"name": OFFICE, "short_name": "路", "kind": "direct"})
        self.assertRefused("no longer what was shown", wizard.action_take_over)

    def test_the_list_is_for_the_division(self):
        for role in ("reporter", "leader", "assessor", "head", "leadership"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.upload(make_roster(UNITS, PEOPLE), self.users[role])
            with self.assertRaises(AccessError):
                self.env["it.kpi.start"].with_user(self.users[role])._build_roster()

    def test_everything_is_in_the_log(self):
        self.take_over(make_roster(UNITS, PEOPLE))
        self.flush_tracking()
        account = self.get_account("li2")
        log = " ".join(account.message_ids.mapped("body"))
        for words in ("SHA-256", "leader of the unit", "assessor of this unit"):
            self.assertIn(words, log)
        self.assertEqual(account.message_ids.author_id, self.users["division"].partner_id)
        self.assertIn("SHA-256", " ".join(self.get_office().message_ids.mapped("body")))

    def test_roles_of_other_accounts_are_not_given(self):
        """An account that the division did not make stays as it is, whatever the file says."""
        foreign = self.env["res.users"].create({"name": "外人", "login": "outsider"})
        self.own_unit.member_ids = [Command.link(foreign.id)]
        for row in (
            ("外人", "考核小组成员", None, "outsider", None, None),
            ("外国人", "成员", "利州区交通运输局", "outsider", None, None),
            ("外人", "成员", "利州区交通运输局", "OUTSIDER", "13900000009", None),
            ("外人", "成员", "利州区交通运输局", "outsider", None, "new@example.com"),
        ):
            wizard = self.upload(make_roster([], [row]))
            self.assertIn("人员!", wizard.errors, row)
        self.assertFalse(foreign.has_group("it_kpi_assessment.group_user"))
        self.assertEqual((foreign.name, foreign.phone, foreign.email), ("外人", False, False))
