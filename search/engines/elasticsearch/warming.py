"""What a server makes at the first question (scripts, tables of facet values) is made before readers ask."""

from elasticsearch import Elasticsearch

from federation.vocabulary.languages import content_languages
from search.engines.interface import SearchQuery
from search.query import FACETS, ListQuery
from search.words import read

from .questions import request


def warm(client: Elasticsearch, name: str) -> None:
    """Ask an index what readers ask: a cold one took a second, and readers would have gone to the database."""
    query = SearchQuery(words=read("first question"), list=ListQuery(facets=FACETS))
    client.search(index=name, body=request(query, languages=content_languages(), without=()).to_dict())
