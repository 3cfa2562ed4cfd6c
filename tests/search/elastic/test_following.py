"""The index follows the register, and loses nothing, whatever happens to its server."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from search import changes, index
from search.engines import Difference, engine
from search.engines.elasticsearch import following, mapping
from search.engines.elasticsearch.following import follow, follow_safely
from search.followers import state_of, turn_of
from search.models import Change
from tests.search.contract.shelf import Shelf, note
from tests.search.elastic.network import Network

pytestmark = pytest.mark.django_db

ALIAS = "federation"


def catch_up() -> None:
    """Follow until nothing more is waiting."""
    while follow():
        pass


def differences() -> list[Difference]:
    return engine().verify(lambda count: None)


def titles(network: Network) -> dict[str, list[str]]:
    """What the index has, by ref: the first word of each language."""
    return {
        ref: [words[0].split()[0] for words in document["words"].values()]
        for ref, document in network.documents(ALIAS).items()
    }


def test_index_has_what_is_published_changed_and_withdrawn(shelf: Shelf, network: Network) -> None:
    shelf.put(note("aa22", {"en": "Letter", "fr": "Lettre"}), note("bb22", {"en": "Boat"}))
    catch_up()
    assert titles(network) == {"aa22": ["letter", "lettre"], "bb22": ["boat"]}
    shelf.put(note("aa22", {"en": "Letters"}))
    shelf.withdraw("bb22")
    catch_up()
    assert titles(network) == {"aa22": ["letters"]}
    assert state_of(ALIAS).sequence == changes.current()[0]


def test_publishing_asks_nothing_of_the_server(shelf: Shelf, network: Network) -> None:
    network.failure = "down"
    shelf.put(note("aa22", {"en": "Letter"}))
    shelf.withdraw("aa22")
    assert network.asked == []


@pytest.mark.parametrize(
    ("failure", "problem"),
    [
        ("down", "Elasticsearch does not answer (ConnectionError)."),
        ("slow", "Elasticsearch does not answer (ConnectionTimeout)."),
        ("failing", "Elasticsearch answered with status 503 (unavailable_shards_exception)."),
        (
            "full",
            "Elasticsearch takes no changes: its disk is full or the index was made read-only "
            "(cluster_block_exception).",
        ),
    ],
)
def test_what_is_published_while_the_server_fails_is_followed_afterwards(
    shelf: Shelf, network: Network, failure: str, problem: str
) -> None:
    shelf.put(note("aa22", {"en": "Letter"}))
    catch_up()
    before = state_of(ALIAS).sequence
    network.failure = failure
    shelf.put(note("bb22", {"en": "Boat"}))
    shelf.withdraw("aa22")
    assert follow_safely() is None
    assert (state_of(ALIAS).sequence, state_of(ALIAS).problem) == (before, problem)
    network.failure = ""
    catch_up()
    assert titles(network) == {"bb22": ["boat"]}
    assert (state_of(ALIAS).problem, differences()) == ("", [])


def test_server_that_dies_between_two_batches_goes_on_where_it_was(shelf: Shelf, network: Network) -> None:
    catch_up()
    shelf.put(*(note(f"aa2{number}", {"en": f"Number {number}"}) for number in range(5)))
    assert follow(most=2)
    reached = state_of(ALIAS).sequence
    network.failure = "down"
    assert follow_safely() is None
    assert state_of(ALIAS).sequence == reached
    network.failure = ""
    catch_up()
    assert len(titles(network)) == 5
    assert differences() == []


def test_a_batch_is_bounded(shelf: Shelf, network: Network) -> None:
    catch_up()
    shelf.put(*(note(f"aa2{number}", {"en": f"Number {number}"}) for number in range(5)))
    assert [follow(most=2), follow(most=2), follow(most=2)] == [True, True, False]
    bulks = [lines for method, path, lines in network.asked if path.endswith("_bulk")]
    assert [len(lines) // 2 for lines in bulks] == [2, 2, 1]


def test_what_begins_and_ends_is_in_the_index_for_its_time_only(
    shelf: Shelf, network: Network, monkeypatch: Any
) -> None:
    now = timezone.now()
    begins, ends = now + timedelta(hours=1), now + timedelta(hours=2)
    shelf.put(note("aa22", {"en": {"title": "Letter", "visible_from": begins, "visible_until": ends}}))
    seen = []
    for moment in (begins - timedelta(seconds=1), begins, ends - timedelta(seconds=1), ends):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        catch_up()
        seen.append(sorted(titles(network)))
        assert differences() == []
    assert seen == [[], ["aa22"], ["aa22"], []]


def test_index_that_is_gone_is_built_anew(shelf: Shelf, network: Network, monkeypatch: Any) -> None:
    shelf.put(note("aa22", {"en": "Letter"}))
    catch_up()
    network.indexes.clear()
    network.aliases.clear()
    shelf.put(note("bb22", {"en": "Boat"}))
    catch_up()
    assert titles(network) == {"aa22": ["letter"], "bb22": ["boat"]}


def test_index_that_is_gone_is_noticed_without_a_change(shelf: Shelf, network: Network, monkeypatch: Any) -> None:
    shelf.put(note("aa22", {"en": "Letter"}))
    catch_up()
    network.indexes.clear()
    network.aliases.clear()
    later = timezone.now() + following.LOOK_EVERY * 2
    monkeypatch.setattr(timezone, "now", lambda: later)
    catch_up()
    assert titles(network) == {"aa22": ["letter"]}


def test_index_of_another_pattern_is_built_anew(shelf: Shelf, network: Network, monkeypatch: Any) -> None:
    shelf.put(note("aa22", {"en": "Letter"}))
    catch_up()
    before = state_of(ALIAS)
    monkeypatch.setattr(mapping, "MEANING", mapping.MEANING + 1)
    mapping._fingerprint.cache_clear()
    catch_up()
    after = state_of(ALIAS)
    mapping._fingerprint.cache_clear()
    assert (before.index != after.index, before.pattern != after.pattern) == (True, True)
    assert list(network.indexes) == [after.index]


def test_index_that_knows_more_than_the_register_is_built_anew(shelf: Shelf, network: Network) -> None:
    """The database was restored from a backup: what the index has of later times never was."""
    shelf.put(note("aa22", {"en": "Letter"}))
    catch_up()
    reached = changes.current()[0]
    shelf.put(note("aa22", {"en": "Never said"}))
    catch_up()
    Change.objects.filter(sequence__gt=reached).delete()
    changes.Counter.objects.update(value=reached)
    following.Follower.objects.update(sequence=reached, in_step_at=None)
    index.forget()
    shelf.content.all["aa22"] = note("aa22", {"en": "Letter"})
    changes_before = changes.current()[0]
    entry = index.Entry.objects.get()
    entry.title, entry.sequence = "Letter", changes_before
    entry.save()
    catch_up()
    assert titles(network) == {"aa22": ["letter"]}


def test_document_that_the_index_refuses_stops_no_other_and_leaves_no_older_state(
    shelf: Shelf, network: Network, caplog: Any
) -> None:
    shelf.put(note("aa22", {"en": "Letter"}))
    catch_up()
    network.refused = {"aa22"}
    shelf.put(note("aa22", {"en": "Other"}), note("bb22", {"en": "Boat"}))
    catch_up()
    assert titles(network) == {"bb22": ["boat"]}
    assert "Elasticsearch refuses the document of aa22 (document_parsing_exception)." in caplog.text
    assert differences() == [Difference("aa22", "missing")]


def test_only_one_process_follows_at_a_time(shelf: Shelf, network: Network) -> None:
    catch_up()
    shelf.put(note("aa22", {"en": "Letter"}))
    with turn_of(ALIAS) as turn:
        assert turn is not None
        assert follow() is False
        assert titles(network) == {}
    catch_up()
    assert titles(network) == {"aa22": ["letter"]}


def test_turn_of_a_process_that_died_is_over_after_a_minute(shelf: Shelf, network: Network, monkeypatch: Any) -> None:
    catch_up()
    shelf.put(note("aa22", {"en": "Letter"}))
    following.Follower.objects.filter(name=ALIAS).update(
        holder="dead", held_until=timezone.now() + timedelta(minutes=1)
    )
    assert follow() is False
    later = timezone.now() + timedelta(seconds=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    catch_up()
    assert titles(network) == {"aa22": ["letter"]}


def test_follower_asks_a_server_that_fails_ever_less_often(shelf: Shelf, network: Network, monkeypatch: Any) -> None:
    # The one connection of a test is in its transaction: closing it would end both.
    monkeypatch.setattr(following, "close_old_connections", lambda: None)
    network.failure = "down"
    pauses: list[float] = []
    following.follow_while(lambda: len(pauses) < 8, sleep=pauses.append)
    assert pauses == [1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0, 15.0]


def test_documents_go_in_portions_of_some_megabytes(shelf: Shelf, network: Network, monkeypatch: Any) -> None:
    from search.engines.elasticsearch import indexes

    catch_up()
    monkeypatch.setattr(indexes, "MOST_BYTES", 1200)
    shelf.put(*(note(f"aa2{number}", {"en": {"title": "Long", "text": "word " * 100}}) for number in range(3)))
    catch_up()
    bulks = [lines for method, path, lines in network.asked if path.endswith("_bulk")]
    assert [len(lines) // 2 for lines in bulks] == [1, 1, 1]
    assert differences() == []


def test_new_index_is_asked_what_readers_ask_before_they_find_it(shelf: Shelf, network: Network) -> None:
    catch_up()
    paths = [(path.rpartition("/")[2], "query" in lines[0]) for _, path, lines in network.asked if lines]
    assert paths.index(("_search", True)) < paths.index(("_aliases", False))
