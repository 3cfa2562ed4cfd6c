"""A page of a list, made while the register changes."""

from typing import Any

import pytest

from search import index, listing, register
from search.listing import list_things
from search.query import parse

from .things import Letters, thing

pytestmark = pytest.mark.django_db


def test_whoever_lists_while_one_thing_after_another_is_withdrawn_gets_what_is_left(
    letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = ["aa22", "bb22", "cc22", "dd22", "ee22"]
    register.put([thing(ref) for ref in refs])
    read, gone = listing._cards, []

    def withdrawn_at_once(*args: Any) -> Any:
        gone.append(refs[len(gone)])
        register.withdraw("letter", gone[-1:])
        return read(*args)

    monkeypatch.setattr(listing, "_cards", withdrawn_at_once)
    with index.one_look():
        page = list_things(parse([("type", "letter"), ("fields", "ref"), ("facets", "kind")], index.current()))
    assert gone == refs[:3]
    assert (sorted(page.items), page.count) == (['{"ref":"dd22"}', '{"ref":"ee22"}'], 2)
