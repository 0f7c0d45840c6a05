"""Words of official papers, which are Chinese whatever the user's language."""

LANGUAGE = "zh_CN"
INCIDENTS = {"network_security": "网络安全事件", "leak": "失泄密事件"}


def name_incidents(kinds):
    """Return the incidents behind a veto, as stored: kinds joined by commas."""
    return "、".join(INCIDENTS[kind] for kind in sorted(kinds.split(",")))


def speak_chinese(records):
    """Return the records so that their texts are Chinese, if the database speaks it."""
    installed = dict(records.env["res.lang"].get_installed())
    return records.with_context(lang=LANGUAGE) if LANGUAGE in installed else records
