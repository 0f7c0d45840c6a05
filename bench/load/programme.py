"""Which runs are made, with how many people, and how they work."""

from .faults import FAULTS, CannotTry
from .running import run
from .town import OURS, PLAIN

# Seconds between two things that a person does, for each person there is: more people do not ask
# for more at once than one machine, which they share with the servers, can answer.
PAUSE = (0.02, 0.08)
# Seconds within which they come, for each person: to compare a password keeps a processor busy for
# most of one (600,000 rounds of PBKDF2), and everybody does that twice.
RAMP = 1.2
# To compare how much one server does: so many people without any pause, who have logged in before.
CROWD, FORMS, TIMES = 8, 32, 2
FLAVOURS = {"ours": OURS, "plain": PLAIN}
# While things break: so many people in a hurry.
HURRIED = {"people": 24, "pause": [0.5, 2], "ramp": 10}


def make_runs(town, folder, people, kinds, say):
    """Return the runs of some kinds (``KINDS``), by kind; names of faults choose among these."""
    runs = {kind: KINDS[kind](town, folder, people, say) for kind in kinds if kind in KINDS}
    chosen = [fault for fault in FAULTS if fault.__name__ in kinds]
    return runs | ({"faults": break_things(town, folder, people, say, chosen)} if chosen else {})


def live_last_hour(town, folder, people, say):
    """Return a run for each number of people, and one of the most over two servers."""
    runs = []
    for count, servers in [*((count, 1) for count in people), (people[-1], 2)]:
        say(f"The last hour of {count} people, servers: {servers}")
        name = f"hour-{count}-{servers}"
        runs.append(run(town, folder, name, plan_hour(town, count), servers=servers))
    return runs


def compare(town, folder, _people, say):
    """Return pairs of runs: over our forms, and over plain ones; who begins changes."""
    pairs = []
    for time in range(TIMES):
        pair = {}
        for name, kind in list(FLAVOURS.items())[:: -1 if time % 2 else 1]:
            say(f"As much as one server does: {name}, {time + 1} of {TIMES}")
            pair[name] = run(town, folder, f"{name}-{time}", plan_crowd(town, kind))
        pairs.append(tuple(pair[name] for name in FLAVOURS))
    return pairs


def break_things(town, folder, _people, say, faults=FAULTS):
    """Return pairs of a fault and its run, or the reason why it could not be tried."""
    pairs = []
    for each in faults:
        say(f"Trouble: {each.name}")
        fault = each(town)
        try:
            made = run(town, folder, each.__name__, plan_fault(town, fault), fault=fault)
        except CannotTry as reason:
            say(f"  not tried: {reason}")
            made = reason
        pairs.append((fault, made))
    return pairs


def plan_hour(town, count):
    """Every unit's reporter and leader, with the pauses of people who read and write."""
    pace = {"pause": [count * seconds for seconds in PAUSE], "ramp": round(count * RAMP)}
    return lambda hosts: town.plan(OURS, hosts, count, **pace)


def plan_crowd(town, kind):
    changes = {"people": CROWD, "pause": [0, 0], "ramp": 0, "watchers": 0, "logged_in": True}
    return lambda hosts: town.plan(kind, hosts, FORMS, **changes)


def plan_fault(town, fault):
    insistence = {"insistence": fault.insistence}
    return lambda hosts: town.plan(OURS, hosts, HURRIED["people"], **HURRIED, **insistence)


KINDS = {"hour": live_last_hour, "crowd": compare, "faults": break_things}
