"""The full-text index of the database in use: what is in it, and what is not left in it."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from search import index, matches, register
from search.engines import database
from search.engines.database import DatabaseEngine
from search.models import Entry
from search.relevance import page
from search.textindex import text_index
from tests.search.contract.shelf import Shelf, note
from tests.search.generated import Content, things

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(content: Content) -> Shelf:
    """The database's own engine."""
    return Shelf(DatabaseEngine(), content)


def test_it_has_the_entries_of_the_register_and_no_others(shelf: Shelf) -> None:
    before = text_index().pks()
    shelf.put(note("aa22", {"en": "One", "fr": "Un"}), note("bb33", {"en": "Two"}))
    shelf.put(note("aa22", {"en": "One"}))
    shelf.withdraw("bb33")
    assert text_index().pks() - before == set(Entry.objects.values_list("pk", flat=True))


def test_a_text_longer_than_any_is_indexed_and_does_not_keep_from_publishing(shelf: Shelf) -> None:
    text = " ".join(f"w{number:x}q" for number in range(70_000))
    shelf.put(note("aa22", {"en": {"title": "A report", "text": f"zanata {text} behindit"}}))
    assert (shelf.refs("report"), shelf.refs("zanata"), shelf.refs("behindit")) == (["aa22"], ["aa22"], [])


def _files_have(word: bytes) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM search_fulltext_data WHERE instr(block, %s)", [word])
        return cursor.fetchone() is not None


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL cleans up by itself")
def test_what_was_withdrawn_is_no_longer_in_the_files_a_minute_later(shelf: Shelf, monkeypatch: Any) -> None:
    shelf.put(note("aa22", {"en": "Zzquivatek"}), note("bb33", {"en": "Another"}))
    shelf.withdraw("aa22")
    assert _files_have(b"quivatek")
    call_command("tend", verbosity=0)
    assert not _files_have(b"quivatek")
    assert shelf.refs("another") == ["bb33"]


def test_whoever_searches_while_one_thing_after_another_is_withdrawn_gets_what_is_left(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put(*(note(f"aa{number}", {"en": f"Clinic {number}"}) for number in range(6)))
    made = []

    def withdrawn_at_once(*args: Any) -> Any:
        keys = page(*args)
        made.append(index.current().rows[keys[0]].ref)
        register.withdraw("note", made[-1:])
        return keys

    monkeypatch.setattr(database, "page", withdrawn_at_once)
    with index.one_look():
        found = shelf.search("clinic")
    assert made == ["aa5", "aa4", "aa3"]
    assert ([hit.ref for hit in found.hits], found.count) == (["aa2", "aa1", "aa0"], 3)


def test_publishing_fails_when_the_index_fails(shelf: Shelf, monkeypatch: Any) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(type(text_index()), "write", fail)
    with pytest.raises(RuntimeError):
        register.put([note("aa22", {"en": "One"})])
    assert not Entry.objects.exists()


def test_many_translated_things_are_found_as_few_are(shelf: Shelf, monkeypatch: Any) -> None:
    shelf.put(*things(120))
    few = [
        shelf.refs(words, pairs=[("limit", "100")]) for words in ("court", "court -permit", "école", '"court union"')
    ]
    monkeypatch.setattr(matches, "FEW", 0)
    index.forget()
    many = [
        shelf.refs(words, pairs=[("limit", "100")]) for words in ("court", "court -permit", "école", '"court union"')
    ]
    assert few == many
    assert len(few[0]) > 20
