"""What the tests of the start of a bureau share: 单位和人员.xlsx, filled in and uploaded."""

from base64 import b64encode
from io import BytesIO

from openpyxl import Workbook, load_workbook

UNIT_HEADS = ("单位名称", "简称", "类别")
PEOPLE_HEADS = ("姓名", "身份", "单位", "用户名", "手机", "邮箱")
UNITS = [("市公路局", "公路局", "直属单位"), ("利州区交通运输局", "利州", "区县局")]
PEOPLE = [
    ("张一", "填报员", "市公路局", "zhang1", "13900000001", "zhang1@example.com"),
    ("李二", "单位领导、考核小组成员", "市公路局", "li2", 13900000002, None),
    ("王三", "成员", "市公路局", None, "139 0000 0003", None),
    ("赵四", "填报员", "利州区交通运输局", "zhao4", None, None),
    ("钱五", "考核小组组长", None, "qian5", None, None),
]


def make_roster(units=(), people=(), heads=PEOPLE_HEADS):
    """Return a workbook of openpyxl with the two sheets."""
    book = Workbook()
    for sheet, names, rows in (
        (book.active, UNIT_HEADS, units),
        (book.create_sheet("人员"), heads, people),
    ):
        sheet.append(names)
        for row in rows:
            sheet.append(row)
    book.active.title = "单位"
    return book


def save(book):
    """Return a workbook as bytes."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


class Starting:
    """Uploads of the list of units and people; subclasses provide ``env`` and ``users``."""

    def upload(self, book, user=None, **vals):
        """Return the dialog with a file that was checked."""
        content = book if isinstance(book, bytes) else save(book)
        wizards = self.env["it.kpi.roster.wizard"].with_user(user or self.users["division"])
        wizard = wizards.create({"file": b64encode(content), "file_name": "单位.xlsx", **vals})
        wizard.action_check()
        return wizard

    def take_over(self, book, user=None, **vals):
        """Upload a file that has no errors, and take it over."""
        wizard = self.upload(book, user, **vals)
        self.assertFalse(wizard.errors, wizard.errors)
        wizard.action_take_over()
        return wizard

    def get_user(self, login):
        return self.env["res.users"].search([("login", "=", login)])

    def get_account(self, login, role="division"):
        """Return the account of a login, with the rights of a role."""
        found = self.env["it.kpi.account"].search([("user_id.login", "=", login)])
        return found.with_user(self.users[role])

    def download(self):
        """Return the workbook that the division downloads."""
        start = self.env["it.kpi.start"].with_user(self.users["division"])
        return load_workbook(BytesIO(start._build_roster()))
