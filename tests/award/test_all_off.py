"""With the regulation's own rubric nothing is added to it: no screen, print or number (spec, 7)."""

from io import BytesIO

import lxml.html
from lxml import etree
from openpyxl import load_workbook

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..helpers.common import EXAMPLE, ROLES, BureauCase
from ..helpers.printing import squeeze
from ..helpers.year import score_year

# What the regulation leaves open, and its value in the regulation's own rubric.
OFF = {
    **{"notice_days": 0, "objection_days": 0, "quota_kind": False, "quota": 0},
    **{"quota_by_kind": False, "veto_bar": False, "unfiled_bar": False, "rectification_bar": False},
    **{"commended": False, "commended_count": 0, "commended_by_kind": False},
    "proposes_funds": False,
}
MENUS = ("commendation", "allocation")
BUTTONS = {
    "it.kpi.cycle": (
        *("action_propose", "action_approve_again", "action_renew_notice"),
        *("it_kpi_cycle_action_move_notice_end", "it_kpi_cycle_action_withdraw_notice"),
        "it_kpi_objection_action_cycle",
    ),
    "it.kpi.publication": (
        *("action_propose_commendation", "action_propose_funds"),
        *("action_open_commendation", "action_open_funds"),
    ),
    "it.kpi.result": ("action_object", "action_open_objection"),
}
WORDS = ("公示", "复核", "等次", "名额", "表扬", "资金分配", "连续", "注:")
# The whole notice of the worked example, but for the bureau, its table and its signature.
NOTICE = (
    "各县区交通运输局,局直属各单位:",
    "根据《信息化绩效考核管理办法(试行)》(广交函〔2023〕4号),局信息化绩效考核小组对六个单位2099年度"
    "信息化工作进行了考核。考核结果经考核小组组长审定,现通报如下。",
    "一、考核方式",
    "考核采取单位自评与实地调查相结合的方式。各单位最终得分为《信息化绩效考核自评表》与《信息化绩效实地调查"
    "考核评价表》最终得分的平均值。单位无某项考核指标及评价要点的,该项得分为所有单位该项的平均分。"
    "未报自评表的单位,自评得分为0。当年发生失泄密事件的单位,有关考核指标得分为0。"
    "当年发生网络安全事件的单位,最终得分为0。最终得分相同的,名次并列。"
    "考核结果作为年度信息化工作考核、表彰及信息化资金下发的主要依据。",
    "二、考核结果",
    "三、督促整改",
    "考核得分最后三名的单位为青川县交通运输局、剑阁县交通运输局、旺苍县交通运输局。",
    "以上单位要对照《信息化绩效考核评价细则》查找薄弱环节,逐项制定整改措施,明确责任人和完成时限,"
    "并将整改情况报局信息化绩效考核小组。",
    "局将按照相关规定督促整改。",
    "附件:2099年度信息化绩效考核得分对照图",
)
HEADS = ["名次", "单位", "自评得分", "实地考核得分", "最终得分", "备注"]
SHEETS = ["排名", "对照图", "得分明细", "对比", "差距", "说明", "数据", "参数"]


class OffCase(BureauCase):
    def get_menus(self, role):
        menus = self.env["ir.ui.menu"].with_user(self.users[role]).load_menus(False)
        named = {menu.get("xmlid") for menu in menus.values()}
        listed = {each for menu in menus.values() for each in menu["children"]}
        self.assertLessEqual(listed, menus.keys(), "no menu leads to one that is hidden")
        return {name for name in MENUS if f"it_kpi_assessment.it_kpi_{name}_menu" in named}

    def get_buttons(self, role, record):
        """Return the names of the buttons that a form shows to a role."""
        record = record.with_user(self.users[role])
        if not record.has_access("read"):
            return set()
        self.env.invalidate_all()
        arch = etree.fromstring(record.get_view(view_type="form")["arch"])
        fields = {node.get("name") for node in arch.iter("field")} & record._fields.keys()
        values = {**record.read(list(fields))[0], "uid": record.env.uid, "context": {}}
        shown = {
            button.get("name")
            for button in arch.iter("button")
            if not any(
                safe_eval(node.get("invisible") or "False", dict(values))
                for node in (button, *button.iterancestors())
            )
        }
        actions = {
            str(self.env.ref(f"it_kpi_assessment.{name}").id): name
            for name in BUTTONS["it.kpi.cycle"]
            if name.startswith("it_kpi")
        }
        return {actions.get(name, name) for name in shown}

    def find_buttons(self, *records):
        """Return which of ``BUTTONS`` anybody sees on these records."""
        return {
            name
            for record in records
            for role in ROLES
            for name in self.get_buttons(role, record) & set(BUTTONS[record._name])
        }

    def render(self, report, record):
        action = self.env.ref(f"it_kpi_assessment.{report}")
        html, _kind = action._render_qweb_html(action.report_name, record.ids)
        return lxml.html.fromstring(html)


@tagged("post_install", "-at_install")
class TestAllOff(OffCase):
    def test_the_rubric_that_is_shipped_has_all_of_it_off(self):
        self.assertEqual({name: self.rubric[name] for name in OFF}, OFF)
        self.assertFalse(self.rubric.band_ids)
        copied = self.rubric.copy()
        self.assertEqual({name: copied[name] for name in OFF}, OFF)
        cycle = self.open_cycle()
        self.assertEqual({name: cycle.rubric_id[name] for name in OFF}, OFF)

    def test_no_menu_leads_to_it(self):
        self.publish(self.example_year())
        for role in ROLES:
            self.assertFalse(self.get_menus(role), role)

    def test_no_button_leads_to_it(self):
        cycle = self.example_year()
        self.assertFalse(self.find_buttons(cycle))
        cycle.with_user(self.users["division"]).action_start_review()
        self.assertFalse(self.find_buttons(cycle))
        self.approve(cycle)
        self.assertFalse(self.find_buttons(cycle))
        cycle.with_user(self.users["division"]).action_publish()
        own = cycle.publication_id.result_ids.filtered(lambda row: row.unit_id == self.own_unit)
        self.assertFalse(self.find_buttons(cycle, cycle.publication_id, own))
        cycle.with_user(self.users["division"]).action_revise("申诉成立")
        self.assertFalse(self.find_buttons(cycle, cycle.publication_id, own))

    def test_no_column_or_filter_shows_it(self):
        self.publish(self.example_year())
        for model in ("it.kpi.ranking", "it.kpi.result"):
            for kind in ("list", "form", "search", "kanban", "graph", "pivot"):
                arch = self.env[model].with_user(self.users["division"]).get_view(view_type=kind)
                self.assertNotIn('name="band', arch["arch"], f"{model} {kind}")

    def test_the_notice_says_what_it_said(self):
        publication = self.publish(self.example_year())
        page = self.render("publication_report", publication)
        [sheet] = page.xpath("//div[contains(@class, 'notice')][not(contains(@class, 'chart'))]")
        said = [squeeze(node.text_content()) for node in sheet.xpath(".//p | .//h2")]
        self.assertEqual(said, list(NOTICE))
        heads = [squeeze(node.text_content()) for node in sheet.xpath(".//th")]
        self.assertEqual(heads, HEADS)
        remarks = [squeeze(row[-1].text_content()) for row in sheet.xpath(".//tbody/tr")]
        expected = {"", "未报自评表", "发生网络安全事件,否决前得分85.95"}
        self.assertEqual({each for each in remarks if "失泄密" not in each}, expected)

    def test_no_other_print_speaks_of_it(self):
        publication = self.publish(self.example_year())
        publication.with_user(self.users["division"]).action_draw_up_orders()
        orders = self.env["it.kpi.rectification"].search([("cycle_id.year", "=", 2099)])
        self.assertEqual(len(orders), 3)
        for report, records in (
            ("result_report", publication.result_ids),
            ("rectification_report", orders),
        ):
            text = squeeze("".join(self.render(report, records).xpath("//body//text()")))
            for word in WORDS[:6]:
                self.assertNotIn(word.replace("等次", "等次:"), text, report)

    def test_no_sheet_and_no_column_of_the_workbook_has_it(self):
        publication = self.publish(self.example_year())
        division = publication.with_user(self.users["division"])
        book = load_workbook(BytesIO(division._workbook()))
        self.assertEqual(book.sheetnames, SHEETS)
        ranking = [str(cell) for row in book["排名"].iter_rows(values_only=True) for cell in row]
        self.assertFalse([text for text in ranking if "等次" in text or "名额" in text])

    def test_the_numbers_are_those_of_the_reference_scorer(self):
        publication = self.publish(self.example_year())
        scores = score_year(EXAMPLE, vetoed=("旺苍",), leaked=("青川",))
        for row in publication.result_ids:
            score = scores[row.unit_id.short_name]
            self.assertPoints(row.final, score.final)
            self.assertEqual((row.rank, row.is_last), (score.rank, score.is_last))
            self.assertFalse(row.band or row.band_reached or row.band_grounds or row.band_place)
        counted = (publication.objection_count, publication.upheld_count)
        self.assertEqual((counted, publication.notice_until), ((0, 0), False))


@tagged("post_install", "-at_install")
class TestSomethingOn(OffCase):
    """The tests above would notice: with the settings on, people see all of that."""

    def test_the_menus(self):
        self.rubric.sudo().proposes_funds = True
        for role in ("division", "leadership", "head"):
            self.assertEqual(self.get_menus(role), {"allocation"}, role)
        self.assertFalse(self.get_menus("reporter"))
        self.rubric.sudo().write({"commended": "first", "commended_count": 1})
        self.assertEqual(self.get_menus("leadership"), set(MENUS))

    def test_the_settings_of_another_bureau_show_nothing_here(self):
        other = self.env["res.company"].create({"name": "另一局"})
        self.rubric.sudo().copy({"company_id": other.id, "proposes_funds": True})
        self.assertFalse(self.get_menus("division"))

    def test_the_buttons(self):
        self.rubric.sudo().write(
            {"notice_days": 1, "proposes_funds": True, "commended": "first", "commended_count": 1}
        )
        cycle = self.example_year()
        division = cycle.with_user(self.users["division"])
        division.action_start_review()
        self.approve(cycle)
        self.assertEqual(self.find_buttons(cycle), {"action_propose"})
        division.action_propose()
        own = cycle.proposal_id.result_ids.filtered(lambda row: row.unit_id == self.own_unit)
        expected = {
            *BUTTONS["it.kpi.cycle"][3:],
            "action_object",
        }
        self.assertEqual(self.find_buttons(cycle, own), expected)
        cycle.sudo().notice_until = "2020-01-01"
        division.action_publish()
        expected = {"action_propose_commendation", "action_propose_funds"}
        self.assertEqual(self.find_buttons(cycle.publication_id), expected)
