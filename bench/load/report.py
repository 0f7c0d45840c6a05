"""The report: what people saw, what was lost, and whether the goals are met."""

import hashlib
from statistics import median

from odoo.addons.base.models.res_users import MIN_ROUNDS

from ..measuring import clock
from ..report import tabulate
from .running import Run

LEAST_SHARE = 0.8  # of the throughput of a plain model
LOGGING_IN, SIGNING = "log in", "sign and submit"
HEAD = """\
# Under load, and while things break

Written by `make load`. Odoo runs with workers (prefork) behind its own port on loopback; simulated
people work over HTTP as the screen does: log in, open the form, 16 marks, 16 explanations, 4 files
of 200 KB, hand over, sign and submit, while the leadership looks at the ranking. What the server
acknowledged was looked for in the database afterwards, files byte by byte. Servers, database and
people share the machine.

"""


def write_report(runs, machine):
    """Return the report on the runs of ``programme.make_runs``, as Markdown."""
    parts = [HEAD + "\n".join(f"- {sentence}" for sentence in machine), ""]
    if "hour" in runs:
        parts += ["## The last hour, pressed into minutes", ""]
        parts += [line for run in runs["hour"] for line in write_hour(run)]
    if "crowd" in runs:
        parts += write_throughput(runs["crowd"])
    if "faults" in runs:
        parts += write_faults(runs["faults"])
    return "\n".join(parts) + "\n"


def write_hour(run):
    """Return the lines on one run of the last hour."""
    heads = ("step", "requests", "failed", "median", "95 %")
    servers = "one server" if run.servers == 1 else f"{run.servers} servers"
    return [
        f"### {run.people} units, {servers}",
        "",
        "People pause for {:.0f} to {:.0f} s after everything they do.".format(*run.pause),
        get_cost_of_log_ins(run),
        "",
        *tabulate(heads, map(get_step_row, run.outcome["steps"])),
        "",
        f"{run.outcome['requests']:,} requests in {run.outcome['seconds']:.0f} s: {run.rate:.0f} a"
        f" second. {get_losses(run)} {run.retries} retries after serialization failures,"
        f" {run.errors} errors in the log. A worker has {run.memory[0]:.0f} MB in the median and"
        f" {run.memory[1]:.0f} MB at most. Goal (no error, nothing lost, no retry): {judge(run)}.",
        "",
    ]


def get_cost_of_log_ins(run):
    """Return a sentence on what all log-ins ask of the processors: they come at the same time."""
    seconds = clock(lambda: hashlib.pbkdf2_hmac("sha512", b"password", b"salt", MIN_ROUNDS))
    count = sum(s["requests"] for s in run.outcome["steps"] if s["step"] == LOGGING_IN)
    return (
        f"All log in within {run.ramp} s, and again to sign. Odoo keeps a processor busy for"
        f" {seconds:.1f} s to compare a password ({MIN_ROUNDS:,} rounds of PBKDF2): the {count}"
        f" log-ins ask for {count * seconds:.0f} s."
    )


def get_step_row(step):
    return (
        step["step"],
        f"{step['requests']:,}",
        step["failures"] or "",
        f"{step['median']:.0f} ms",
        f"{step['percentile95']:.0f} ms",
    )


def get_losses(run):
    """Return a sentence on what was looked for afterwards."""
    count = len(run.outcome["acknowledged"]) + len(run.outcome["submitted"])
    return f"Of {count:,} acknowledged changes {len(run.lost) or 'none'} was lost."


def judge(run):
    """Return whether a run without trouble is as it should be."""
    return say_met(not (run.failures or run.lost or run.wrong or run.errors or run.retries))


def say_met(is_met):
    return "met" if is_met else "**not met**"


def write_throughput(pairs):
    """Return the lines that compare runs over our forms with those over plain ones."""
    heads = ("", "requests a second", "ratio", "goal", "")
    rows = []
    for name, has_goal, rate in (
        ("filling in and handing over", True, get_filling_rate),
        ("all, with the signature", False, lambda run: run.rate),
    ):
        ratio = median(rate(ours) / rate(plain) for ours, plain in pairs)
        rates = [median(map(rate, runs)) for runs in zip(*pairs, strict=True)]
        goal = (f"≥ {LEAST_SHARE}", say_met(ratio >= LEAST_SHARE)) if has_goal else ("", "")
        rows.append((name, "{:.1f} to {:.1f}".format(*rates), f"{ratio:.2f}", *goal))
    return [
        "## Beside a plain model of Odoo",
        "",
        "The same traffic, without pauses, over our forms and over a model with as many fields that"
        " checks and logs nothing beside Odoo's own: requests a second of ours to those of the"
        f" plain one, medians of {len(pairs)} pairs of runs. Our signature prints the form and the"
        " report and keeps both as PDF; the plain one stores a picture.",
        "",
        *tabulate(heads, rows),
        "",
        "Ours looks up at every mark who may make it now, and answers with what it earns and with"
        " what the checks find on the line, last year's grade among it. The plain one writes its"
        " line and reads it again.",
        "",
    ]


def get_filling_rate(run):
    """Requests a second of the time that is not spent on signing.

    People have no pause, so that the time of all of them together is that of their requests.
    """
    steps = run.outcome["steps"]
    spent = {step["step"]: step["requests"] * step["mean"] for step in steps}
    share = 1 - spent[SIGNING] / sum(spent.values())
    requests = sum(step["requests"] for step in steps if step["step"] != SIGNING)
    return requests / (run.outcome["seconds"] * share)


def write_faults(pairs):
    """Return the lines on what happened while things broke."""
    faults = [(fault, run) for fault, run in pairs if isinstance(run, Run)]
    untried = [(fault, reason) for fault, reason in pairs if not isinstance(reason, Run)]
    heads = ("trouble", "what was seen", "requests", "not answered or refused", "lost", "")
    rows = [get_fault_row(fault, run) for fault, run in faults]
    rows += [(fault.name, f"not tried: {why}", "", "", "", "") for fault, why in untried]
    wrong = [f"- {fault.name}: {each}" for fault, run in faults for each in run.lost + run.wrong]
    return [
        "## While things break",
        "",
        "Hurried people under the same load. What is not acknowledged is sent again after three"
        " seconds, as the screen does. Goal: every mark, file and submission that was acknowledged"
        " is there afterwards.",
        "",
        *tabulate(heads, rows),
        "",
        *(f"- **{fault.name}**: {fault.expected}." for fault, _run in faults),
        *wrong,
    ]


def get_fault_row(fault, run):
    reasons = {*run.outcome["refused"], *(each["reason"] for each in run.outcome["unfinished"])}
    refused = [f"“{reason}”" for reason in sorted(reasons)[:2]]
    ended = [f"Odoo ended {run.ended} times, its supervisor started it anew"] * bool(run.ended)
    seen = "; ".join([*fault.notes, *ended, *describe_errors(run), *refused])
    count = len(run.outcome["acknowledged"]) + len(run.outcome["submitted"])
    lost = f"{len(run.lost) or 'none'} of {count:,}"
    met = say_met(not run.lost and not run.wrong)
    return fault.name, seen, f"{run.outcome['requests']:,}", run.failures or "", lost, met


def describe_errors(run):
    """Return what people met with, and how often."""
    counts = {}
    for error, count in run.outcome["errors"].items():
        kind = error.partition(": ")[2]
        counts[kind] = counts.get(kind, 0) + count
    return [f"{count} x {kind}" for kind, count in sorted(counts.items())]
