"""The table of the walk (outcomes.txt): what each role gets of each request.

A new address is a new row. `WALK_NOTES=1 pytest tests/rights/test_walk.py` notes what every role gets, and
`python -m tests.rights.outcomes` writes the table anew from that: read what has changed in it before it is committed.
"""

import json
import os
from pathlib import Path

FILE = Path(__file__).with_name("outcomes.txt")
NOTES = Path(__file__).parents[2] / "var" / "walk"
# The table's columns. First those who work elsewhere, then the federation's own, then the owner's people.
ROLES: dict[str, tuple] = {
    "editor elsewhere": ("editor", "fr"),
    "moderator elsewhere": ("moderator", "fr"),
    "translator elsewhere": ("translator", "fr", {"locales": ["fr", "en"]}),
    "auditor": ("auditor", "world"),
    "staff": ("staff", "world"),
    "editor": ("editor", "tn"),
    "moderator": ("moderator", "tn"),
    "translator": ("translator", "tn", {"locales": ["fr"]}),
    "case officer": ("case-officer", "tn"),
}
STRANGERS = ("editor elsewhere", "moderator elsewhere", "translator elsewhere", "auditor")
# (request, thing) -> what a role gets of it
Column = dict[tuple[str, str], str]


def expected(role: str) -> Column:
    """What the table says of a role."""
    place = list(ROLES).index(role)
    table = {}
    for line in FILE.read_text().splitlines():
        if line and not line.startswith("#"):
            request, things, outcomes = (part.strip() for part in line.split("|"))
            table |= {(request, thing): outcomes.split()[place] for thing in things.split()}
    return table


def note(role: str, found: Column) -> None:
    """Keep what a role got, for the table to be written from, where that is asked for."""
    if os.environ.get("WALK_NOTES"):
        NOTES.mkdir(parents=True, exist_ok=True)
        rows = [[*key, outcome] for key, outcome in found.items()]
        (NOTES / f"{role}.json").write_text(json.dumps(rows))


def write_table() -> None:
    """From the notes of all roles; things that all roles get the same of share a row."""
    noted = [json.loads((NOTES / f"{role}.json").read_text()) for role in ROLES]
    rows: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for same in zip(*noted, strict=True):
        rows.setdefault((same[0][0], tuple(row[2] for row in same)), []).append(same[0][1])
    wide, things_wide = max(len(key[0]) for key in rows), max(len(" ".join(things)) for things in rows.values())
    head = [line for line in FILE.read_text().splitlines() if line.startswith("#")]
    lines = [
        f"{request:<{wide}} | {' '.join(things):<{things_wide}} | {_in_groups(outcomes)}"
        for (request, outcomes), things in rows.items()
    ]
    FILE.write_text("\n".join([*head, *lines]) + "\n")


def _in_groups(outcomes: tuple[str, ...]) -> str:
    elsewhere, federation, own = outcomes[:3], outcomes[3:5], outcomes[5:]
    return "  ".join(" ".join(f"{one:<4}" for one in group) for group in (elsewhere, federation, own)).rstrip()


if __name__ == "__main__":
    write_table()
