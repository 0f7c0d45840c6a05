"""单位和人员.xlsx: its sheets, columns and words, for its writer and its reader."""

FILE_NAME = "单位和人员.xlsx"
UNIT_SHEET, PEOPLE_SHEET, GUIDE_SHEET = "单位", "人员", "填写说明"

KINDS = {"county": "区县局", "direct": "直属单位"}
IDENTITIES = {
    "reporter": "填报员",
    "leader": "单位领导",
    "member": "成员",
    "assessor": "考核小组成员",
    "head": "考核小组组长",
}
# What a person is in a unit; the others belong to the assessment group.
IN_UNIT = ("reporter", "leader", "member")

# The heads of the columns: the first name is written, all of them are read, in any order.
UNIT_HEADS = {
    "name": ("单位名称", "单位", "名称"),
    "short_name": ("简称", "单位简称"),
    "kind": ("类别", "单位类别"),
}
PEOPLE_HEADS = {
    "name": ("姓名",),
    "identity": ("身份", "角色", "职责"),
    "unit": ("单位", "单位名称", "所属单位"),
    "login": ("用户名", "登录名", "账号", "帐号", "登录"),
    "phone": ("手机", "手机号", "手机号码", "电话", "联系电话"),
    "email": ("邮箱", "电子邮箱", "邮件"),
}
HEADS = {UNIT_SHEET: UNIT_HEADS, PEOPLE_SHEET: PEOPLE_HEADS}
NEEDED = {UNIT_SHEET: ("name",), PEOPLE_SHEET: ("name", "identity")}
# Several identities of one person are separated by one of these.
SEPARATORS = "、，,；;/ \n"

GUIDE = (
    "一、“单位”表每行一个单位：单位名称按公文用名填写，类别为区县局或直属单位；简称可不填。",
    "二、“人员”表每行一人：身份为填报员、单位领导、成员、考核小组成员或考核小组组长，一人有多个身份的用"
    "顿号分开，或者分行填写。填报员、单位领导、成员须填单位；每个单位至少一名填报员、一名单位领导。",
    "三、用户名用于登录，可用字母、数字，不填时以手机号为用户名；手机、邮箱可不填。同一用户名视为同一人。",
    "四、导入时先预览，有错误的逐个单元格指出，全部无误后一次导入；改正后可反复导入。"
    "“人员”表中出现的单位，其填报员、单位领导、成员以本表为准；未出现的单位不变。",
    "五、新账户没有密码：导入后打印首次登录通知单，由本人凭链接或二维码自行设置密码。",
    "六、考核小组组长、科技信息化科、局领导的角色由系统管理员授予；本表中的组长只作为建议。",
)
