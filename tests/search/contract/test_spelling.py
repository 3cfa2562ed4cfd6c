"""Slips of the pen, where nothing is found: on every engine."""

from typing import Any

import pytest

from search import spelling
from search.engines import SearchQuery
from search.words import read

from .shelf import Shelf, note

pytestmark = pytest.mark.django_db


def meant(shelf: Shelf, typed: str, locale: str = "en") -> str | None:
    return spelling.did_you_mean(SearchQuery(words=read(typed), locale=locale), shelf.engine)


@pytest.mark.parametrize(
    ("typed", "locale", "expected"),
    [
        ("clinci", "en", "clinic"),
        ("harbuor clinic", "en", "harbour clinic"),
        ('"the harbuor clinci" -boat', "en", '"the harbour clinic" -boat'),
        ("dispensiare", "fr", "dispensaire"),
        ("l'hopitall", "fr", "l'hôpital"),
        ("العيدة", "ar", "العيادة"),
        ("больнцы", "ru", "Больницы"),
        # A country, but of nothing that is here.
        ("mauritnia", "en", None),
        ("clinic", "en", None),
        ("xylophone", "en", None),
        ("()", "en", None),
    ],
)
def test_what_was_probably_meant(shelf: Shelf, typed: str, locale: str, expected: str | None) -> None:
    shelf.put(
        note("aa22", {"en": "The harbour clinic", "fr": "Un dispensaire, pas un hôpital", "ar": "العيادة"}),
        note("aa33", {"ru": "Больницы закрыты"}),
    )
    assert meant(shelf, typed, locale) == expected


def test_a_country_is_meant_where_something_is_about_it(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "No boat"}, countries=("MR",)))
    assert meant(shelf, "mauritnia") == "Mauritania"


def test_what_is_withdrawn_is_not_suggested(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "The harbour clinic"}), note("aa33", {"en": "A bakery"}))
    assert meant(shelf, "bakrey") == "bakery"
    shelf.withdraw("aa33")
    assert meant(shelf, "bakrey") is None


def test_words_are_read_once_in_a_while(shelf: Shelf, django_assert_num_queries: Any) -> None:
    shelf.put(note("aa22", {"en": "The harbour clinic"}))
    known = spelling.vocabulary()
    with django_assert_num_queries(0):
        assert spelling.vocabulary() is known


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("harbuor", 1),
        ("harbuor clinci", 2),
        ("-harbuor", 0),
        (" ".join(f"xylo{n}phone" for n in range(30)), 0),
        (" ".join(f"abc{n}xy-defgh{n}-xyzab{n}" for n in range(20)), 0),
    ],
)
def test_each_misspelt_word_is_looked_for_once_and_a_flood_of_them_not_at_all(
    shelf: Shelf, monkeypatch: Any, typed: str, looked_for: int
) -> None:
    shelf.put(note("aa22", {"en": "The harbour clinic"}))
    asked: list[str] = []
    nearest = spelling.Vocabulary.nearest
    monkeypatch.setattr(
        spelling.Vocabulary, "nearest", lambda self, word, limit=3: asked.append(word) or nearest(self, word, limit)
    )
    meant(shelf, typed)
    assert len(asked) == looked_for
