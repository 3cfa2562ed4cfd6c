"""What is found, and what is not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from .shelf import Shelf, note, shown

pytestmark = pytest.mark.django_db


def test_every_word_must_be_there_in_any_form(shelf: Shelf) -> None:
    shelf.put(
        note("aa22", {"en": {"title": "Two lawyers arrested", "text": "The court closed its doors."}}),
        note("bb33", {"en": "A lawyer was heard"}),
    )
    assert shelf.refs("lawyer court") == ["aa22"]
    assert sorted(shelf.refs("LAWYERS")) == ["aa22", "bb33"]
    assert shelf.refs("lawyer harbour") == []


def test_words_of_different_languages_of_a_thing_do_not_add_up(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "The clinic closed", "fr": "Le dispensaire fermé"}))
    assert (shelf.refs("clinic"), shelf.refs("dispensaire"), shelf.refs("clinic dispensaire")) == (
        ["aa22"],
        ["aa22"],
        [],
    )


def test_a_phrase_stands_word_after_word_within_one_field(shelf: Shelf) -> None:
    shelf.put(
        note("aa22", {"en": {"title": "An open letter", "text": "Sent by hand"}}),
        note("bb33", {"en": {"title": "A letter", "text": "The door was open, and letters came."}}),
        note("cc44", {"en": {"title": "They stay open", "summary": "Letter to a minister"}}),
        note("dd55", {"en": "Open the letter"}),
    )
    assert shelf.refs('"open letter"') == ["aa22"]


def test_what_is_unwanted_rules_out_the_whole_thing(shelf: Shelf) -> None:
    shelf.put(
        note("aa22", {"en": "The harbour strike", "fr": "La grève du port et la police"}),
        note("bb33", {"en": "A harbour was closed"}),
        note("cc44", {"en": "The school was closed"}),
    )
    assert shelf.refs("harbour -police") == ["bb33"]
    assert sorted(shelf.refs("-harbour")) == ["cc44"]
    assert sorted(shelf.refs('closed -"school was"')) == ["bb33"]


def test_a_beginning_of_a_word(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "Journalists on trial"}), note("bb33", {"en": "A journey by road"}))
    assert shelf.refs("journalis*") == ["aa22"]
    assert sorted(shelf.refs("journ*")) == ["aa22", "bb33"]
    assert shelf.refs("journ* -journey") == ["aa22"]


def test_a_thing_is_found_by_labels_in_every_language_of_the_site(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"fr": "Le tribunal a siégé"}, countries=("TN",), themes=("torture",)))
    assert shelf.refs("تونس") == shelf.refs("Tunisia torture") == shelf.refs("Túnez") == ["aa22"]


def test_numbers_and_symbols_as_they_are_written(shelf: Shelf) -> None:
    shelf.put(
        note("aa22", {"en": {"title": "On defenders", "text": "In resolution A/RES/70/161 of 2015"}}),
        note("bb33", {"en": {"title": "Another", "text": "Resolution A/RES/70/162, page 161"}}),
    )
    assert shelf.refs("A/RES/70/161") == ["aa22"]
    assert sorted(shelf.refs("161")) == ["aa22", "bb33"]


def test_a_name_leads_to_the_thing_first(shelf: Shelf) -> None:
    shelf.put(
        note("aa22", {"en": {"title": 'The "clinic" -closed, reopened', "names": ("F/2015/7",)}}),
        note(
            "bb33", {"en": {"title": "The clinic reopened", "text": "aa22 closed F/2015/7"}}, date=timezone.now().date()
        ),
    )
    for name in ("aa22", "F/2015/7", 'The "clinic" -closed, reopened', "the clinic, closed (reopened)"):
        assert shelf.refs(name)[0] == "aa22", name


def test_a_thing_is_found_once_whatever_its_languages(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "Torture in custody", "fr": "La torture en garde à vue", "es": "Tortura"}))
    assert shelf.refs("torture") == ["aa22"]


def test_without_words_there_is_everything_the_newest_first(shelf: Shelf) -> None:
    today = timezone.now().date()
    shelf.put(note("aa22", {"en": "One"}, date=today - timedelta(days=1)), note("bb33", {"en": "Two"}, date=today))
    assert shelf.refs("") == shelf.refs(" - ( ") == ["bb33", "aa22"]


def test_filters_are_those_of_the_lists(shelf: Shelf) -> None:
    shelf.put(
        note("aa22", {"en": "The clinic closed"}, countries=("TN",), kind="report"),
        note("bb33", {"en": "The clinic closed", "fr": "Fermé"}, countries=("MR",)),
    )
    assert shelf.refs("clinic", pairs=[("country", "TN")]) == ["aa22"]
    assert shelf.refs("clinic", pairs=[("kind", "report"), ("country", "MR")]) == []
    assert shelf.refs("clinic", pairs=[("locale", "fr")]) == ["bb33"]
    assert shelf.refs("clinic", pairs=[("date_from", "2015-11-25")]) == []


def test_pages(shelf: Shelf) -> None:
    shelf.put(*(note(f"r{number:03}", {"en": f"Clinic {number}"}) for number in range(25)))
    pages = [shelf.search("clinic", pairs=[("limit", "10"), ("offset", str(start))]) for start in (0, 10, 20, 30)]
    assert [page.count for page in pages] == [25] * 4
    assert [len(page.hits) for page in pages] == [10, 10, 5, 0]
    assert len({hit.ref for page in pages for hit in page.hits}) == 25


def test_what_is_withdrawn_is_not_found(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "The clinic"}), note("bb33", {"en": "The clinic", "fr": "Le dispensaire"}))
    shelf.withdraw("aa22")
    found = shelf.search("clinic", pairs=[("facets", "kind")])
    assert ([hit.ref for hit in found.hits], found.count) == (["bb33"], 1)
    assert [row["count"] for row in found.facets["kind"]] == [1]


def test_a_language_that_goes_takes_its_words_along(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "The clinic", "fr": "Le dispensaire"}))
    shelf.put(note("aa22", {"en": "The clinic"}))
    assert (shelf.refs("dispensaire"), shelf.refs("clinic")) == ([], ["aa22"])


def test_new_words_take_the_place_of_old_ones(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "The clinic"}))
    shelf.put(note("aa22", {"en": "The harbour"}))
    assert (shelf.refs("clinic"), shelf.refs("harbour")) == ([], ["aa22"])


def test_embargo_and_expiry_go_by_the_clock(shelf: Shelf) -> None:
    now = timezone.now()
    hour = timedelta(hours=1)
    shelf.put(
        note("aa22", {"en": {"title": "A clinic", "visible_from": now + hour}}),
        note("bb33", {"en": {"title": "A clinic", "visible_until": now - hour}}),
        note("cc44", {"en": "A clinic", "fr": {"title": "Le dispensaire", "visible_from": now + hour}}),
    )
    assert (shelf.refs("clinic"), shelf.refs("dispensaire")) == (["cc44"], [])


NOTHING = [
    *(
        "\0",
        '"',
        '""""',
        "(" * 10_000,
        "AND OR NOT",
        "NEAR(a b)",
        "a:b",
        "-",
        "*",
        "^clinic",
        "'; DROP TABLE x --",
        "\ud800",
    ),
    *(
        "{!x}",
        "clinic\0",
        "a AND (",
        "t_clinic",
        "n_0",
        "title:clinic",
        "\\",
        "%",
        "_",
        "clinic~2",
        "/clinic/",
        "[a TO x]",
    ),
    *("o_ l_ h_", "-" * 999 + "a", '"' + "a " * 400 + '"'),
]


def test_nothing_that_can_be_typed_is_an_error(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "Nothing of the kind"}))
    for typed in NOTHING:
        found = shelf.search(typed)
        assert found.count == len(found.hits) <= 1, typed


def test_articles_and_prepositions_need_not_stand_there(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "Press freedom"}), note("aa33", {"en": "The boat"}), note("aa44", {"en": "A boat"}))
    assert shelf.refs("freedom of the press") == ["aa22"]
    assert shelf.refs("the") == ["aa33"]
    assert shelf.refs('"the boat"') == ["aa33"]
    assert shelf.refs("the boat") == ["aa33", "aa44"]
    assert shelf.refs("boat -the") == ["aa44"]
    assert shown(shelf.search("the boat").hits[0].title) == "The [boat]"
