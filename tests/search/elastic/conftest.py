"""A register with notes in it, and an index that is to follow it: on a faked network."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from search.engines.elasticsearch import connection
from tests.search.contract.shelf import Shelf
from tests.search.elastic.network import Network

URL = "http://elasticsearch.test:9200"


@pytest.fixture
def network() -> Iterator[Network]:
    """Elasticsearch is the engine, and its server is a faked one."""
    network = Network()
    options = {**settings.FEDERATION, "SEARCH_ENGINE": "elasticsearch", "ELASTICSEARCH_URL": URL}
    with override_settings(FEDERATION=options):
        connection.use(URL, connection.Server(URL, node_class=network.node_class()))
        yield network
        connection.use(URL, None)


@pytest.fixture
def shelf(network: Network, content: Any) -> Shelf:
    """An empty register, searched by Elasticsearch; the index follows when it is told to."""
    from search.engines import engine

    return Shelf(engine(), content)
