"""A filtered list has the same items and counts on page, map, archive, feeds, API and facets: over many filters."""

import random
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from search import register
from search.feeds.tombstones import entry_id

from .invented import KINDS, published
from .machines import path_of, walked
from .pages import look

pytestmark = pytest.mark.django_db

Pairs = list[tuple[str, str]]

NEWS = [("type", name) for name in ("statement", "case", "article", "event")]
# Address of the page -> the list of the API, and the feed's parameters beside the filters.
LISTS: dict[str, tuple[str, Pairs]] = {
    "all": ("entries", []),
    "statements": ("statements", [("type", "statement")]),
    "cases": ("cases", [("type", "case")]),
    "events": ("events", [("type", "event")]),
    "countries/TN": ("entries", [("country", "TN")]),
    "themes/torture": ("entries", [("theme", "torture")]),
}
CHOICES: dict[str, list[str]] = {
    "kind": [kind for kinds in KINDS.values() for kind in kinds],
    "chapter": ["world", "mena", "maghreb", "tn", "fr"],
    "owner": ["tn", "fr", "mena"],
    "country": ["TN", "MR", "KR", "CD", "global"],
    "region": ["mena", "maghreb", "m49-europe"],
    "theme": ["torture", "life-and-integrity", "press-freedom"],
    "year": ["2012", "2013", "2015"],
    "locale": ["en", "fr", "ar", "ru"],
    "date_from": ["2012-06-15"],
    "date_to": ["2014-11-20"],
    "q": ["court", "harbour clinic", "حرية"],
    "new": ["true"],
}
SEVERAL = {"kind", "chapter", "country", "theme", "year", "locale"}
DATES = {"year", "date_from", "date_to"}


@pytest.fixture
def things(federation: object) -> None:
    """Four types, many countries, themes, chapters, dates of every precision, four languages."""
    register.put(published(60))


def random_filters(draw: random.Random) -> Pairs:
    names = draw.sample(sorted(CHOICES), draw.choice((0, 1, 1, 2, 2, 3)))
    pairs = [
        (name, value)
        for name in names
        for value in draw.sample(CHOICES[name], draw.randint(1, 2) if name in SEVERAL else 1)
    ]
    return [*pairs, ("as_of", "2014-05-05")] if "new" in names else pairs


def asked_of_the_api(client: Client, path: str, lang: str, pairs: Pairs, *facets: str) -> Any:
    """The list that a page shows, as the API has it."""
    endpoint, fixed = LISTS[path]
    languages = [] if any(name == "locale" for name, _ in pairs) else [("locale", lang), ("fallback", "*")]
    types = NEWS if endpoint == "entries" else []
    fixed = fixed if endpoint == "entries" else []
    asked = [*pairs, *fixed, *types, *languages, ("limit", "100"), *(("facets", name) for name in facets)]
    response = client.get(f"/api/v3/{endpoint}/?{urlencode(asked)}")
    assert response.status_code == 200, response.content
    return response.json()


def rows_of(client: Client, path: str) -> tuple[list[str], int]:
    """Addresses of all rows of a listing, page by page, and the total that each page tells."""
    found: list[str] = []
    totals = set()
    while path:
        page = look(client, path)
        assert page.status == 200
        found += page.links(".results .rows h2 a")
        totals.add(page.count[2])
        onwards = page.links(".paging [rel=next]")
        path = onwards[0] if onwards else ""
    assert len(totals) == 1
    return found, totals.pop()


def numbers(html: BeautifulSoup, selector: str) -> dict[str, int]:
    """Words -> number of every element: a link or heading with a number beside it."""
    counts = {}
    for found in html.select(selector):
        words, number = found.select_one(":scope > a, :scope > th"), found.select_one(":scope > small, :scope > td")
        assert words and number
        counts[words.get_text(" ", strip=True)] = int(number.text)
    return counts


def counted(rows: list[dict[str, Any]], key: str = "label") -> dict[str, int]:
    """The same of a facet."""
    return {row[key]: row["count"] for row in rows}


@pytest.mark.parametrize("seed", range(8))
def test_page_map_archive_feeds_api_and_facets_agree(client: Client, things: None, seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(4):
        path, lang, filters = draw.choice(list(LISTS)), draw.choice(("en", "fr")), random_filters(draw)
        if "/" in path:
            filters = [pair for pair in filters if pair[0] != LISTS[path][1][0][0]]
        said = f"/{lang}/{path}/?{urlencode(filters)}"
        wanted = asked_of_the_api(client, path, lang, filters, "country", "kind", "locale")
        items = [path_of(item["url"]) for item in wanted["items"]]

        shown, total = rows_of(client, said)
        assert (shown, total) == (items, wanted["count"]), said

        ids = sorted(entry_id(item["ref"], item["locale"]) for item in wanted["items"])
        form = draw.choice(("atom", "rss", "json"))
        feed = f"/{lang}/feed.{form}?{urlencode([*LISTS[path][1], *filters, ('limit', '23')])}"
        assert sorted(found for found, _ in walked(client, feed, form)) == ids, feed

        page = look(client, f"{said}&view=map").html
        if not path.startswith("countries"):
            countries = counted(wanted["facets"]["country"])
            assert numbers(page, ".map tbody tr") == countries, said
            circles = {
                title.text.rsplit(": ", 1)[0]: int(title.text.rsplit(": ", 1)[1]) for title in page.select(".map title")
            }
            assert circles.items() <= countries.items(), said

        undated = [pair for pair in filters if pair[0] not in DATES]
        years = asked_of_the_api(client, path, lang, undated, "year")["facets"]["year"]
        assert numbers(page, ".archive > ul > li") == counted(years, "value"), said

        listed = look(client, said).html
        for name, rows in wanted["facets"].items():
            boxes = {
                str(box["value"]): int(box.parent.small.text)  # type: ignore[union-attr]
                for box in listed.select(f"#filters input[type=checkbox][name={name}]")
            }
            there = counted(rows, "value")
            assert {value: count for value, count in boxes.items() if count} in (there, {}), (said, name)
