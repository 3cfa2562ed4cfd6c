"""Facets: what each value counts is what a reader finds who chooses it."""

import random
from typing import Any

import pytest
from django.db import connection

from search import index
from search.listing import list_things
from search.query import parse
from tests.search.generated import CHAPTERS, COUNTRIES, KINDS, LANGUAGES, THEMES, WORDS, things

from .shelf import Shelf, note

pytestmark = pytest.mark.django_db

FACETS = ("type", "kind", "chapter", "owner", "country", "region", "theme", "locale", "year")
CHOICES: dict[str, tuple[str, ...]] = {
    "type": ("note", "meeting"),
    "kind": KINDS,
    "chapter": (*CHAPTERS, "maghreb"),
    "owner": tuple(CHAPTERS),
    "country": (*COUNTRIES, "global"),
    "region": ("mena", "maghreb", "m49-europe", "none"),
    "theme": (*THEMES, "life-and-integrity", "none"),
    "year": ("2012", "2013", "2014", "2015"),
    "locale": LANGUAGES,
    "fallback": ("*", "fr"),
    "date_from": ("2013-06-15",),
    "date_to": ("2014-11-20",),
}
ONCE = {"date_from", "date_to", "fallback"}
Pairs = list[tuple[str, str]]


def _draw_filters(draw: random.Random) -> Pairs:
    return [
        (name, value)
        for name in draw.sample(sorted(CHOICES), draw.randint(0, 3))
        for value in draw.sample(CHOICES[name], 1 if name in ONCE else draw.randint(1, 2))
    ]


def _draw_words(draw: random.Random) -> str:
    one, other = draw.sample(WORDS, 2)
    forms = ("", "", one, f"{one} {other}", f"{one} -{other}", f'"{one} {other}"', f"{one[:3]}*", f"-{one}")
    return draw.choice(forms)


def test_a_count_is_what_a_click_yields_in_search_and_in_lists(shelf: Shelf) -> None:
    shelf.put(*things(150))
    draw = random.Random(1)
    for _ in range(500 if connection.vendor == "sqlite" and shelf.engine.name == "database" else 100):
        words, filters, name = _draw_words(draw), _draw_filters(draw), draw.choice(FACETS)
        rows = shelf.search(words, pairs=[*filters, ("facets", name), ("limit", "1")]).facets[name]
        assert all(row["count"] for row in rows)
        own = {"locale": {"locale", "fallback"}}.get(name, {name})
        others = [(n, v) for n, v in filters if n not in own]
        for row in draw.sample(rows, min(1, len(rows))):
            clicked = [*others, (name, row["value"])]
            found = shelf.search(words, pairs=[*clicked, ("limit", "1")])
            listed = list_things(parse([*clicked, ("q", words), ("limit", "1")], index.current()))
            assert found.count == listed.count == row["count"], (words, filters, name, row)


def test_several_values_of_a_facet_are_alternatives_and_none_is_cut_off(shelf: Shelf) -> None:
    shelf.put(
        note("aa22", {"en": "A clinic"}, countries=("TN",)),
        note("bb33", {"en": "A clinic"}, countries=("MR", "TN")),
        note("cc44", {"en": "A clinic"}),
        *(note(f"r{year}", {"en": "A clinic"}, date=_day(year), countries=("FR",)) for year in range(1970, 2010)),
    )
    chosen = [("country", "TN"), ("country", "global")]
    found = shelf.search("clinic", pairs=[*chosen, ("facets", "country"), ("facets", "year")])
    assert sorted(hit.ref for hit in found.hits) == ["aa22", "bb33", "cc44"]
    assert {row["value"]: row["count"] for row in found.facets["country"]} == {"FR": 40, "TN": 2, "MR": 1, "global": 1}
    assert {row["value"]: row["count"] for row in found.facets["year"]} == {"2015": 3}
    assert len(shelf.search("clinic", pairs=[("facets", "year")]).facets["year"]) == 41


def test_facets_speak_the_readers_language(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "A clinic"}, countries=("TN",)))
    (row,) = shelf.search("clinic", pairs=[("facets", "country")], locale="ar").facets["country"]
    assert (row["value"], row["label"], row["count"]) == ("TN", "تونس", 1)


def _day(year: int) -> Any:
    from datetime import date

    return date(year, 5, 4)


def test_what_has_no_theme_or_region_is_counted_and_found_as_such(shelf: Shelf) -> None:
    shelf.put(
        note("aa22", {"en": "A clinic"}, countries=("TN",), themes=("torture",)),
        note("bb33", {"en": "A clinic"}, themes=()),
        note("cc44", {"en": "A clinic"}, countries=("FR",), themes=()),
    )
    found = shelf.search(
        "clinic", pairs=[("facets", "theme"), ("facets", "region"), ("locale", "fr"), ("fallback", "*")]
    )
    rows = {name: [row for row in found.facets[name] if row["value"] == "none"] for name in ("theme", "region")}
    assert rows == {
        "theme": [{"value": "none", "label": "Sans thème", "count": 2}],
        "region": [{"value": "none", "label": "Sans région", "count": 1}],
    }
    assert shelf.refs("clinic", pairs=[("theme", "none")]) == ["cc44", "bb33"]
    assert shelf.refs("clinic", pairs=[("theme", "none"), ("region", "none")]) == ["bb33"]
