"""The tree of chapters as readers see it: only what is in the register."""

import json
from typing import Any

from federation.options import BASE_MARK
from search.models import Entry


def chapter_tree(lang: str) -> list[dict[str, Any]]:
    """Chapters as documents with `below`, their children; each in `lang` if it exists, else in its own first language.

    A chapter whose parent is not public stands at the top.
    """
    chosen: dict[str, Entry] = {}
    for entry in Entry.objects.public().filter(type="chapter").only("ref", "locale", "original", "document"):
        known = chosen.get(entry.ref)
        if known is None or entry.locale == lang or (entry.original and known.locale != lang):
            chosen[entry.ref] = entry
    documents = {ref: json.loads(entry.document.replace(BASE_MARK, "")) for ref, entry in chosen.items()}
    for document in documents.values():
        document["below"] = []
        if lang in document["names"]:
            document |= {"title": document["names"][lang], "locale": lang}
    top: list[dict[str, Any]] = []
    for document in sorted(documents.values(), key=lambda document: document["title"]):
        parent = document["parent"] and documents.get(document["parent"]["code"])
        (parent["below"] if parent else top).append(document)
    return top
