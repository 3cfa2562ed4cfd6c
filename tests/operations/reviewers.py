"""Two moderators who decide about the same statements at the same moment, on one PostgreSQL database.

Prints as JSON what came of each statement: who was done with it, who was refused, how it stands.
"""

import json
import sys
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

ROUNDS = 4
PAIRS = (("approve", "approve"), ("approve", "return"), ("return", "return"))


def main() -> None:
    """Make a database with a federation, let them decide, drop it."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    connection.settings_dict["TEST"]["NAME"] = "test_federation_reviewers"
    made = setup_databases(verbosity=0, interactive=False, aliases=["default"], serialized_aliases=[])
    try:
        result = decide_at_once()
    finally:
        connection.close()
        teardown_databases(made, verbosity=0)
    json.dump(result, sys.stdout)


def decide_at_once() -> list[dict[str, Any]]:
    """Each pair of decisions, some rounds of it."""
    from tests.factories import make_federation, make_person

    make_federation()
    author = make_person("author", ("editor", "tn"))
    moderators = [make_person(name, ("moderator", "tn")) for name in ("first", "second")]
    return [_decided(pair, author, moderators) for pair in PAIRS for _round in range(ROUNDS)]


def _decided(pair: tuple[str, str], author: Any, moderators: list[Any]) -> dict[str, Any]:
    from chapters.moderation.approval import ensure_workflow
    from tests.factories import make_statement

    item = make_statement(live=False)
    item.save_revision(user=author)
    state = ensure_workflow().start(item, author)
    said: list[tuple[str, str]] = []
    together = Barrier(2)
    threads = [
        Thread(target=_decide, args=(decision, moderator, item.pk, together, said.append))
        for decision, moderator in zip(pair, moderators, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    item.refresh_from_db()
    state.refresh_from_db()
    return {
        "pair": pair,
        "done": [decision for decision, came in said if came == "done"],
        "refused": [came for _decision, came in said if came != "done"],
        "live": item.live,
        "review": state.status,
    }


def _decide(decision: str, moderator: Any, pk: int, together: Barrier, say: Callable[[tuple[str, str]], None]) -> None:
    """By the row as this one has opened it, when the other has opened it too."""
    from django.db import connection

    from cases.models import Statement
    from chapters.moderation.reviewing import Refused, approve, fingerprint, give_back

    try:
        row = Statement.objects.get(pk=pk)
        reviewed = fingerprint(row.latest_revision)
        together.wait(timeout=60)
        if decision == "approve":
            approve(row, user=moderator, reviewed=reviewed)
        else:
            give_back(row, user=moderator, reviewed=reviewed, comment="Not yet.")
        say((decision, "done"))
    except Refused as refused:
        say((decision, str(refused)))
    except Exception as error:  # said by the test
        say((decision, repr(error)))
    finally:
        connection.close()


if __name__ == "__main__":
    main()
