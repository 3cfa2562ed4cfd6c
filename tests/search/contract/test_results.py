"""How results are shown, and in what order."""

from datetime import date
from typing import Any

import pytest

from search.engines import Language
from search.highlights import as_html
from search.things import BASE_MARK
from tests.search.judged_pairs import Order, orders

from .judged import thing_of
from .shelf import Shelf, note, shown

pytestmark = pytest.mark.django_db


def test_a_result_is_shown_in_the_readers_language_and_lists_the_others(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": "The clinic", "ar": "العيادة", "fr": "Le dispensaire"}))
    hit = shelf.hit("dispensaire", locale="ar")
    assert (hit.locale, hit.dir, shown(hit.title)) == ("ar", "rtl", "العيادة")
    assert hit.languages == (
        Language("en", "The clinic", f"{BASE_MARK}/en/notes/aa22/"),
        Language("fr", "Le dispensaire", f"{BASE_MARK}/fr/notes/aa22/"),
    )
    assert shelf.hit("dispensaire", locale="es").locale == "en"
    assert shelf.hit("clinic", pairs=[("locale", "fr")], locale="en").locale == "fr"


def test_where_the_words_are_only_in_another_language_that_passage_is_shown(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": {"title": "The clinic", "summary": "It closed."}, "fr": "Le dispensaire"}))
    hit = shelf.hit("dispensaire", locale="en")
    assert (shown(hit.excerpt), hit.excerpt_locale, hit.excerpt_dir) == ("Le [dispensaire]", "fr", "ltr")


def test_words_are_marked_in_title_and_text_in_whatever_form(shelf: Shelf) -> None:
    text = "Before. " * 60 + "Two journalists were arrested at the harbour. " + "After. " * 60
    shelf.put(note("aa22", {"en": {"title": "A journalist's trial", "summary": "On a trial.", "text": text}}))
    hit = shelf.hit("journalist harbour")
    assert "[journalist" in shown(hit.title)
    assert "Two [journalists] were arrested at the [harbour]." in shown(hit.excerpt)
    assert shown(hit.excerpt).startswith("… ")
    assert shown(hit.excerpt).endswith(" …")
    assert len(shown(hit.excerpt)) < 300


def test_arabic_is_marked_from_right_to_left(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"ar": "المدافعون عن الحقوق"}))
    hit = shelf.hit("مدافع", locale="ar")
    assert (shown(hit.title), hit.dir) == ("[المدافعون] عن الحقوق", "rtl")


def test_what_looks_like_markup_stays_text(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": {"title": "<b>clinic</b> & <script>", "text": "A <mark>clinic</mark>"}}))
    hit = shelf.hit("clinic")
    assert as_html(hit.title) == "&lt;b&gt;<mark>clinic</mark>&lt;/b&gt; &amp; &lt;script&gt;"
    assert as_html(hit.excerpt) == "A &lt;mark&gt;<mark>clinic</mark>&lt;/mark&gt;"


def test_without_anything_to_mark_the_beginning_is_shown(shelf: Shelf) -> None:
    shelf.put(note("aa22", {"en": {"title": "A title", "text": "How it begins."}}, countries=("TN",)))
    hit = shelf.hit("Tunisia")
    assert (shown(hit.title), shown(hit.excerpt)) == ("A title", "How it begins.")


def test_order_by_date(shelf: Shelf) -> None:
    shelf.put(
        note("aa22", {"en": {"title": "Other", "text": "clinic"}}, date=date(2016, 1, 1)),
        note("bb33", {"en": "Clinic"}, date=date(2014, 1, 1)),
    )
    assert shelf.refs("clinic", order="relevance") == ["bb33", "aa22"]
    assert shelf.refs("clinic", order="-date") == ["aa22", "bb33"]
    assert shelf.refs("clinic", order="date") == ["bb33", "aa22"]


def test_relevance_goes_step_by_step(shelf: Shelf) -> None:
    old, new = date(2010, 1, 1), date(2020, 1, 1)
    shelf.put(
        note("text", {"en": {"title": "A report", "text": "The harbour and its clinic"}}, date=new),
        note("head", {"en": {"title": "A harbour", "summary": "And the clinic"}}, date=old),
        note("free", {"en": "Clinics near a harbour"}, date=old),
        note("newr", {"en": "A clinic and two harbours"}, date=new),
        note("same", {"en": "The harbour clinic opened"}, date=old),
        note("name", {"en": "Harbour clinic"}, date=old),
        note("arab", {"ar": "Harbour clinic reports"}, date=new),
    )
    assert shelf.refs("harbour clinic") == ["name", "same", "newr", "free", "head", "text", "arab"]
    assert shelf.refs("harbour clinic", locale="ar")[:2] == ["name", "arab"]


@pytest.mark.parametrize("order", orders(), ids=lambda order: f"{order.query}: {order.why}"[:60])
def test_the_judged_orders(shelf: Shelf, order: Order) -> None:
    shelf.put(*(thing_of(f"doc{number}", document) for number, document in enumerate(order.documents)))
    refs = shelf.refs(order.query, locale=order.reader)
    assert refs == [f"doc{number}" for number in range(len(order.documents))]


@pytest.mark.parametrize("how_many", [1, 30])
def test_a_search_takes_three_queries(shelf: Shelf, django_assert_max_num_queries: Any, how_many: int) -> None:
    shelf.put(
        *(
            note(f"r{number:03}", {"en": f"Clinic {number}", "fr": "Port"}, countries=("TN",))
            for number in range(how_many)
        )
    )
    pairs = [("facets", name) for name in ("type", "kind", "chapter", "country", "region", "theme", "locale", "year")]
    shelf.search("", pairs=[*pairs, ("country", "TN")])
    with django_assert_max_num_queries(4):
        assert shelf.search("clinic port -harbour", pairs=[*pairs, ("limit", "100")]).count == 0
    with django_assert_max_num_queries(4):
        assert shelf.search("clinic", pairs=[*pairs, ("limit", "100"), ("country", "TN")]).count == how_many
