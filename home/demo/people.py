"""People of the demonstration: invented, with their roles; without a password until somebody sets one."""

from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import transaction

from chapters.models import Chapter, Role, RoleAssignment
from chapters.roles import give_role


class DemoPerson(NamedTuple):
    """Who, and what they may do where."""

    username: str
    first_name: str
    last_name: str
    role: str
    chapter: str
    locales: tuple[str, ...] = ()


PEOPLE = (
    DemoPerson("staff", "Ines", "Marchetti", Role.STAFF, "world"),
    DemoPerson("moderator", "Salma", "Ferjani", Role.MODERATOR, "tn"),
    DemoPerson("editor", "Yassine", "Gharbi", Role.EDITOR, "tn"),
    DemoPerson("translator", "Hela", "Mansouri", Role.TRANSLATOR, "tn", ("ar",)),
    DemoPerson("officer", "Anis", "Jebali", Role.CASE_OFFICER, "tn"),
)


def load_people() -> int:
    """Make those who are missing and give them their roles, once: what has been ended since stays ended."""
    with transaction.atomic():
        return sum(_load(person) for person in PEOPLE)


def _load(person: DemoPerson) -> bool:
    users: Any = get_user_model().objects
    user = users.filter(username=person.username).first() or users.create_user(
        person.username,
        f"{person.username}@example.org",
        first_name=person.first_name,
        last_name=person.last_name,
    )
    chapter = Chapter.objects.get(code=person.chapter)
    if RoleAssignment.objects.filter(user=user, chapter=chapter, role=person.role).exists():
        return False
    give_role(user, person.role, chapter, by=None, locales=person.locales)
    return True
