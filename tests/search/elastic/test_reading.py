"""Readers get an answer at once, of Elasticsearch or of the database, and never what was withdrawn."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from search.engines import SearchQuery
from search.engines.elasticsearch import connection, reading
from search.models import Follower
from search.words import read
from tests.search.contract.shelf import Shelf, note
from tests.search.elastic.network import Network
from tests.search.elastic.test_following import ALIAS, catch_up

pytestmark = pytest.mark.django_db


def searches(network: Network) -> list[Any]:
    """What readers asked the index."""
    return [lines[0] for _, path, lines in network.asked if path.endswith("_search") and "query" in lines[0]]


@pytest.fixture
def letters(shelf: Shelf, network: Network) -> Shelf:
    """Two notes that the index has."""
    shelf.put(note("aa22", {"en": "Letter"}), note("bb22", {"en": "Letter about a boat"}))
    catch_up()
    network.asked.clear()
    return shelf


def test_index_answers(letters: Shelf, network: Network) -> None:
    found = letters.search("letter")
    assert (found.degraded, found.count, [hit.ref for hit in found.hits]) == (False, 2, ["aa22", "bb22"])
    assert len(searches(network)) == 1


@pytest.mark.parametrize("failure", ["down", "slow", "failing"])
def test_database_answers_for_a_server_that_fails_and_says_so(letters: Shelf, network: Network, failure: str) -> None:
    network.failure = failure
    found = letters.search("boat")
    assert (found.degraded, [hit.ref for hit in found.hits]) == (True, ["bb22"])


def test_reader_waits_less_than_a_second(letters: Shelf, network: Network) -> None:
    network.timeouts.clear()
    letters.search("letter")
    assert network.timeouts == [connection.READ_TIMEOUT]
    assert connection.READ_TIMEOUT < 0.75


def test_server_that_failed_is_left_alone_for_a_while_then_one_reader_tries(
    letters: Shelf, network: Network, monkeypatch: Any
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(connection.time, "monotonic", lambda: clock[0])
    network.failure = "slow"
    network.asked.clear()
    asked = []
    for seconds in (0, 1, connection.REST, 1, connection.REST):
        clock[0] += seconds
        letters.search("letter")
        asked.append(len(searches(network)))
    assert asked == [1, 1, 2, 2, 3]
    network.failure = ""
    assert letters.search("letter").degraded
    clock[0] += connection.REST
    assert [letters.search("letter").degraded for _ in range(2)] == [False, False]


def test_what_was_withdrawn_or_written_anew_is_left_out_until_the_index_has_followed(
    letters: Shelf, network: Network
) -> None:
    letters.withdraw("aa22")
    letters.put(note("bb22", {"en": "Initials only"}), note("cc22", {"en": "Letter"}))
    found = letters.search("letter")
    assert (found.degraded, found.count, found.hits) == (False, 0, [])
    assert searches(network)[-1]["query"]["bool"]["must_not"] == [{"ids": {"values": ["aa22", "bb22", "cc22"]}}]
    catch_up()
    assert letters.search("letter").count == 2  # the network finds everything: bb22, cc22
    assert searches(network)[-1]["query"]["bool"].get("must_not", []) == []


def test_what_ends_by_the_clock_is_left_out_at_its_moment(shelf: Shelf, network: Network, monkeypatch: Any) -> None:
    ends = timezone.now() + timedelta(seconds=30)
    shelf.put(note("aa22", {"en": {"title": "Letter", "visible_until": ends}}))
    catch_up()
    assert shelf.search("letter").count == 1
    monkeypatch.setattr(timezone, "now", lambda: ends)
    found = shelf.search("letter")
    assert (found.degraded, found.count) == (False, 0)


def test_above_a_thousand_changes_the_database_answers(letters: Shelf, network: Network, monkeypatch: Any) -> None:
    assert reading.MOST_CHANGES == 1000
    monkeypatch.setattr(reading, "MOST_CHANGES", 2)
    letters.put(note("cc22", {"en": "Letter"}), note("dd22", {"en": "Letter"}))
    assert not letters.search("letter").degraded
    letters.put(note("ff22", {"en": "Letter"}))
    found = letters.search("letter")
    assert (found.degraded, found.count) == (True, 5)


def test_index_that_has_been_behind_for_a_minute_is_not_asked(
    letters: Shelf, network: Network, monkeypatch: Any
) -> None:
    letters.withdraw("aa22")
    assert not letters.search("letter").degraded
    later = timezone.now() + timedelta(seconds=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    found = letters.search("letter")
    assert (found.degraded, [hit.ref for hit in found.hits]) == (True, ["bb22"])


def test_index_of_another_pattern_is_not_asked(letters: Shelf, network: Network) -> None:
    Follower.objects.filter(name=ALIAS).update(pattern="older")
    assert letters.search("letter").degraded


def test_what_the_register_does_not_know_is_not_shown_and_not_counted(letters: Shelf, network: Network) -> None:
    ((_, stored),) = network.indexes.items()
    stored["never22"] = stored["aa22"]
    found = letters.search("letter")
    assert (found.degraded, found.count, [hit.ref for hit in found.hits]) == (True, 2, ["aa22", "bb22"])


def test_words_are_written_nowhere_when_the_server_fails(letters: Shelf, network: Network, caplog: Any) -> None:
    with caplog.at_level("INFO"):
        for network.failure in ("failing", "slow", "down"):
            connection.server().breaker.succeeded()
            letters.search("Amina Testcase")
    assert "Amina" not in caplog.text


def test_search_takes_three_queries_and_four_while_the_index_is_behind(
    letters: Shelf, network: Network, django_assert_num_queries: Any
) -> None:
    query = SearchQuery(words=read("letter"))
    letters.engine.search(query)
    with django_assert_num_queries(3):
        letters.engine.search(query)
    letters.put(note("cc22", {"en": "Letter"}))
    letters.engine.search(query)
    with django_assert_num_queries(4):
        letters.engine.search(query)
