"""The table of the walk (outcomes.txt): what each role gets of each request."""

from pathlib import Path

from .walker import Answer

FILE = Path(__file__).with_name("outcomes.txt")
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


def outcome(answer: Answer) -> str:
    """A status, "home" for being sent to the first page of the admin; with "*" where something was written."""
    said = "home" if answer.location == "/admin/" and not answer.wrote else str(answer.status)
    return said + "*" * bool(answer.wrote)


def expected(role: str) -> dict[tuple[str, str], str]:
    """(request, thing) -> what this role gets of it."""
    column = list(ROLES).index(role)
    table = {}
    for line in FILE.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        request, things, *outcomes = (part.strip() for part in line.split("|"))
        for thing in things.split():
            table[request, thing] = outcomes[0].split()[column]
    return table
