"""Words of official papers, which are Chinese in every language of the user."""

LANGUAGE = "zh_CN"
# The two kinds of forms, in tables and in the headings of the 成绩单.
FORM_NAMES = {"assessment": "自评", "survey": "实地考核"}
FORM_SCORES = {"assessment": "自评得分", "survey": "实地调查考核得分"}
# What stands for a grade where a published line has none; False where the form was not filed.
MARKS = {"mean": "无此项", "dropped": "无此项", "zeroed": "事件归零", False: "未报"}
# Kinds of incidents. ``describe_incidents`` of ``it.kpi.veto`` names them in the user's language.
INCIDENTS = {"network_security": "网络安全事件", "leak": "失泄密事件"}


def name_incidents(kinds):
    """Return the incidents behind a veto in Chinese, whether the language is installed or not.

    :param str kinds: kinds joined by commas, as ``veto_kinds`` stores them
    """
    return "、".join(INCIDENTS[kind] for kind in sorted(kinds.split(",")))


def name_zeroed(zeroed):
    """Return a text per indicator that incidents made 0 (R7), in Chinese.

    :param dict zeroed: kinds, joined by commas, per record of ``it.kpi.indicator``
    """
    return [
        f"年内有{name_incidents(kinds)}，“{indicator.name}”得分为0"
        for indicator, kinds in zeroed.items()
    ]


def describe_points(line):
    """Return why a line of a form counts other points than those of its grade; or an empty text."""
    match line.origin:
        case "zeroed":
            return f"因{name_incidents(line.veto_kinds)}计0分"
        case "mean":
            return f"计平均分{line.counted_score:.2f}分"
        case "awaited":
            return "公布时以平均分计入，各单位均无此项的不计分"
        case "dropped":
            return "各单位均无此项，不计分"
    return ""


def write_remark(line):
    """Return the text of 备注 on a printed form, so that its lines add up to the total below them.

    A line that awaits its mean has √ in 无此项; the box 最终得分 says what comes of it.
    """
    told = "" if line.origin == "awaited" else describe_points(line)
    return "；".join(filter(None, (line.remark, told)))


def tell_withdrawal(reason, decision):
    """Return why a unit was withdrawn from the year (R13), with the number of the decision."""
    return f"退出本年度考核，不计分、不参加排名（{decision}）：{reason}"


def speak_chinese(records):
    """Return the records with Chinese as their language, if it is installed."""
    installed = dict(records.env["res.lang"].get_installed())
    return records.with_context(lang=LANGUAGE) if LANGUAGE in installed else records
