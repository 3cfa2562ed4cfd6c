"""The types `note` and `meeting`, declared for one test."""

from collections.abc import Iterator

import pytest

from search import types
from search.models import Address, Change, Counter, Entry
from tests.search.generated import Content


@pytest.fixture
def content(db: None) -> Iterator[Content]:
    """The types `note` and `meeting` and no others, in an empty register; forgotten after the test."""
    for model in (Entry, Change, Counter, Address):
        model.objects.all().delete()  # type: ignore[attr-defined]
    known = dict(types._declared)
    types._declared.clear()
    content = Content()
    for content_type in content.types():
        types.declare(content_type)
    yield content
    types._declared.clear()
    types._declared.update(known)
