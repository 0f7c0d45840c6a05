"""The table: what was measured, beside its floor, and whether it meets its goal."""

from tools.paths import DOCS

COUNTRY = "performance-country.md"
TEN_YEARS = "## Ten years"
HEAD = """\
# How long it takes

Written by `make bench`: medians of several runs, each taken in turn with its floor, in one run. The
ratio is the median of that of neighbouring runs. What was measured is the call that the web client
makes, on the server, as an ordinary user of the role concerned and with record rules active,
without HTTP and browser. Every size is a database of its own with a year published, a year filed
and a year being filled in; every unit has a reporter and a leader, 6 % of the marks are 无此项.

"""
HEADS = ("measure", "units", "runs", "median", "floor", "ratio", "queries", "MB", "goal", "")
RIVAL_CHAPTER = """\
## Against what a user would pick

The marks of the filed year, given to what somebody would use otherwise. Its finals were compared
with ours first, those of all units, as far as it knows any. *Ours* is taken in turn with it."""
GROWTH_HEADS = ("measure", "units", "takes", "goal", "")
RIVAL_HEADS = ("scored by", "units", "runs", "median", "ours", "times ours", "queries")
COUNTRY_HEAD = """\
# A whole country

Written by `make bench ONCE=1`, anew after every step: one bureau of so many units, each measure
taken once beside its floor, but what does not grow with the units several times. The ranking was
taken with one filed year in the tables; then nine copies of that year came, and last a year to be
filled in. Everything else is as in `performance.md`. Left out: prints, which take as long per form
as there, and what somebody would use otherwise.

"""
MET = {True: "met", False: "**not met**", None: ""}


def write_report(taken, machine, rivals=(), history=(), settings=(), head=HEAD):
    """Return the report as Markdown.

    :param taken: pairs of a measure and its figures by size
    :param machine: sentences on what it was measured on
    :param rivals: pairs like ``taken``, of what scores the year otherwise
    :param history: sentences on ten years
    :param settings: sentences on other settings of PostgreSQL
    """
    chapters = [
        ("## Against the floor", HEADS, get_all(get_rows, taken)),
        ("## Growth with the number of units", GROWTH_HEADS, get_all(get_growth_rows, taken)),
        ("## Other settings of PostgreSQL", None, settings),
        (TEN_YEARS, None, history),
        (RIVAL_CHAPTER, RIVAL_HEADS, get_all(get_rival_rows, rivals)),
    ]
    described = (f"**{each.name}**: {describe(each)}" for each, _ in [*taken, *rivals])
    chapters.append(("## What is measured", None, described))
    parts = [head + list_up(machine)]
    for title, heads, rows in chapters:
        if rows:
            parts += [f"\n{title}\n", *(tabulate(heads, rows) if heads else [list_up(rows)])]
    return "\n".join([*parts, ""])


def get_all(get, taken):
    """Return the rows that ``get(measure, figures)`` makes of all that was taken."""
    return [row for measure, figures in taken for row in get(measure, figures)]


def recall_country(folder=DOCS):
    """Return the sentences on ten years in the report on a whole country, if there is one."""
    report = folder / COUNTRY
    if not report.exists():
        return []
    section = report.read_text().partition(f"\n{TEN_YEARS}\n")[2].partition("\n## ")[0]
    sentences = [line.removeprefix("- ") for line in section.splitlines() if line]
    return [f"Once, of [a whole country]({COUNTRY}): {sentence}" for sentence in sentences]


def list_up(sentences):
    return "\n".join(f"- {sentence}" for sentence in sentences)


def get_rows(measure, figures):
    for each in figures:
        goals = list(get_goals(measure, each))
        yield (
            measure.name,
            f"{each.size:,}",
            each.runs,
            format_seconds(each.seconds),
            format_seconds(each.floor),
            f"{each.ratio:.2f}" if each.ratio else "",
            each.queries or "",
            f"{each.megabytes:.0f}" if each.megabytes is not None else "",
            ", ".join(text for text, _met in goals),
            MET[all(met for _text, met in goals) if goals else None],
        )


def get_rival_rows(rival, figures):
    """Yield a row a size: how many times as long as ours it takes."""
    for each in figures:
        yield (
            rival.name,
            f"{each.size:,}",
            each.runs,
            format_seconds(each.seconds),
            format_seconds(each.floor),
            f"{each.ratio:.1f}",
            each.queries or "",
        )


def get_goals(measure, each):
    """Yield what is to be met on this size, and whether it is."""
    if measure.most_ratio:
        yield f"≤ {measure.most_ratio:.2g} x", each.ratio <= measure.most_ratio
    seconds = measure.most_seconds.get(each.size) or measure.most_seconds.get(None)
    if seconds:
        yield f"≤ {format_seconds(seconds)}", each.seconds <= seconds


def get_growth_rows(measure, figures):
    """Compare what may not grow with the smallest size, and the rest with the size before."""
    for before, after in zip(figures, figures[1:], strict=False):
        base = figures[0] if measure.is_flat else before
        most = measure.most_growth if measure.is_flat else after.size / base.size
        times = after.seconds / base.seconds
        asks_more = bool(after.queries) and after.queries > base.queries
        met = times <= most and not (measure.is_flat and asks_more)
        goal = f"≤ {most:g} x" + (", no more queries" if measure.is_flat and base.queries else "")
        yield (measure.name, f"{base.size:,} → {after.size:,}", f"{times:.2f} x", goal, MET[met])


def describe(measure):
    """Return what a measure does, what its floor is, and what to know of it."""
    what = " ".join((measure.__doc__ or "").split())
    floor = f" Floor: {measure.floor_name}." if measure.floor_name else ""
    return f"{what}{floor} {measure.why}".strip()


def tabulate(head, rows):
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(str(cell) for cell in row)} |"


def format_seconds(seconds):
    """Return seconds with two or three digits that count."""
    if seconds is None:
        return ""
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds:.2f} s"
