"""Chapters as readers see them: only what is in the register, from memory."""

import json
from collections.abc import Iterator
from threading import Lock
from typing import Any

from django.db.models import Count, Max

from federation.options import BASE_MARK
from search import index
from search.models import Entry

Document = dict[str, Any]

_kept: dict[str, tuple[Any, dict[str, Document]]] = {}
_stamps: dict[tuple[int, str], Any] = {}
_lock = Lock()


def chapters(lang: str) -> dict[str, Document]:
    """Every public chapter by its code; each in `lang` if it exists, else in its own first language.

    Each has `below`, the codes of its children by name, and `depth`, 0 at the top. A chapter whose parent is not public
    stands at the top. Documents are kept until a chapter changes; nobody may change them.
    """
    stamp = _stamp()
    kept = _kept.get(lang)
    if kept is None or kept[0] != stamp:
        kept = _kept[lang] = (stamp, _read(lang))
    return kept[1]


def _stamp() -> Any:
    """What tells one state of all chapters from another; asked once for each state of the register."""
    whole = index.current().stamp
    with _lock:
        if whole not in _stamps:
            _stamps.clear()
            found = Entry.objects.public().filter(type="chapter").aggregate(last=Max("sequence"), rows=Count("pk"))
            _stamps[whole] = (found["last"], found["rows"])
        return _stamps[whole]


def forget() -> None:
    """Read anew at the next question; for tests, which roll their changes back."""
    _stamps.clear()
    _kept.clear()


def _read(lang: str) -> dict[str, Document]:
    chosen: dict[str, Entry] = {}
    for entry in Entry.objects.public().filter(type="chapter").only("ref", "locale", "original", "document"):
        known = chosen.get(entry.ref)
        if known is None or entry.locale == lang or (entry.original and known.locale != lang):
            chosen[entry.ref] = entry
    documents = {ref: json.loads(entry.document.replace(BASE_MARK, "")) for ref, entry in chosen.items()}
    for document in documents.values():
        if lang in document["names"]:
            document |= {"name": document["names"][lang], "name_locale": lang}
        else:
            document |= {"name": document["title"], "name_locale": document["locale"]}
    by_name = sorted(documents, key=lambda code: documents[code]["name"])
    for document in documents.values():
        document["below"] = [code for code in by_name if _parent(documents, code) == document["ref"]]
    tops = [code for code in by_name if not _parent(documents, code)]
    return {code: {**documents[code], "depth": depth} for code, depth in _walk(documents, tops, 0)}


def _parent(documents: dict[str, Document], code: str) -> str:
    parent = documents[code]["parent"]
    return parent["code"] if parent and parent["code"] in documents else ""


def _walk(documents: dict[str, Document], codes: list[str], depth: int) -> Iterator[tuple[str, int]]:
    for code in codes:
        yield code, depth
        yield from _walk(documents, documents[code]["below"], depth + 1)


def root(lang: str) -> Document | None:
    """The federation itself."""
    return next((document for document in chapters(lang).values() if document["level"] == "federation"), None)


def tree(lang: str) -> list[Document]:
    """Chapters nested by `children`, for the directory."""
    known = chapters(lang)

    def branch(code: str) -> Document:
        return {**known[code], "children": [branch(child) for child in known[code]["below"]]}

    return [branch(code) for code, document in known.items() if document["depth"] == 0]
