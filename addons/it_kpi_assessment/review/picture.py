"""排名及其可及范围: ranks with what one step of a grade makes of them, as an SVG."""

from markupsafe import Markup

# With more units than this a row would be too thin: those at the end are drawn.
MOST_ROWS = 60
MOST_LETTERS = 8  # of a name beside its row; the picture has the whole name as a tooltip
ROW, HEAD, LABEL, WIDTH, RIGHT = 18, 22, 110, 680, 24


def draw_reach(rows, title):
    """Return the SVG: a row for each unit with its rank as a dot, and a bar over its reach.

    :param rows: of name, ``Reach``, and whether the unit is among the last ones, in the order of
        their ranks
    :param str title: what the picture shows, for screen readers
    """
    shown = rows[-MOST_ROWS:]
    ranks = [rank for _name, reach, _is_last in shown for rank in (reach.best, reach.worst)]
    first, last = (min(ranks), max(ranks)) if ranks else (1, 1)
    scale = (WIDTH - LABEL - RIGHT) / max(last - first, 1)

    def place(rank):
        return round(LABEL + 10 + (rank - first) * scale, 1)

    marks = [_draw_axis(rank, place(rank), len(shown)) for rank in _get_ticks(first, last)]
    marks += [_draw_row(row, number, place) for number, row in enumerate(shown)]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-label="{}" '
        'font-size="12" fill="currentColor">{}</svg>'
    ).format(WIDTH, HEAD + ROW * len(shown) + 6, title, Markup().join(marks))


def _get_ticks(first, last):
    step = next(
        step for step in (1, 2, 5, 10, 20, 50, 100, 500, 10**6) if last - first <= 20 * step
    )
    return [first, *range((first // step + 1) * step, last + 1, step)]


def _draw_axis(rank, x, count):
    return Markup(
        '<text x="{x}" y="12" text-anchor="middle">{rank}</text>'
        '<line x1="{x}" x2="{x}" y1="16" y2="{end}" stroke="currentColor" stroke-opacity="0.2"/>'
    ).format(x=x, rank=rank, end=HEAD + ROW * count)


def _draw_row(row, number, place):
    """Draw a unit; one among the last ones has a square and its name in bold, for black and white
    prints."""
    name, reach, is_last = row
    shown = name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1]}…"
    y = HEAD + ROW * number + ROW // 2
    bar = Markup(
        '<rect x="{}" y="{}" width="{}" height="8" rx="4" fill="#0072B2" fill-opacity="0.35"/>'
    ).format(place(reach.best) - 4, y - 4, round(place(reach.worst) - place(reach.best) + 8, 1))
    x = place(reach.rank)
    dot = Markup('<circle cx="{}" cy="{}" r="4"/>').format(x, y)
    if is_last:
        dot = Markup('<rect x="{}" y="{}" width="8" height="8"/>').format(round(x - 4, 1), y - 4)
    label = Markup(
        '<text x="{}" y="{}" text-anchor="end" font-weight="{}"><title>{}</title>{}</text>'
    ).format(LABEL - 6, y + 4, "bold" if is_last else "normal", name, shown)
    return label + bar + dot
