"""A radar chart of shares in percent as an SVG: 0 % in the centre, 100 % on the rim."""

import math
from typing import NamedTuple

RADIUS = 100
RINGS = (20, 40, 60, 80, 100)
LABEL_RADIUS = 114
LABEL_LENGTH = 5  # characters in a line of a label


class Label(NamedTuple):
    """The name of a dimension at the end of its spoke."""

    x: str
    y: float
    anchor: str
    lines: list


class Radar(NamedTuple):
    """The corners of polygons, as SVG writes them."""

    rings: list
    rim: list  # the ends of the spokes
    labels: list
    own: str
    own_corners: list
    mean: str


def draw_radar(shares, kind):
    """Return the ``Radar`` of one form, or None if no share of it is known.

    :param list shares: a dict per dimension, as ``_get_dimension_shares`` returns them
    :param str kind: of the form, ``assessment`` or ``survey``
    """
    own = _get_corners(shares, kind)
    if not own:
        return None
    return Radar(
        [_join(_place(n, len(shares), ring) for n in range(len(shares))) for ring in RINGS],
        [_place(number, len(shares), RADIUS) for number in range(len(shares))],
        [_label(number, len(shares), share["name"]) for number, share in enumerate(shares)],
        _join(own),
        own,
        _join(_get_corners(shares, f"mean_{kind}")),
    )


def _get_corners(shares, name):
    """Return a corner for every dimension with a share; one that dropped out (R3) has none."""
    return [
        _place(number, len(shares), share[name])
        for number, share in enumerate(shares)
        if share[name] is not None
    ]


def _place(number, count, distance):
    """Return x and y of a point on a spoke; the first spoke points up, the others are clockwise."""
    angle = 2 * math.pi * number / count
    x, y = round(distance * math.sin(angle), 2), round(-distance * math.cos(angle), 2)
    return x + 0.0, y + 0.0  # no -0.0


def _label(number, count, name):
    x, y = _place(number, count, LABEL_RADIUS)
    anchor = "middle" if abs(x) < 1 else "start" if x > 0 else "end"
    lines = [name[at : at + LABEL_LENGTH] for at in range(0, len(name), LABEL_LENGTH)]
    return Label(x, y, anchor, lines)


def _join(corners):
    return " ".join(f"{x},{y}" for x, y in corners)
