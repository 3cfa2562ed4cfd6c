"""One search, answered by the index: what has changed since it was brought up to date is left out."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone
from elastic_transport import TransportError
from elasticsearch import ApiError, BadRequestError

from federation.vocabulary.languages import site_languages
from search import index
from search.counts import rows_of
from search.engines.hits import hits_of
from search.engines.interface import Found, SearchQuery
from search.models import Change, Follower
from search.prepared import Prepared
from search.snapshot import Row, Snapshot

from . import indexes
from .connection import Server, UnsupportedServer, server
from .following import LONGEST_LAG
from .mapping import pattern
from .questions import request

logger = logging.getLogger(__name__)

# With more changes than this to be left out the index is not asked.
MOST_CHANGES = 1000


class CannotAnswer(Exception):
    """The index is not to be asked now, or said something that the register does not know."""


def search(query: SearchQuery) -> Found:
    """What the index finds. CannotAnswer when the database has to.

    Asked twice at most: something may be published or withdrawn between the look at the register and the answer.
    """
    for attempt in range(2):
        snapshot = index.anew() if attempt else index.current()
        found = _found(query, snapshot, _answer(query, snapshot))
        if found is not None:
            return found
    raise CannotAnswer


def _found(query: SearchQuery, snapshot: Snapshot, answer: Any) -> Found | None:
    """An answer as readers see it; None when it names a thing that the register does not have."""
    rows = [shown_of(ref, query.languages, snapshot) for ref in (hit["_id"] for hit in answer["hits"]["hits"])]
    if None in rows:
        return None
    hits = hits_of([(row.ref, row.locale) for row in rows if row], query)
    if len(hits) != len(rows):
        return None
    return Found(
        count=answer["hits"]["total"]["value"],
        hits=hits,
        facets={name: _facet(name, answer["aggregations"][name], query, snapshot) for name in query.list.facets},
    )


def _facet(name: str, told: Any, query: SearchQuery, snapshot: Snapshot) -> list[dict[str, Any]]:
    values = told.get("values", told)
    if values["sum_other_doc_count"]:
        raise CannotAnswer
    counts = {bucket["key"]: bucket["doc_count"] for bucket in values["buckets"]}
    lang = next((language for language in query.languages if language != "*"), site_languages()[0])
    return rows_of(name, counts, lang, snapshot)


def shown_of(ref: str, languages: Sequence[str], snapshot: Snapshot) -> Row | None:
    """The version of a thing that is shown: in the first of these languages that it has, "*" being any."""
    rows = [snapshot.rows[key] for key in snapshot.by_ref.get(ref, ())]
    by_locale = {row.locale: row for row in rows}
    for language in languages:
        if language == "*" and rows:
            return next((row for row in rows if row.original), None) or by_locale[min(by_locale)]
        if language in by_locale:
            return by_locale[language]
    return None


def _answer(query: SearchQuery, snapshot: Snapshot) -> Any:
    without = changed_since(snapshot)
    asked = request(query, languages=snapshot.values("locale").keys(), without=without).to_dict()
    at = server()
    if not at.breaker.allows():
        raise CannotAnswer
    try:
        at.check(seconds=at.patience)
        answer = at.reading.search(index=indexes.alias(), body=asked, allow_partial_search_results=False)
    except (TransportError, UnsupportedServer) as error:
        at.breaker.failed()
        raise CannotAnswer from error
    except ApiError as error:
        _note(error, at)
        raise CannotAnswer from error
    at.breaker.succeeded()
    return answer


def _note(error: ApiError, at: Server) -> None:
    """An answer that is an error: of the server, or of our question. What was asked for is not written down."""
    if isinstance(error, BadRequestError):
        logger.error("Elasticsearch did not understand a question (%s).", error.message)
    else:
        at.breaker.failed()


FIELDS = ("index", "pattern", "sequence", "looked_at", "in_step_at")


class Cursor(NamedTuple):
    """Which index readers find, and how far it has come."""

    name: str
    pattern: str
    sequence: int
    looked_at: datetime
    in_step_at: datetime | None


def changed_since(snapshot: Snapshot) -> set[str]:
    """Refs of what has changed since the index was brought up to date; two queries at most.

    All of it is left out: what was withdrawn, and what was written anew, for its old words may be just what had to go.
    CannotAnswer when there is no index of our pattern, or it is too far behind.
    """
    cursor = next((Cursor(*row) for row in _cursor(indexes.alias())), None)
    if cursor is None or not cursor.name or cursor.pattern != pattern():
        raise CannotAnswer
    now = timezone.now()
    changed = {
        ref for ref, moments in snapshot.moments.items() if any(cursor.looked_at < moment <= now for moment in moments)
    }
    if snapshot.sequence > cursor.sequence:
        changed.update(ref for (ref,) in _changed(cursor.sequence))
    late = cursor.in_step_at is None or now - cursor.in_step_at > LONGEST_LAG
    if len(changed) > MOST_CHANGES or (changed and late):
        raise CannotAnswer
    return changed


_cursor = Prepared(lambda name: Follower.objects.filter(name=name).values_list(*FIELDS))
_changed = Prepared(
    lambda sequence: (
        Change.objects.filter(sequence__gt=sequence).order_by().values_list("ref").distinct()[: MOST_CHANGES + 1]
    )
)
