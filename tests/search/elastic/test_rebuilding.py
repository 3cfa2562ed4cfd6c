"""A new index takes the place of the old one while readers read and editors publish."""

from typing import Any

import pytest
from elastic_transport import ConnectionError as NoConnection

from search.engines import Trouble, engine
from search.engines.elasticsearch import rebuilding
from search.engines.elasticsearch.following import follow
from search.followers import state_of, turn_of
from tests.search.contract.shelf import Shelf, note
from tests.search.elastic.network import Network
from tests.search.elastic.test_following import ALIAS, catch_up, differences, titles

pytestmark = pytest.mark.django_db


def test_what_is_published_and_withdrawn_while_the_index_is_built_is_in_it_or_not(
    shelf: Shelf, network: Network, monkeypatch: Any
) -> None:
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    shelf.put(*(note(f"aa2{number}", {"en": f"Number {number}"}) for number in range(6)))
    catch_up()
    old = state_of(ALIAS).index
    seen = []

    def meanwhile(count: int) -> None:
        step = len(seen)
        if step == 3:
            return
        shelf.put(note(f"aa1{step}", {"en": f"Before {step}"}), note(f"zz2{step}", {"en": f"After {step}"}))
        shelf.withdraw(f"aa2{step}")
        follow()
        seen.append((sorted(network.documents(ALIAS)), "old" if state_of(ALIAS).index == old else "new"))

    engine().rebuild(meanwhile)
    assert [(f"zz2{step}" in refs, f"aa2{step}" in refs, place) for step, (refs, place) in enumerate(seen)] == [
        (True, False, "old")
    ] * 3
    assert list(network.indexes) == [state_of(ALIAS).index] != [old]
    assert differences() == []
    assert {"aa10", "aa11", "zz20"} <= titles(network).keys()


def test_server_that_fails_while_an_index_is_built_leaves_the_old_one_in_its_place(
    shelf: Shelf, network: Network
) -> None:
    shelf.put(note("aa22", {"en": "Letter"}))
    catch_up()
    old = state_of(ALIAS).index

    def fail() -> None:
        network.failure = "down"
        raise NoConnection("reset")

    network.before_bulk = fail
    with pytest.raises(Trouble, match=r"^Elasticsearch does not answer \(ConnectionError\)\.$"):
        engine().rebuild(lambda count: None)
    network.before_bulk, network.failure = (lambda: None), ""
    assert (state_of(ALIAS).index, titles(network)) == (old, {"aa22": ["letter"]})
    shelf.put(note("bb22", {"en": "Boat"}))
    catch_up()
    assert differences() == []
    engine().rebuild(lambda count: None)
    assert list(network.indexes) == [state_of(ALIAS).index]


def test_two_processes_do_not_build_at_once(shelf: Shelf, network: Network) -> None:
    with (
        turn_of(f"{ALIAS}-next"),
        pytest.raises(Trouble, match=r"^Another process is building the index already\.$"),
    ):
        engine().rebuild(lambda count: None)


def test_indexes_of_others_are_left_alone(shelf: Shelf, network: Network) -> None:
    others = {"federation-test-0123456789ab": {}, "federation-backup": {}, "other": {}}
    network.indexes.update(others)
    network.aliases.update({name: set() for name in others})
    catch_up()
    engine().rebuild(lambda count: None)
    assert {*network.indexes} == {*others, state_of(ALIAS).index}


def test_cursor_is_never_ahead_of_the_index_that_readers_find(shelf: Shelf, network: Network, monkeypatch: Any) -> None:
    """What was followed in the old index last is in the new one before it takes the place."""
    shelf.put(note("aa22", {"en": "Letter"}))
    catch_up()
    put_in_place = rebuilding.indexes.put_in_place

    def looked_at(client: Any, name: str) -> None:
        assert set(network.documents(name)) == set(network.documents(ALIAS)) == {"aa22", "bb22"}
        put_in_place(client, name)

    monkeypatch.setattr(rebuilding.indexes, "put_in_place", looked_at)

    def meanwhile(count: int) -> None:
        shelf.put(note("bb22", {"en": "Boat"}))
        catch_up()

    engine().rebuild(meanwhile)
    assert differences() == []
