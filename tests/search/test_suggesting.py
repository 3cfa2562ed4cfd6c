"""Suggestions while typing: public names and titles, slips of the pen forgiven."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from search.suggesting import Suggestion, suggestions
from tests.search.contract.shelf import Shelf, note

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(content: Any) -> Shelf:
    """The database's own: suggestions come from it, whichever engine finds."""
    from search.engines.database import DatabaseEngine

    return Shelf(DatabaseEngine(), content)


def texts(typed: str, locale: str = "en") -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in suggestions(typed, locale=locale)]


def test_names_come_before_titles(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "Tunis at night"}, countries=("TN",)), note("bb33", {"en": "A walk to Tunis"}))
    assert suggestions("tun", locale="en") == [
        Suggestion("country", "Tunisia", "en", "TN"),
        Suggestion("title", "A walk to Tunis", "en", "bb33", "/en/notes/bb33/"),
        Suggestion("title", "Tunis at night", "en", "aa22", "/en/notes/aa22/"),
    ]


def test_every_word_counts_and_the_last_may_be_a_beginning(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "The harbour clinic"}), note("bb33", {"en": "The harbour school"}))
    assert texts("harbour cli") == [("title", "The harbour clinic")]
    assert texts("har sch") == []


def test_names_in_another_language_of_the_site_are_known(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "One"}, countries=("TN",), themes=("torture",)))
    assert texts("تون") == [("country", "تونس")]
    assert texts("tortur", "fr") == [("theme", "Torture et mauvais traitements")]


def test_slips_of_the_pen_are_forgiven(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "One"}, countries=("TN",), themes=("torture",)))
    assert texts("Tunsia") == [("country", "Tunisia")]
    assert texts("tortrue") == [("theme", "Torture and ill-treatment")]


def test_slips_of_the_pen_are_forgiven_in_titles(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "The harbour clinic"}), note("bb33", {"fr": "La grève des pêcheurs"}))
    for typed in ("harbuor", "harbour clinc", "habour cli", "clinci"):
        assert texts(typed) == [("title", "The harbour clinic")], typed
    assert texts("greve pecheusr") == [("title", "La grève des pêcheurs")]
    assert texts("zanzavotek") == []


def test_a_word_of_something_withdrawn_mends_nothing(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "The quivatek clinic"}))
    assert texts("quivatke") == [("title", "The quivatek clinic")]
    shelf.withdraw("aa22")
    assert texts("quivatke") == []


def test_a_thing_is_suggested_once_in_the_readers_language(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "Radio Atlas", "fr": "Radio Atlas en français"}))
    assert texts("radio", "fr") == [("title", "Radio Atlas en français")]


def test_only_what_is_public_is_suggested(shelf: Shelf) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    shelf.put(
        note("aa22", {"en": "Clinic one"}, countries=("TN",)),
        note("bb33", {"en": {"title": "Clinic two", "visible_from": tomorrow}}, countries=("MR",)),
        note("cc44", {"en": "Clinic three"}, themes=("torture",)),
    )
    shelf.withdraw("cc44")
    assert texts("clinic") == [("title", "Clinic one")]
    assert texts("mauri") == texts("tort") == []


@pytest.mark.parametrize("typed", ["", " ", "a", "\0", '"', "(" * 5000, "*", "-", "\ud800", "%_'"])
def test_nothing_is_an_error(shelf: Shelf, typed: str) -> None:
    assert suggestions(typed, locale="en") == []


def test_suggestions_take_three_queries(shelf: Shelf, django_assert_max_num_queries: Any) -> None:
    shelf.put(*(note(f"r{number:03}", {"en": f"Clinic {number}"}, countries=("TN",)) for number in range(30)))
    suggestions("tun", locale="en")
    with django_assert_max_num_queries(3):
        assert len(suggestions("clinic", locale="en")) == 8
