"""A server that is not supported is named in a whole sentence."""

from typing import Any

import pytest
from elastic_transport import TransportError

from search.engines.elasticsearch.connection import Server, UnsupportedServer
from tests.search.elastic.network import INFO, PRODUCT, Network

NEEDED = "Federation needs Elasticsearch 9.4 or newer."


def ask(*, status: int = 200, info: Any = INFO, headers: dict[str, str] = PRODUCT) -> None:
    network = Network()
    network.status, network.info, network.headers = status, info, headers
    Server("http://elasticsearch.test:9200", node_class=network.node_class()).check()


@pytest.mark.parametrize("number", ["9.4.0", "9.4.3", "9.11.0"])
def test_supported_versions(number: str) -> None:
    ask(info={"version": {"number": number}})


@pytest.mark.parametrize("number", ["7.17.0", "8.19.3", "9.3.9", "10.0.0", ""])
def test_other_versions(number: str) -> None:
    with pytest.raises(UnsupportedServer) as refused:
        ask(info={"version": {"number": number}})
    assert str(refused.value) == (
        f"The server at ELASTICSEARCH_URL is Elasticsearch {number or '?'}. "
        "Federation needs version 9, and of it 9.4 or newer."
    )


def test_opensearch() -> None:
    with pytest.raises(UnsupportedServer) as refused:
        ask(info={"version": {"distribution": "opensearch", "number": "3.1.0"}}, headers={})
    assert str(refused.value) == f"The server at ELASTICSEARCH_URL is OpenSearch 3.1.0. {NEEDED}"


@pytest.mark.parametrize("info", [{}, [], {"version": "1"}, {"version": {"number": "9.4.3"}}])
def test_something_else(info: Any) -> None:
    with pytest.raises(UnsupportedServer) as refused:
        ask(info=info, headers={})
    assert str(refused.value) == f"What answers at ELASTICSEARCH_URL is no Elasticsearch. {NEEDED}"


@pytest.mark.parametrize("status", [401, 403])
def test_credentials(status: int) -> None:
    with pytest.raises(UnsupportedServer) as refused:
        ask(status=status)
    assert str(refused.value) == (
        "Elasticsearch refuses to be asked without valid credentials. "
        "Set user and password in ELASTICSEARCH_URL, or ELASTICSEARCH_API_KEY."
    )


def test_failing_server_is_not_called_unsupported() -> None:
    with pytest.raises(TransportError):
        ask(status=503)
