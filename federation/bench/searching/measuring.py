"""Run in a process of its own: writes the entries, asks the engine, and prints what it took as JSON."""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Any

FACETS = ("type", "kind", "chapter", "country", "region", "theme", "locale", "year")
ROUNDS = 40
BATCH = 500


@dataclass(frozen=True, slots=True)
class Question:
    """Something readers ask, in so many forms; Wagtail's own search is asked the same words."""

    name: str
    words: list[str]
    pairs: tuple[tuple[str, str], ...] = tuple(("facets", name) for name in FACETS)
    locale: str = "en"


def main(size: int) -> None:
    """Migrate, write, measure."""
    import django

    django.setup()
    from django.core.management import call_command

    from search.engines import engine

    from .wagtails import prepare

    call_command("migrate", verbosity=0)
    note = prepare(size)
    written = timed(lambda: write(size))
    found = engine()
    rebuilt = timed(lambda: found.rebuild(lambda count: None))
    json.dump({**facts(), "written": written, "rebuilt": rebuilt, **measured(found, size, note)}, sys.stdout)


def timed(act: Callable[[], Any]) -> float:
    """Seconds that something takes."""
    before = time.perf_counter()
    act()
    return time.perf_counter() - before


def write(size: int) -> None:
    """All entries, by the register's own door."""
    from search import register

    from .invented import things

    rest = things(size)
    while batch := list(islice(rest, BATCH)):
        register.put(batch)


def facts() -> dict[str, Any]:
    """How many there are."""
    from search.models import Entry

    return {"entries": Entry.objects.count(), "things": Entry.objects.values("ref").distinct().count()}


def measured(engine: Any, size: int, note: str) -> dict[str, Any]:
    """What each question takes, and what publishing takes until it is found; why Wagtail's own was not asked."""
    asked = [{**_ask(engine, question), **_beside(question, note)} for question in questions(size)]
    return {
        "questions": [*asked, _suggest()],
        "publish": publish(engine),
        "size": engine.status().get("size", ""),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def questions(size: int) -> list[Question]:
    """What is asked; rare words are other ones each time, the common ones are few."""
    from .invented import EVERYWHERE, common_words, rare_word, vocabulary

    names = max(1, size // 12)
    english, french = vocabulary("en")[0], common_words("fr")
    middling = english[200 : 200 + ROUNDS]
    common = [word for lang in ("en", "fr", "es", "pt") for word in common_words(lang)]
    return [
        Question("rare word", [rare_word(number * names // ROUNDS) for number in range(ROUNDS)]),
        Question("word of middling frequency", middling),
        Question("word in most texts of a language", common),
        Question("two words and a filter", [f"{middling[n]} {common[0]}" for n in range(ROUNDS)], _filtered()),
        Question("phrase", [f'"{one} {other}"' for one, other in pairwise(french)]),
        Question("word in most entries of all", [EVERYWHERE]),
        Question("label of a tenth of them", ["Tunisia", "Morocco", "Egypt"]),
        Question("facets alone", [""]),
    ]


def _filtered() -> tuple[tuple[str, str], ...]:
    return (*Question("", []).pairs, ("country", "TN"), ("kind", "report"))


def _ask(engine: Any, question: Question) -> dict[str, Any]:
    from search import index
    from search.engines import SearchQuery
    from search.query import parse
    from search.words import read

    snapshot = index.current()
    base = SearchQuery(list=parse(question.pairs, snapshot), locale=question.locale)

    def ask(words: str) -> int:
        # Every question is a new one: nothing that was found before is remembered.
        snapshot.found.clear()
        return int(engine.search(replace(base, words=read(words))).count)

    return {"name": question.name, **_rounds(ask, question.words)}


def _suggest() -> dict[str, Any]:
    from search.suggesting import suggestions

    from .invented import vocabulary

    beginnings = [word[:length] for word in vocabulary("en")[0][50:70] for length in (2, 3, 4)]
    asked = _rounds(lambda text: len(suggestions(text, locale="en")), [*beginnings, "tunsia", "tortrue"])
    return {"name": "suggestions", **asked, "wagtail": None, "note": ""}


def _rounds(ask: Callable[[str], int], words: list[str]) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask(words[0])
    with CaptureQueriesContext(connection) as queries:
        found = ask(words[-1])
    took = []
    for number in range(max(ROUNDS, len(words))):
        word = words[number % len(words)]
        took.append(timed(lambda: ask(word)) * 1000)  # noqa: B023 - called at once
    took.sort()
    return {"found": found, "p50": took[len(took) // 2], "p99": took[int(len(took) * 0.99)], "queries": len(queries)}


def _beside(question: Question, note: str) -> dict[str, Any]:
    from .wagtails import measure

    if note or not question.words[0]:
        return {"wagtail": None, "note": note}
    return measure(question.words)


def publish(engine: Any) -> float:
    """Milliseconds from the start of a publication until the engine finds it."""
    from search import register
    from search.engines import SearchQuery
    from search.words import read

    from .invented import things

    took = []
    for number, thing in enumerate(islice(things(20), 10)):
        word = f"Quivatek{'bcdfghjklm'[number]}"
        version = replace(thing.versions[0], title=word, original=True)
        before = time.perf_counter()
        register.put([replace(thing, ref=f"new{number}", versions=(version,))])
        while engine.search(SearchQuery(words=read(word))).count == 0:
            _follow(engine)
        took.append((time.perf_counter() - before) * 1000)
    return sorted(took)[len(took) // 2]


def _follow(engine: Any) -> None:
    """What the worker does all the while."""
    if engine.name == "elasticsearch":
        from search.engines.elasticsearch.following import follow

        follow()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "federation.bench.settings")
    main(int(sys.argv[1]))
