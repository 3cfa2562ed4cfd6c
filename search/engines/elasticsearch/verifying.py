"""Whether the index says what the register says: every visible thing, every field, and nothing besides."""

from collections.abc import Iterator
from typing import Any

from search.engines.interface import Difference, Progress
from search.followers import batch_after, state_of

from . import indexes
from .connection import Server, server
from .documents import all_refs, documents_of

BATCH = 500


def verify(progress: Progress = lambda count: None) -> list[Difference]:
    """What differs, by ref. What has changed and is still to be followed is no difference.

    NotFoundError when there is no index.
    """
    at = server()
    at.check()
    found: list[Difference] = []
    for refs in all_refs(BATCH):
        found += _differences(at, refs)
        progress(len(refs))
    for refs in _indexed_refs(at):
        found += [one for one in _differences(at, refs) if one.what == "surplus"]
    return _looked_at_again(at, sorted({one.ref for one in found}))


def _differences(at: Server, refs: list[str]) -> list[Difference]:
    """Of these things, document for document."""
    expected = documents_of(refs)
    stored = {one["_id"]: one.get("_source") for one in at.writing.mget(index=indexes.alias(), ids=refs)["docs"]}
    return [Difference(ref, _what(expected[ref], stored[ref])) for ref in refs if expected[ref] != stored[ref]]


def _what(expected: dict[str, Any] | None, stored: dict[str, Any] | None) -> str:
    if stored is None:
        return "missing"
    return "surplus" if expected is None else "outdated"


def _indexed_refs(at: Server) -> Iterator[list[str]]:
    """Refs of all that is in the index, whether or not the register has them."""
    after: list[Any] | None = None
    while True:
        page = at.writing.search(
            index=indexes.alias(),
            source=False,
            size=BATCH * 10,
            sort=["ref"],
            search_after=after,
            track_total_hits=False,
        )
        hits = page["hits"]["hits"]
        if not hits:
            return
        yield [hit["_id"] for hit in hits]
        after = hits[-1]["sort"]


def _looked_at_again(at: Server, refs: list[str]) -> list[Difference]:
    """Those that still differ, and of which nothing is waiting to be followed."""
    at.writing.indices.refresh(index=indexes.alias())
    found = [one for start in range(0, len(refs), BATCH) for one in _differences(at, refs[start : start + BATCH])]
    state = state_of(indexes.alias())
    waiting = set(batch_after(state.sequence, state.looked_at, most=1_000_000).refs) if found else set()
    return [one for one in found if one.ref not in waiting]
