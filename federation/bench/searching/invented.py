"""Invented entries in six languages, for the benchmark of the search: any number, always the same.

Words are invented too, a few thousand in each language, as unevenly common as words are; a few of them stand in most
texts, and one in only a dozen of all.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random

from federation.vocabulary.models import Theme
from search.things import Thing, Version

LANGUAGES = ("en", "fr", "es", "ar", "pt", "ru")
_LATIN = [first + second for first in "bcdfglmnprstv" for second in "aeiou"]
_ARABIC = [first + second for first in "بتجدرزسشعفقكلمنه" for second in "اوي"]
_RUSSIAN = [first + second for first in "бвгдзклмнпрстх" for second in "аеиоу"]
_SYLLABLES = {"ar": _ARABIC, "ru": _RUSSIAN}
WORDS, IN_TEXT = 6_000, 220
# In so large a part of all texts of its language each common word stands.
SHARE, COMMON = 0.7, 6
# A name that stands in so many texts of every language.
EVERYWHERE = "Zanatava"
CHAPTERS = {
    "tn": "maghreb",
    "mr": "maghreb",
    "ma": "maghreb",
    "maghreb": "mena",
    "mena": "world",
    "fr": "world",
    "world": "",
}
COUNTRIES = ("TN", "MR", "MA", "DZ", "FR", "EG", "BR", "MX", "KZ", "UA")
KINDS = ("statement", "report", "open-letter", "press-release", "news", "urgent-intervention")
LAST_DAY = datetime(2026, 6, 30, 12, tzinfo=UTC)


@cache
def vocabulary(lang: str) -> tuple[list[str], list[float]]:
    """Words of a language, the most common first, with their running weights."""
    random = Random(lang)  # noqa: S311 - invented text
    syllables = _SYLLABLES.get(lang, _LATIN)
    words = list(dict.fromkeys("".join(random.choices(syllables, k=random.randint(2, 4))) for _ in range(2 * WORDS)))
    total, weights = 0.0, []
    for place in range(WORDS):
        total += 1 / (place + 10)
        weights.append(total)
    return words[:WORDS], weights


def common_words(lang: str) -> list[str]:
    """Words that stand in most texts of a language."""
    return vocabulary(lang)[0][:COMMON]


def rare_word(number: int) -> str:
    """A name that stands in a dozen entries of all languages; there are as many names as are needed for that."""
    return f"Zor{_LATIN[number % 65]}{_LATIN[number // 65 % 65]}{_LATIN[number // 4225 % 65]}k"


def things(entries: int) -> Iterator[Thing]:
    """Things with so many entries between them: two of five have a translation."""
    themes = list(Theme.objects.order_by("slug").values_list("slug", flat=True)[:30])
    made = number = 0
    while made < entries:
        thing = _thing(number, themes, entries)
        made, number = made + len(thing.versions), number + 1
        yield thing


def _thing(number: int, themes: list[str], entries: int) -> Thing:
    random = Random(number)  # noqa: S311 - invented text
    day = LAST_DAY - timedelta(hours=number)
    owner = random.choice([*CHAPTERS])
    locales = random.sample(LANGUAGES, 2 if number % 5 < 2 else 1)
    return Thing(
        type="article",
        ref=f"s{number:08}",
        kind=random.choice(KINDS),
        date=day.date(),
        owner=owner,
        chapters=tuple(_upwards(owner)),
        countries=tuple(random.sample(COUNTRIES, random.choice((0, 1, 1, 1, 2)))),
        themes=tuple(random.sample(themes, random.choice((0, 1, 1, 2)))),
        versions=tuple(
            _version(number, lang, owner, day, random, original=lang == locales[0], names=max(1, entries // 12))
            for lang in locales
        ),
    )


def _upwards(chapter: str) -> Iterator[str]:
    while chapter:
        yield chapter
        chapter = CHAPTERS[chapter]


def _version(
    number: int, lang: str, owner: str, day: datetime, random: Random, *, original: bool, names: int
) -> Version:
    words, weights = vocabulary(lang)

    def some(count: int) -> list[str]:
        return random.choices(words, cum_weights=weights, k=count)

    body = [word for word in some(IN_TEXT) if word not in common_words(lang)]
    frequent = [one for one in (*common_words(lang), EVERYWHERE) if random.random() < SHARE]
    for word in (*frequent, rare_word(random.randrange(names))):
        body.insert(random.randrange(len(body)), word)
    text = " ".join(body).capitalize() + "."
    return Version(
        locale=lang,
        title=" ".join(some(7)).capitalize(),
        summary=" ".join(some(18)).capitalize() + ".",
        text=text,
        path=f"/{lang}/articles/{number}/",
        original=original,
        published_at=day,
        updated_at=day,
        owner={"code": owner, "label": owner.title()},
        document={"body": [{"type": "paragraph", "html": f"<p>{text}</p>"}], "related": []},
    )
