"""The SQL statements of an act: to count them, and to say which of them grow."""

import re
import threading
from collections import Counter
from contextlib import contextmanager

# A list of values may be longer; the statement is the same.
LISTS = re.compile(r"%s(, %s)+")


def count_queries(env, act):
    """Return how many statements a call takes, with those that write what it changed."""
    with recorded(env) as statements:
        act()
        env.flush_all()
    return len(statements)


@contextmanager
def recorded(env):
    """Yield a list to which the statements of this thread are added, without their values.

    The act begins as a request does, with nothing cached in the transaction. The ORM shares an
    environment with its ``user`` and ``company`` until Python's garbage collector finds it, so
    without the reset the number of statements would depend on when that happens.
    """
    env.flush_all()
    env.transaction.reset()
    statements = []
    thread = threading.current_thread()
    hooks = getattr(thread, "query_hooks", [])
    thread.query_hooks = [*hooks, lambda _cr, query, *_rest: statements.append(query)]
    try:
        yield statements
    finally:
        thread.query_hooks = hooks


def get_growth(few, many):
    """Return which statements ``many`` has more often than ``few``, and how much more often."""
    growth = Counter(map(_get_shape, many)) - Counter(map(_get_shape, few))
    return "\n".join(f"{count} x {shape}" for shape, count in growth.most_common())


def _get_shape(statement):
    return LISTS.sub("%s, …", " ".join(str(statement).split()))
