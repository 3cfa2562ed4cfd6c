"""On a real server: Elasticsearch answers as the database does, to the last count."""

from random import Random
from typing import Any

import pytest

from search import index
from search.engines import Found, SearchQuery
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch import ElasticsearchEngine
from search.query import parse
from search.words import read
from tests.operations.servers import needs_elasticsearch
from tests.search.contract.conftest import index_name as index_name
from tests.search.contract.conftest import served as served
from tests.search.contract.shelf import FollowedShelf
from tests.search.generated import CHAPTERS, COUNTRIES, KINDS, THEMES, WORDS, ref_of, things

pytestmark = [*needs_elasticsearch, pytest.mark.django_db]

FACETS = ("type", "kind", "chapter", "owner", "country", "region", "theme", "year", "locale")
CHOICES = {
    "type": ("note", "meeting"),
    "kind": KINDS,
    "chapter": tuple(CHAPTERS),
    "country": (*COUNTRIES, "global"),
    "theme": (*THEMES, "none"),
    "region": ("mena", "none"),
    "year": ("2012", "2013", "2014", "2015"),
    "locale": ("fr", "ar", "ru"),
    "fallback": ("*", "en"),
    "date_from": ("2013-06-15", "2014-02-01"),
    "date_to": ("2015-06-15", "2014-12-31"),
}
SINGLE = {"date_from", "date_to"}


@pytest.fixture
def shelf(content: Any, served: None) -> FollowedShelf:
    """150 things in several languages."""
    shelf = FollowedShelf(ElasticsearchEngine(), content)
    shelf.put(*things(150, seed=7))
    return shelf


def random_filters(random: Random) -> list[tuple[str, str]]:
    names = random.sample(sorted(CHOICES), random.randint(0, 3))
    return [
        (name, value)
        for name in names
        for value in random.sample(CHOICES[name], 1 if name in SINGLE else random.randint(1, 2))
    ]


def random_words(random: Random) -> str:
    return " ".join(random.choice(("", "", "-")) + word for word in random.sample(WORDS, random.choice((0, 1, 1, 2))))


def answer(found: Found) -> tuple[int, list[tuple[str, str]], dict[str, Any]]:
    return found.count, [(hit.ref, hit.locale) for hit in found.hits], found.facets


def test_100_random_searches_have_the_results_order_and_facets_of_the_database(shelf: FollowedShelf) -> None:
    random, database = Random(11), DatabaseEngine()
    for _ in range(100):
        filters, words = random_filters(random), random_words(random)
        pairs = [*filters, *(("facets", name) for name in FACETS), ("limit", "30"), ("offset", random.choice("0005"))]
        query = SearchQuery(
            words=read(words),
            list=parse(pairs, index.current()),
            locale=random.choice(("en", "fr", "ar")),
            order=random.choice(("relevance", "relevance", "-date", "date")),
        )
        found = shelf.engine.search(query)
        assert not found.degraded
        assert answer(found) == answer(database.search(query)), (words, pairs, query.locale, query.order)


def test_a_facets_count_is_what_a_click_yields_for_100_random_filters(shelf: FollowedShelf) -> None:
    random = Random(12)
    for _ in range(100):
        filters, words, name = random_filters(random), random_words(random), random.choice(FACETS)
        rows = shelf.search(words, pairs=[*filters, ("facets", name), ("limit", "1")]).facets[name]
        others = [(n, v) for n, v in filters if n != name and not (name == "locale" and n == "fallback")]
        for row in random.sample(rows, min(2, len(rows))):
            clicked = shelf.search(words, pairs=[*others, (name, row["value"]), ("limit", "1")])
            assert clicked.count == row["count"], (words, filters, name, row)


def test_what_is_withdrawn_while_the_index_lags_is_not_shown_and_not_counted(shelf: FollowedShelf) -> None:
    pairs = [("facets", "type"), ("facets", "year"), ("limit", "100")]
    before = shelf.search(pairs=pairs)
    gone = {ref_of(number) for number in range(0, 150, 3)}
    shelf.withdraw(*gone, settle=False)
    behind = shelf.search(pairs=pairs)
    database = DatabaseEngine().search(SearchQuery(list=parse(pairs, index.current())))
    assert (before.count, behind.count) == (150, 100)
    assert answer(behind) == answer(database)
    assert gone & {hit.ref for hit in behind.hits} == set()
    shelf.settle()
    assert answer(shelf.search(pairs=pairs)) == answer(database)
