"""The methods behind the moves of the tables ``_moves``."""

# Where a move's button is not called after the move.
METHODS = {
    ("it.kpi.rubric", "archive"): "action_archive_version",
    ("it.kpi.cycle", "archive"): "action_archive_cycle",
}


def get_method(model, move):
    """Return the name of the public method that makes a move."""
    return METHODS.get((model, move), f"action_{move}")
