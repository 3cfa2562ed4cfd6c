"""The same filtered list has the same items and counts in entries, typed lists, pages and facets: over many filters."""

import json
import random
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.factories import make_article, make_case, make_event, make_statement, translate

pytestmark = pytest.mark.django_db

TYPES = ("case", "statement", "article", "event")
FACETS = ("kind", "chapter", "owner", "country", "region", "theme", "year", "locale")
CHOICES: dict[str, list[str]] = {
    "kind": ["report", "statement", "news", "event", "case"],
    "chapter": ["world", "mena", "maghreb", "tn", "mr", "fr"],
    "owner": ["tn", "fr", "mena"],
    "country": ["TN", "MR", "FR", "global"],
    "region": ["mena", "maghreb", "m49-europe", "none"],
    "theme": ["torture", "life-and-integrity", "press-freedom", "none"],
    "year": ["2014", "2015", "2016"],
    "locale": ["en", "fr", "ar"],
    "fallback": ["fr", "*"],
    "date_from": ["2015-06-15"],
    "date_to": ["2015-11-20"],
    "q": ["a", "tunisia"],
}


@pytest.fixture
def things(federation: object) -> None:
    """Things of every type, with and without countries, of several chapters, years, precisions and languages."""
    draw = random.Random(1)
    for number in range(24):
        make = draw.choice([make_case, make_statement, make_article, make_event])
        chapter, lang = draw.choice([("tn", "en"), ("tn", "fr"), ("mena", "en"), ("fr", "fr")])
        day = draw.choice(["2014", "2015-11", "2015-06-14", "2015-11-24", "2016-01-01"])
        facts: dict[str, Any] = {"listed_on" if make in (make_article, make_event) else "dated": day}
        if make is make_statement:
            facts["kind_id"] = draw.choice(["statement", "report"])
        countries = draw.sample(["TN", "MR", "FR"], draw.randint(0, 2))
        themes = draw.sample(["torture", "press-freedom"], draw.randint(0, 2))
        item = make(chapter=chapter, lang=lang, title=f"Number {number}", countries=countries, themes=themes, **facts)
        if chapter == "tn" and draw.random() < 0.5:
            translate(item, "ar")


def fetch(client: Client, path: str, pairs: list[tuple[str, str]]) -> Any:
    response = client.get(f"/api/v3/{path}/?{urlencode(pairs)}")
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def random_filters(draw: random.Random) -> list[tuple[str, str]]:
    names = draw.sample(sorted(CHOICES), draw.randint(0, 3))
    several = {"kind", "chapter", "country", "theme", "year"}
    return [
        (name, value)
        for name in names
        for value in draw.sample(CHOICES[name], min(len(CHOICES[name]), draw.randint(1, 2) if name in several else 1))
    ]


def test_lists_pages_and_facets_agree(client: Client, things: None) -> None:
    draw = random.Random(2)
    for _ in range(120):
        filters = random_filters(draw)
        type_name = draw.choice(TYPES)
        whole = fetch(client, "entries", [*filters, ("type", type_name), ("limit", "100")])
        typed = fetch(client, f"{type_name}s", [*filters, ("limit", "100"), ("order", "-date")])
        refs = [item["ref"] for item in whole["items"]]
        assert refs == [item["ref"] for item in typed["items"]], filters
        assert len(refs) == len(set(refs)) == whole["count"] == typed["count"], filters
        paged = [
            item["ref"]
            for start in range(0, whole["count"], 4)
            for item in fetch(
                client, "entries", [*filters, ("type", type_name), ("limit", "4"), ("offset", str(start))]
            )["items"]
        ]
        assert paged == refs, filters


def test_a_facets_count_is_what_a_click_yields(client: Client, things: None) -> None:
    draw = random.Random(3)
    for _ in range(40):
        filters = random_filters(draw)
        name = draw.choice(FACETS)
        rows = fetch(client, "entries", [*filters, ("facets", name), ("limit", "1")])["facets"][name]
        others = [(n, v) for n, v in filters if n != name and not (name == "locale" and n == "fallback")]
        for row in draw.sample(rows, min(3, len(rows))):
            clicked = fetch(client, "entries", [*others, (name, row["value"]), ("limit", "1")])
            assert clicked["count"] == row["count"], (filters, name, row)
