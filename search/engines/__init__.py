"""Search engines: one interface, so that readers cannot tell which of them answers.

Every engine finds by the same rules (`search/words.py`, `search/relevance.py`) and passes `tests/search/contract/`.
"""

from functools import cache

from django.utils.module_loading import import_string

from federation.options import option

from .interface import (
    Difference,
    Engine,
    Found,
    Health,
    Hit,
    Language,
    Progress,
    SearchQuery,
    Segment,
    Segments,
    Trouble,
)

__all__ = [
    "Difference",
    "Engine",
    "Found",
    "Health",
    "Hit",
    "Language",
    "Progress",
    "SearchQuery",
    "Segment",
    "Segments",
    "Trouble",
    "engine",
]

ENGINES = {
    "database": "search.engines.database.DatabaseEngine",
    "elasticsearch": "search.engines.elasticsearch.ElasticsearchEngine",
}


def engine() -> Engine:
    """The engine that FEDERATION["SEARCH_ENGINE"] names; one for the process."""
    return _made(option("SEARCH_ENGINE"))


@cache
def _made(name: str) -> Engine:
    made: Engine = import_string(ENGINES.get(name, name))()
    return made
