"""The fixture `shelf`, once for each engine that can be reached."""

from typing import Any

import pytest

from search.engines.database import DatabaseEngine
from tests.search.generated import Content

from .shelf import Shelf


@pytest.fixture(params=["database"])
def shelf(request: Any, content: Content) -> Shelf:
    """An empty shelf for each engine."""
    return Shelf(DatabaseEngine(), content)
