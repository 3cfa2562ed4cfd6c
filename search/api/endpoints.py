"""What each address answers: from a path below the API's root and parameters to an answer. No HTTP request in here."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from math import inf
from urllib.parse import parse_qsl

from django.utils import timezone

from federation.options import BASE_MARK, base_url
from federation.vocabulary.labels import FRESH_FOR

from .. import index
from ..detail import Document, Missing, detail
from ..documents import as_json
from ..engines import engine
from ..listing import as_bytes, list_things
from ..orders import last_end
from ..query import ENTRY_FIELDS, ListQuery, parse
from ..snapshot import Snapshot
from ..strict import BadParameter, collected, echoed, language_chain, members, number
from ..sync import changes_since
from ..types import declared
from . import searching
from .answers import NOT_KEPT, Answer, fingerprint, gone, keep, kept, not_found, problem
from .vocabularies import VOCABULARIES

Pairs = Sequence[tuple[str, str]]

# No query of ours is longer; the rest is a mistake or an attack.
LONGEST_QUERY = 16_384
MOST_PARAMETERS = 200


def answer_to(root: str, rest: str, query_string: str) -> Answer | None:
    """The answer to a GET of `root` + `rest`; None when that is no address of ours.

    Args:
        root: where the API is mounted ("/api/v3/").
        rest: the path below it ("entries/7k2.../").
        query_string: as it came, percent-encoded.
    """
    endpoint = endpoint_for(rest)
    if endpoint is None:
        return None
    if len(query_string) > LONGEST_QUERY:
        return problem(400, "Bad Request", f"The query is longer than {LONGEST_QUERY} characters.")
    try:
        pairs = parse_qsl(query_string, keep_blank_values=True, max_num_fields=MOST_PARAMETERS, errors="replace")
    except ValueError:
        return problem(400, "Bad Request", f"The query has more than {MOST_PARAMETERS} parameters.")
    try:
        return endpoint(root + rest, pairs, query_string)
    except BadParameter as error:
        return bad_parameter(error)


def bad_parameter(error: BadParameter) -> Answer:
    """A 400 that names the parameter and what was probably meant."""
    more = {"suggestion": error.suggestion} if error.suggestion else {}
    return problem(400, "Bad Request", error.detail, parameter=echoed(error.name), **more)


def endpoint_for(rest: str) -> Callable[[str, Pairs, str], Answer] | None:
    """What answers a path below the API's root."""
    parts = rest.split("/")
    if parts[-1] != "" or len(parts) not in {2, 3} or not parts[0]:
        return None
    if rest in SEARCHES:
        return partial(_searched, SEARCHES[rest])
    types = {"entries": None, **{t.plural: t.name for t in declared().values() if t.routed}}
    first = parts[0]
    if len(parts) == 2:
        if first in types:
            return partial(_list, types[first])
        if first in VOCABULARIES:
            return partial(_vocabulary, first)
        return {"sync": _sync, "health": _health}.get(first)
    if first in types and parts[1]:
        return partial(_detail, types[first], parts[1])
    return None


SEARCHES = {"search/": searching.search, "search/suggest/": searching.suggest}


def _searched(asked: Callable[[str, Pairs], Answer], path: str, pairs: Pairs, query_string: str) -> Answer:
    return asked(path, pairs)


def _list(type_name: str | None, path: str, pairs: Pairs, query_string: str) -> Answer:
    snapshot = index.current()
    # "New" depends on the day; nothing finer than a day is kept.
    question = (path, query_string, snapshot.stamp, timezone.now().date(), base_url())
    found = kept(question)
    if found is not None:
        return found
    query = parse(pairs, snapshot, type_name=type_name)
    body = as_bytes(list_things(query, snapshot), query, path)
    answer = Answer(200, body, fingerprint(body), changed_at(snapshot, query))
    if query.words:
        return replace(answer, headers=NOT_KEPT)
    # This one changes with every event that ends.
    if query.order == "coming":
        return answer
    # Labels of facets are read anew from time to time, without a change in the register.
    return keep(question, answer, seconds=FRESH_FOR if query.facets else inf)


def changed_at(snapshot: Snapshot, query: ListQuery) -> datetime:
    """When a list may last have changed: by the register, by the clock, or at midnight, when "new" counts anew."""
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    moments = [midnight, snapshot.changed_at, snapshot.passed]
    if query.order == "coming" and query.type:
        moments.append(last_end(snapshot, snapshot.having("type", query.type)))
    return max(moment for moment in moments if moment)


def _detail(type_name: str | None, ref: str, path: str, pairs: Pairs, query_string: str) -> Answer:
    values = collected(pairs, several=("locale", "fallback", "fields"))
    found = detail(
        ref[:64],
        type_name=type_name,
        languages=language_chain(values),
        fields=members(values, "fields", detail_fields(type_name)),
    )
    if isinstance(found, Document):
        return Answer(200, found.body, found.etag, found.last_modified)
    if found is Missing.OTHER_LANGUAGE:
        return problem(404, "Not Found", "This is not available in that language. Add fallback=* for any language.")
    return gone() if found is Missing.GONE else not_found()


def detail_fields(type_name: str | None) -> tuple[str, ...]:
    """Keys that a document may have."""
    types = [declared()[type_name]] if type_name else list(declared().values())
    names = [name for t in types for schema in (t.card_schema, t.document_schema) for name in schema.model_fields]
    return tuple(dict.fromkeys([*ENTRY_FIELDS, "published_at", *names]))


# Of each vocabulary: the fingerprint of what was sent last, and since when this process has known it so.
_known_since: dict[str, tuple[str, datetime]] = {}


def _vocabulary(name: str, path: str, pairs: Pairs, query_string: str) -> Answer:
    collected(pairs)
    items = VOCABULARIES[name]()
    body = json.dumps({"count": len(items), "items": items}, ensure_ascii=False, separators=(",", ":")).encode()
    etag = fingerprint(body)
    if _known_since.get(name, ("",))[0] != etag:
        _known_since[name] = (etag, timezone.now())
    return Answer(200, body, etag, _known_since[name][1])


def _sync(path: str, pairs: Pairs, query_string: str) -> Answer:
    values = collected(pairs, single=("since", "limit"))
    limit = number(values, "limit", 100, least=1, most=1000)
    snapshot = index.current()
    value = changes_since(values.get("since", [""])[0], limit=limit)
    if value is None:
        raise BadParameter("since", "This token is none of ours. Begin again without it.")
    body = as_json(value).replace(BASE_MARK, base_url()).encode()
    moments = [moment for moment in (snapshot.changed_at, snapshot.passed) if moment]
    return Answer(200, body, fingerprint(body), max(moments, default=None))


def _health(path: str, pairs: Pairs, query_string: str) -> Answer:
    """How searching is, for whoever watches over it. It is 200 as long as readers get answers at all."""
    collected(pairs)
    health = engine().health()
    search = {
        "engine": health.engine,
        "degraded": health.degraded,
        "changes_behind": health.changes_behind,
        "seconds_behind": round(health.seconds_behind, 1),
    }
    body = as_json({"status": "degraded" if health.degraded else "ok", "search": search}).encode()
    return Answer(200, body, headers={"Cache-Control": "no-store"})


def query_of(pairs: Pairs, *, type_name: str | None = None) -> ListQuery:
    """Parse parameters against the register of this moment."""
    return parse(pairs, index.current(), type_name=type_name)
