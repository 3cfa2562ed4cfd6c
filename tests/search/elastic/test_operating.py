"""What operators see of the index."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from federation.options import check_options
from search import changes
from search.followers import state_of
from tests.search.contract.shelf import Shelf, note
from tests.search.elastic.network import Network
from tests.search.elastic.test_following import ALIAS, catch_up, titles

pytestmark = pytest.mark.django_db


def health() -> Any:
    response = Client().get("/api/v3/health/")
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    return json.loads(response.content)


def test_status_of_an_index_in_step(shelf: Shelf, network: Network, capsys: Any) -> None:
    shelf.put(note("aa22", {"en": "Letter"}))
    catch_up()
    call_command("search_index", "status")
    assert capsys.readouterr().out.splitlines() == [
        "engine: elasticsearch",
        f"index: {state_of(ALIAS).index} (as it should be)",
        "behind: 0 changes, 0 seconds",
        "problem: none",
    ]


def test_status_of_an_index_whose_server_is_down(shelf: Shelf, network: Network, capsys: Any) -> None:
    network.failure = "down"
    with pytest.raises(CommandError, match=r"^Searches are answered by the database until this is over\.$"):
        call_command("search_index", "status")
    assert capsys.readouterr().out.splitlines() == [
        "engine: elasticsearch",
        "index: - (to be rebuilt)",
        f"behind: {changes.current()[0]} changes, 0 seconds",
        "problem: Elasticsearch does not answer (ConnectionError).",
    ]


def test_rebuild_and_verify(shelf: Shelf, network: Network, capsys: Any) -> None:
    shelf.put(note("aa22", {"en": "Letter"}), note("bb22", {"en": "Boat"}))
    call_command("search_index", "rebuild")
    call_command("search_index", "verify")
    assert capsys.readouterr().out.splitlines() == ["2 things indexed.", "0 differences."]
    assert titles(network).keys() == {"aa22", "bb22"}


def test_verify_names_what_differs(shelf: Shelf, network: Network, capsys: Any) -> None:
    shelf.put(note("aa22", {"en": "Letter"}), note("bb22", {"en": "Boat"}), note("cc22", {"en": "Sea"}))
    catch_up()
    ((_, stored),) = network.indexes.items()
    stored["surplus22"] = (1, {**stored["aa22"][1], "ref": "surplus22"})
    stored["bb22"] = (1, {**stored["bb22"][1], "day": "2000-01-01"})
    del stored["cc22"]
    with pytest.raises(CommandError, match=r"^Index and register differ; `search_index rebuild` makes them agree\.$"):
        call_command("search_index", "verify")
    assert capsys.readouterr().out.splitlines() == [
        "bb22: outdated",
        "cc22: missing",
        "surplus22: surplus",
        "3 differences.",
    ]
    call_command("search_index", "rebuild")
    call_command("search_index", "verify")


def test_what_is_still_to_be_followed_is_no_difference(shelf: Shelf, network: Network, capsys: Any) -> None:
    shelf.put(note("aa22", {"en": "Letter"}))
    catch_up()
    shelf.put(note("aa22", {"en": "Other"}), note("bb22", {"en": "Boat"}))
    call_command("search_index", "verify")
    assert capsys.readouterr().out.splitlines() == ["0 differences."]


@pytest.mark.parametrize("what", ["rebuild", "verify"])
def test_trouble_is_one_sentence(shelf: Shelf, network: Network, what: str) -> None:
    network.info = {"version": {"distribution": "opensearch", "number": "3.1.0"}}
    with pytest.raises(CommandError) as error:
        call_command("search_index", what)
    assert str(error.value) == (
        "The server at ELASTICSEARCH_URL is OpenSearch 3.1.0. Federation needs Elasticsearch 9.4 or newer."
    )


def test_health_says_whether_the_index_is_in_step(shelf: Shelf, network: Network) -> None:
    catch_up()
    in_step = {"engine": "elasticsearch", "degraded": False, "changes_behind": 0, "seconds_behind": 0.0}
    assert health() == {"status": "ok", "search": in_step}
    network.failure = "down"
    shelf.put(note("aa22", {"en": "Letter"}), note("bb22", {"en": "Letter"}))
    shelf.search("letter")
    told = health()
    assert (told["status"], told["search"]["degraded"], told["search"]["changes_behind"]) == ("degraded", True, 2)


def test_health_of_the_database_engine(content: Any) -> None:
    in_step = {"engine": "database", "degraded": False, "changes_behind": 0, "seconds_behind": 0.0}
    assert health() == {"status": "ok", "search": in_step}


def test_engine_without_an_address_is_an_error_that_says_what_to_set() -> None:
    with override_settings(FEDERATION={"SEARCH_ENGINE": "elasticsearch"}):
        assert [(error.msg, error.hint) for error in check_options()] == [
            (
                "FEDERATION has no ELASTICSEARCH_URL for its search engine.",
                "Set ELASTICSEARCH_URL to where Elasticsearch answers, or SEARCH_ENGINE to 'database'.",
            )
        ]
