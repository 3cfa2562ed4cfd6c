"""What opening a chapter would make, said before it is done; and the code that its name proposes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from anyascii import anyascii
from django.core.validators import validate_email

from .models import Chapter
from .opening import SECTIONS, country_codes, described_chapter, home_of
from .provisioning import group_names
from .validators import RESERVED

LONGEST_CODE = 32


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page that would be made."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that opening a chapter would make."""

    chapter: Chapter
    pages: dict[str, list[PlannedPage]]
    groups: list[str]
    collection: str
    moderator: str

    @property
    def number_of_pages(self) -> int:
        """In all languages together."""
        return sum(len(pages) for pages in self.pages.values())


def plan_chapter(
    code: str,
    *,
    names: dict[str, str],
    level: str,
    parent: str,
    languages: Iterable[str],
    countries: Iterable[str] = (),
    moderator: str = "",
) -> Plan:
    """What `open_chapter` would make of the same arguments; nothing is written.

    Raises ValidationError with a sentence for each wrong argument.
    """
    chapter = described_chapter(code, names, level, parent, list(languages))
    country_codes(countries)
    if moderator:
        validate_email(moderator)
    return Plan(
        chapter=chapter,
        pages={language: _pages(chapter, language) for language in chapter.languages},
        groups=group_names(chapter),
        collection=chapter.code,
        moderator=moderator,
    )


def _pages(chapter: Chapter, language: str) -> list[PlannedPage]:
    front = f"{home_of(language).url or '/'}{chapter.code}/"
    sections = [PlannedPage(titles.get(language, titles["en"]), f"{front}{slug}/") for _model, slug, titles in SECTIONS]
    return [PlannedPage(chapter.name(language), front), *sections]


def propose_code(names: dict[str, str], countries: Iterable[str] = ()) -> str:
    """A code that is free: that of the only country, else the name in Latin letters; "" when no name has any.

    ValidationError when a country is none.
    """
    codes = country_codes(countries)
    wishes = [code.lower() for code in codes if len(codes) == 1]
    wishes += [_in_latin(name) for name in (names.get("en", ""), *names.values()) if name]
    taken = {*RESERVED, *Chapter.objects.values_list("code", flat=True)}
    wishes = [wish for wish in wishes if len(wish) > 1 and wish[0].isalpha()]
    numbered = (f"{wish}-{number}" for wish in wishes[-1:] for number in range(2, 100))
    return next((wish for wish in (*wishes, *numbered) if wish not in taken), "")


def _in_latin(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", anyascii(name).lower().replace("'", ""))
    code = ""
    for word in words:
        if len(code) + len(word) >= LONGEST_CODE - 3:
            break
        code = f"{code}-{word}" if code else word
    return code
