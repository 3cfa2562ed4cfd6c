"""The judged set (tests/search/judged/README.md), on every engine."""

import pytest

from tests.search.judged_pairs import Pair, found, found_by_labels, not_found

from .judged import thing_of
from .shelf import Shelf

pytestmark = pytest.mark.django_db

# The share of pairs that an engine must find.
LEAST = {"database": 0.9, "elasticsearch": 0.95}


def _asked(shelf: Shelf, pairs: list[Pair]) -> tuple[list[str], list[str]]:
    """Pairs that were found and pairs that were not, as a person reads them."""
    documents = list(dict.fromkeys(pair.document for pair in pairs))
    refs = {document: f"doc{number:04}" for number, document in enumerate(documents)}
    shelf.put(*(thing_of(ref, document) for document, ref in refs.items()))
    hit, missed = [], []
    for pair in pairs:
        found = shelf.search(pair.query, locale=pair.reader, pairs=[("limit", "100")])
        (hit if refs[pair.document] in {one.ref for one in found.hits} else missed).append(str(pair))
    return hit, missed


def test_words_are_found_in_every_form_of_their_language(shelf: Shelf) -> None:
    pairs = found()
    hit, missed = _asked(shelf, pairs)
    assert len(pairs) >= 120
    assert len(hit) / len(pairs) >= LEAST[shelf.engine.name], missed


def test_things_are_found_by_labels_in_other_languages(shelf: Shelf) -> None:
    pairs = found_by_labels()
    _, missed = _asked(shelf, pairs)
    assert len(pairs) >= 12
    assert missed == []


def test_words_that_only_look_alike_are_not_found(shelf: Shelf) -> None:
    pairs = not_found()
    hit, _ = _asked(shelf, pairs)
    assert len(pairs) >= 60
    assert hit == []
