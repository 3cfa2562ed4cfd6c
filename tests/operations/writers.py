"""Eight writers and one follower on one PostgreSQL database. Prints what came of it as JSON."""

import itertools
import json
import sys
import time
from threading import Event, Thread

WRITERS, EACH = 8, 20


def main() -> None:
    """Make a database, let them write and follow, drop it."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    # Not the name that the tests' own database has.
    connection.settings_dict["TEST"]["NAME"] = "test_federation_writers"
    made = setup_databases(verbosity=0, interactive=False, aliases=["default"], serialized_aliases=[])
    try:
        result = write_and_follow()
    finally:
        connection.close()
        teardown_databases(made, verbosity=0)
    json.dump(result, sys.stdout)


def write_and_follow() -> dict[str, object]:
    """All writers at once, each thing in a transaction of its own; the follower reads the log all the while."""
    from search import types
    from tests.register.things import Letters

    types.declare(Letters().content_type())
    failures: list[str] = []
    followed: list[int] = []
    done = Event()
    follower = Thread(target=_follow, args=(followed, done, failures))
    writers = [Thread(target=_write, args=(number, failures)) for number in range(WRITERS)]
    for thread in (follower, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    follower.join()
    return {
        "written": _changes(),
        "followed": len(set(followed)),
        "gaps": sum(after - before - 1 for before, after in itertools.pairwise(followed)),
        "failures": failures,
    }


def _write(number: int, failures: list[str]) -> None:
    from django.db import connection

    from search import register
    from tests.register.things import thing

    try:
        for count in range(EACH):
            register.put([thing(f"writer{number}x{count}")])
    except Exception as error:  # said by the test
        failures.append(repr(error))
    finally:
        connection.close()


def _follow(followed: list[int], done: Event, failures: list[str]) -> None:
    """Read what is after the last line seen, as every follower of the log does."""
    from django.db import connection

    from search.models import Change

    try:
        while True:
            last_round = done.is_set()
            after = followed[-1] if followed else 0
            followed += Change.objects.filter(sequence__gt=after).values_list("sequence", flat=True)
            if last_round:
                return
            time.sleep(0.002)
    except Exception as error:  # said by the test
        failures.append(repr(error))
    finally:
        connection.close()


def _changes() -> int:
    from search.models import Change

    return Change.objects.count()


if __name__ == "__main__":
    main()
