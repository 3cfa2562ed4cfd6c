"""What each address answers: from a path below the API's root and parameters to an answer. No HTTP request in here."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import parse_qsl

from django.utils import timezone

from federation.options import base_url

from .. import index
from ..detail import Document, Missing, detail
from ..documents import etag_of
from ..listing import as_bytes, list_things
from ..query import ENTRY_FIELDS, BadParameter, ListQuery, collected, echoed, language_chain, members, parse
from ..sync import changes_since
from ..types import declared
from .answers import Answer, gone, keep, kept, not_found, problem
from .vocabularies import VOCABULARIES

Pairs = Sequence[tuple[str, str]]

# No query of ours is longer; the rest is a mistake or an attack.
LONGEST_QUERY = 16_384


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
        pairs = parse_qsl(query_string, keep_blank_values=True, max_num_fields=200, errors="replace")
        return endpoint(root + rest, pairs, query_string)
    except BadParameter as error:
        return bad_parameter(error)
    except ValueError:
        return problem(400, "Bad Request", "The query has too many parameters.")


def bad_parameter(error: BadParameter) -> Answer:
    """A 400 that names the parameter and what was probably meant."""
    more = {"suggestion": error.suggestion} if error.suggestion else {}
    return problem(400, "Bad Request", error.detail, parameter=echoed(error.name), **more)


def endpoint_for(rest: str) -> Callable[[str, Pairs, str], Answer] | None:
    """What answers a path below the API's root."""
    parts = rest.split("/")
    if parts[-1] != "" or len(parts) not in {2, 3} or not parts[0]:
        return None
    types = {"entries": None, **{t.plural: t.name for t in declared().values() if t.routed}}
    first = parts[0]
    if len(parts) == 2:
        if first in types:
            return partial(_list, types[first])
        if first in VOCABULARIES:
            return partial(_vocabulary, first)
        return _sync if first == "sync" else None
    if first in types and parts[1]:
        return partial(_detail, types[first], parts[1])
    return None


def _list(type_name: str | None, path: str, pairs: Pairs, query_string: str) -> Answer:
    snapshot = index.current()
    # Some orders and all that is "new" depend on the time; a day is the finest that readers see of it.
    key = (path, query_string, snapshot.stamp, timezone.now().date(), base_url())
    found = kept(key)
    if found is not None and not _tells_the_time(type_name):
        return found
    query = parse(pairs, snapshot, type_name=type_name)
    body = as_bytes(list_things(query, snapshot), query, path)
    etag = etag_of(*map(str, key)) if query.order != "coming" else etag_of(body.decode())
    changed = max((moment for moment in (snapshot.changed_at, snapshot.passed) if moment), default=None)
    # "New" changes at midnight without any change in the register: then only the ETag tells.
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    answer = Answer(200, body, etag, max(changed, midnight) if changed else midnight)
    return keep(key, answer)


def _tells_the_time(type_name: str | None) -> bool:
    """A list that begins with what is coming changes with every event that ends."""
    return type_name is not None and declared()[type_name].order == "coming"


def _detail(type_name: str | None, ref: str, path: str, pairs: Pairs, query_string: str) -> Answer:
    values = collected(tuple(pairs), ("locale", "fallback", "fields"), ())
    found = detail(
        ref[:64],
        type_name=type_name,
        languages=language_chain(values),
        fields=members("fields", values, detail_fields(type_name)),
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


def _vocabulary(name: str, path: str, pairs: Pairs, query_string: str) -> Answer:
    collected(tuple(pairs), (), ())
    items = VOCABULARIES[name]()
    body = json.dumps({"count": len(items), "items": items}, ensure_ascii=False, separators=(",", ":")).encode()
    return Answer(200, body, etag_of(body.decode()))


def _sync(path: str, pairs: Pairs, query_string: str) -> Answer:
    values = collected(tuple(pairs), (), ("since", "limit"))
    limit = values.get("limit", ["100"])[0]
    if not (limit.isascii() and limit.isdigit() and 1 <= int(limit[:6] or 0) <= 1000):
        raise BadParameter("limit", f"'limit' is a whole number from 1 to 1000, not '{echoed(limit)}'.")
    value = changes_since(values.get("since", [""])[0], limit=int(limit))
    if value is None:
        raise BadParameter("since", "This token is none of ours. Begin again without it.")
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("\ue000", base_url()).encode()
    return Answer(200, body, etag_of(body.decode()), headers={"Cache-Control": "no-cache"})


def query_of(pairs: Pairs, *, type_name: str | None = None) -> ListQuery:
    """Parse parameters against the register of this moment."""
    return parse(pairs, index.current(), type_name=type_name)
