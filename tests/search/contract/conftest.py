"""The fixture `shelf`, once for each engine that can be reached."""

from collections.abc import Iterator
from typing import Any

import pytest

from search import types
from search.engines.database import DatabaseEngine
from search.models import Address, Change, Counter, Entry
from tests.search.generated import Content

from .shelf import Shelf


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


@pytest.fixture(params=["database"])
def shelf(request: Any, content: Content) -> Shelf:
    """An empty shelf for each engine."""
    return Shelf(DatabaseEngine(), content)
