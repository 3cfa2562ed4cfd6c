"""Indexes as the server has them: made, named by an alias, written in bulk."""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _
from elasticsearch import Elasticsearch, NotFoundError

from federation.options import option

from .mapping import index_definition

logger = logging.getLogger(__name__)

# A request of bulk writing is not longer than this (Elasticsearch refuses more than 100 MB).
MOST_BYTES = 4_000_000

Documents = Mapping[str, dict[str, Any] | None]


class Stalled(Exception):
    """The index takes no changes now: it is full, overloaded or closed. Nothing is lost, it is tried again."""


def alias() -> str:
    """The name under which readers find the index of today."""
    return str(option("ELASTICSEARCH_INDEX"))


def alias_of_next() -> str:
    """The name of an index that is being built: writing by it can never make an index by accident."""
    return f"{alias()}-next"


def behind(client: Elasticsearch, name: str) -> str:
    """The index behind an alias; empty when there is none."""
    try:
        return min(client.indices.get_alias(name=name).body, default="")
    except NotFoundError:
        return ""


def make(client: Elasticsearch) -> str:
    """A new, empty index, being built. What is left of one that was never finished goes."""
    name = f"{alias()}-{uuid4().hex[:12]}"
    _delete_all_but(client, behind(client, alias()))
    client.indices.create(index=name, **index_definition(), aliases={alias_of_next(): {}})
    return name


def put_in_place(client: Elasticsearch, name: str) -> None:
    """Let readers find this index from now on; in one step, so that there is no moment without any."""
    actions: list[dict[str, Any]] = [
        {"remove": {"index": f"{alias()}-*", "alias": alias(), "must_exist": False}},
        {"add": {"index": name, "alias": alias()}},
        {"remove": {"index": name, "alias": alias_of_next(), "must_exist": False}},
    ]
    client.indices.update_aliases(actions=actions)


def tidy(client: Elasticsearch) -> None:
    """Delete every index of ours but the one that readers find."""
    _delete_all_but(client, behind(client, alias()))


def _delete_all_but(client: Elasticsearch, kept: str) -> None:
    # By name: another federation on the same server may be called as this one is, and something more.
    ours = re.compile(re.escape(alias()) + "-[0-9a-f]{12}")
    for name in client.indices.get(index=f"{alias()}-*", expand_wildcards="all", features="aliases").body:
        if name != kept and ours.fullmatch(name):
            client.options(ignore_status=404).indices.delete(index=name)


def newest(client: Elasticsearch, name: str) -> int:
    """The newest line of the log that an index has something of."""
    found = client.search(index=name, size=0, aggs={"newest": {"max": {"field": "sequence"}}})
    return int(found["aggregations"]["newest"]["value"] or 0)


def write(client: Elasticsearch, name: str, documents: Documents, *, version: int, refresh: bool = False) -> None:
    """Write documents by ref, and delete those that are None, through an alias.

    What the index will never have (a fault in the document) is logged, and its older state deleted.

    Args:
        version: line of the log up to which they are true at least; what is newer in the index stays as it is.
        refresh: return only when searches find them.

    Raises Stalled when the index takes nothing now, NotFoundError when there is no such alias.
    """
    rejected: dict[str, None] = {}
    for operations in _portions(documents, version):
        answer = client.bulk(index=name, operations=operations, require_alias=True)
        if answer["errors"]:
            rejected |= dict.fromkeys(_rejected(answer["items"]))
    if rejected:
        write(client, name, rejected, version=version)
    if refresh:
        client.indices.refresh(index=name)


def _portions(documents: Documents, version: int) -> Iterator[list[Any]]:
    portion: list[Any] = []
    size = 0
    for ref, document in documents.items():
        lines = _lines(ref, document, version)
        if portion and size + sum(map(len, lines)) > MOST_BYTES:
            yield portion
            portion, size = [], 0
        portion += lines
        size += sum(map(len, lines))
    if portion:
        yield portion


def _lines(ref: str, document: dict[str, Any] | None, version: int) -> list[bytes]:
    head = {"_id": ref, "version": version, "version_type": "external_gte"}
    if document is None:
        return [json.dumps({"delete": head}).encode()]
    return [json.dumps({"index": head}).encode(), json.dumps(document, ensure_ascii=False).encode()]


def _rejected(items: list[dict[str, Any]]) -> Iterator[str]:
    """Refs of what of a portion the index will not have, whenever it is tried."""
    for item in items:
        (outcome,) = item.values()
        status, error = outcome["status"], outcome.get("error") or {}
        if status < 300 or (status == 404 and not error):
            continue
        if status == 409:  # what is there is newer: another process had the turn meanwhile
            continue
        if status != 400:
            raise Stalled(_stalled(status, str(error.get("type")), str(error.get("reason"))))
        logger.error("Elasticsearch refuses the document of %s (%s).", outcome["_id"], error.get("type"))
        yield str(outcome["_id"])


def _stalled(status: int, kind: str, reason: str) -> str:
    if status == 404:
        return _("The index of Elasticsearch is gone; it is built anew.")
    if "disk" in reason or "read-only" in reason:
        return _("Elasticsearch takes no changes: its disk is full or the index was made read-only (%s).") % kind
    if status == 429:
        return _("Elasticsearch is overloaded and takes no changes now (%s).") % kind
    return _("Elasticsearch takes no changes now: status %(status)d, %(kind)s.") % {"status": status, "kind": kind}
