"""The type `letter`, declared for one test."""

from collections.abc import Iterator

import pytest

from search import types
from search.models import Address, Change, Counter, Entry

from .things import Letters


@pytest.fixture
def letters(db: None) -> Iterator[Letters]:
    """Letters that ought to be public, in an empty register that knows no other type; forgotten after the test."""
    for model in (Entry, Change, Counter, Address):
        model.objects.all().delete()
    known = dict(types._declared)
    types._declared.clear()
    letters = Letters()
    types.declare(letters.content_type())
    yield letters
    types._declared.clear()
    types._declared.update(known)
