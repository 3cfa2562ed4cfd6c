"""What the index holds: one document for each thing, with its terms in each language; and how a change is noticed.

What a word is, `search.analysis` decides, for all engines; which terms an entry is found by, `search.terms`. So every
engine finds the same and puts it in the same order. Elasticsearch takes the terms as they come, a blank between them.
"""

import hashlib
import json
from functools import cache
from typing import Any

from elasticsearch.dsl import Date, Keyword, Long, Mapping, Object, Text

from federation.vocabulary.languages import content_languages
from search import analysis

# Languages that are not among those of the settings: of content that was there before.
OTHERS = "und"
# What is written into the index is a matter of the code too: raised when a document of the same thing would differ.
MEANING = 2
# Values are codes; a longer one is none.
LONGEST_CODE = 256

SETTINGS: dict[str, Any] = {
    # One shard: counts of facets are exact, and a federation's index is small.
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "max_result_window": 10_000_100,
    "codec": "best_compression",
}


def room_of(language: str) -> str:
    """Where the terms of a language stand; languages that content cannot be in any more share a room."""
    return language if language in content_languages() else OTHERS


def field_of(room: str) -> str:
    """Path of the terms of a language."""
    return f"words.{room}"


def index_definition() -> dict[str, Any]:
    """Settings and mappings of a new index."""
    return {"settings": SETTINGS, "mappings": {**_mapping(_rooms()).to_dict(), "_meta": {"pattern": pattern()}}}


def pattern() -> str:
    """A fingerprint of what an index is made to be: when it differs, another one is to be built."""
    return _fingerprint(_rooms())


def _rooms() -> tuple[str, ...]:
    return (*content_languages(), OTHERS)


@cache
def _fingerprint(rooms: tuple[str, ...]) -> str:
    made = [MEANING, analysis.VERSION, SETTINGS, _mapping(rooms).to_dict()]
    return hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:16]


@cache
def _mapping(rooms: tuple[str, ...]) -> Mapping:
    terms = Text(analyzer="whitespace", norms=False)
    code = {"type": "keyword", "ignore_above": LONGEST_CODE, "eager_global_ordinals": True}
    mapping = Mapping()
    mapping.meta("dynamic", "strict")
    mapping.meta("dynamic_templates", [{"facets": {"path_match": "facets.*", "mapping": code}}])
    for name in ("ref", "locales"):
        mapping.field(name, Keyword())
    for name in ("day", "last_day"):
        mapping.field(name, Date(format="strict_date"))
    for name in ("sequence", "lead"):
        mapping.field(name, Long())
    mapping.field("numbers", Object(properties={room: Long() for room in rooms}))
    mapping.field("facets", Object(dynamic=True))
    mapping.field("words", Object(properties=dict.fromkeys(rooms, terms)))
    return mapping
