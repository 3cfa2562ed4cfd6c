"""The pinned client speaks to a real server of the version that we support, in the languages that we need."""

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from .servers import needs_elasticsearch

pytestmark = needs_elasticsearch


@pytest.fixture
def client() -> Iterator[Elasticsearch]:
    with Elasticsearch(os.environ["ELASTICSEARCH_URL"], request_timeout=30) as client:
        yield client


@pytest.fixture
def index(client: Elasticsearch) -> Iterator[str]:
    """An index of Arabic and French titles that goes after the test."""
    name = f"federation-test-{uuid4().hex}"
    titles = {
        "type": "text",
        "fields": {"ar": {"type": "text", "analyzer": "arabic"}, "fr": {"type": "text", "analyzer": "french"}},
    }
    client.indices.create(index=name, mappings={"properties": {"title": titles, "country": {"type": "keyword"}}})
    yield name
    client.indices.delete(index=name)


def test_server_is_not_older_than_the_client(client: Elasticsearch) -> None:
    from elasticsearch import __version__

    server = tuple(int(part) for part in client.info()["version"]["number"].split(".")[:2])
    assert server >= __version__[:2]


def test_words_are_found_in_their_language_and_counted_by_facet(client: Elasticsearch, index: str) -> None:
    client.index(index=index, id="a", document={"title": "المدافعون عن الحقوق", "country": "TN"})
    client.index(index=index, id="f", document={"title": "Des journalistes libérées", "country": "MR"})
    client.indices.refresh(index=index)

    def found(field: str, words: str) -> tuple[list[str], dict[str, int]]:
        answer = client.search(
            index=index, query={"match": {field: words}}, aggs={"country": {"terms": {"field": "country"}}}
        )
        counts = {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"]["country"]["buckets"]}
        return [hit["_id"] for hit in answer["hits"]["hits"]], counts

    assert found("title.ar", "مدافعين") == (["a"], {"TN": 1})
    assert found("title.fr", "journaliste libéré") == (["f"], {"MR": 1})
    assert found("title.fr", "مدافعين") == ([], {})
