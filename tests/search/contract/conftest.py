"""The fixture `shelf`, once for each engine that can be reached."""

import os
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import override_settings
from elasticsearch import Elasticsearch

from search.engines.database import DatabaseEngine
from search.engines.elasticsearch import ElasticsearchEngine, connection
from tests.operations.servers import needs_elasticsearch
from tests.search.generated import Content

from .shelf import FollowedShelf, Shelf


@pytest.fixture(scope="session")
def index_name() -> Iterator[str]:
    """An index of this process of tests alone, on the server that ELASTICSEARCH_URL names."""
    name = f"federation-test-{uuid4().hex[:8]}"
    yield name
    with Elasticsearch(os.environ["ELASTICSEARCH_URL"]) as client:
        for one in client.indices.get(index=f"{name}-*").body:
            client.indices.delete(index=one)


@pytest.fixture
def served(index_name: str) -> Iterator[None]:
    """Elasticsearch is the engine; readers wait for it however long it takes, for tests run beside it."""
    url = os.environ["ELASTICSEARCH_URL"]
    options = {"SEARCH_ENGINE": "elasticsearch", "ELASTICSEARCH_URL": url, "ELASTICSEARCH_INDEX": index_name}
    with override_settings(FEDERATION={**settings.FEDERATION, **options}):
        connection.use(url, connection.Server(url, patience=30))
        yield
        connection.use(url, None)


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=needs_elasticsearch)])
def shelf(request: Any, content: Content) -> Shelf:
    """An empty shelf for each engine."""
    if request.param == "database":
        return Shelf(DatabaseEngine(), content)
    request.getfixturevalue("served")
    return FollowedShelf(ElasticsearchEngine(), content)
