"""Words of official papers, which are Chinese whatever the user's language."""

INCIDENTS = {"network_security": "网络安全事件", "leak": "失泄密事件"}


def name_incidents(kinds):
    """Return the incidents behind a veto, as stored: kinds joined by commas."""
    return "、".join(INCIDENTS[kind] for kind in sorted(kinds.split(",")))
