"""Words of official papers, which are Chinese in every language of the user."""

LANGUAGE = "zh_CN"
# The two kinds of forms, in tables and in the headings of the 成绩单.
FORM_NAMES = {"assessment": "自评", "survey": "实地考核"}
FORM_SCORES = {"assessment": "自评得分", "survey": "实地调查考核得分"}
# Kinds of incidents. ``describe_incidents`` of ``it.kpi.veto`` names them in the user's language.
INCIDENTS = {"network_security": "网络安全事件", "leak": "失泄密事件"}


def name_incidents(kinds):
    """Return the incidents behind a veto in Chinese, whether the language is installed or not.

    :param str kinds: kinds joined by commas, as ``veto_kinds`` stores them
    """
    return "、".join(INCIDENTS[kind] for kind in sorted(kinds.split(",")))


def speak_chinese(records):
    """Return the records with Chinese as their language, if it is installed."""
    installed = dict(records.env["res.lang"].get_installed())
    return records.with_context(lang=LANGUAGE) if LANGUAGE in installed else records
