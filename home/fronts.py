"""Fronts, part by part: what a part says of itself, and what the register has for it at this moment."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from search import index
from search.counts import facet
from search.facets import GLOBAL
from search.listing import list_things
from search.query import MOST

from . import chapter_tree, world
from .reading import NEWS, Document, document_of, link, newest, query, rows
from .wording import in_words_of

# What a front shows that nobody has composed: it fills itself.
DEFAULT: list[Document] = [
    {"type": "lead", "target": None, "introduction": ""},
    {"type": "newest", "title": "", "filters": {}, "limit": 8},
    {"type": "map", "title": "", "filters": {}},
    {"type": "chapters_below", "title": ""},
]
# The lead is looked for among so many of the newest: in the reader's language, with a picture, no event if possible.
LEAD_AMONG = 20


def parts(front: list[Document], *, lang: str, chapter: str = "") -> list[Document]:
    """The parts of a front, each with `template` and what it shows; a part that has nothing to show is left out.

    Args:
        front: typed values as the register's document has them; empty for the default.
        chapter: lists are narrowed to this chapter and those below it.
    """
    shown: set[str] = set()
    found = []
    for part in front or DEFAULT:
        filled = _FILLED[part["type"]](part, lang, chapter, shown)
        if filled:
            found.append({**part, **filled, "template": f"home/parts/{part['type']}.html"})
    return found


def _scoped(filters: Document, chapter: str) -> dict[str, list[str]]:
    scoped = {**filters}
    if chapter and "chapter" not in scoped:
        scoped["chapter"] = [chapter]
    if "type" not in scoped:
        scoped["type"] = [*NEWS]
    return scoped


def _lead(part: Document, lang: str, chapter: str, shown: set[str]) -> Document | None:
    target = part["target"]
    if target is not None:
        found = document_of(target["ref"], target["type"], [lang, "*"])
        item = in_words_of(lang, found[0]) if found else None
    else:
        candidates = newest(lang, LEAD_AMONG, **_scoped({}, chapter))
        item = min(candidates, key=partial(_fit_to_lead, lang), default=None)
    if item is None:
        return None
    shown.add(item["ref"])
    return {"item": item}


def _fit_to_lead(lang: str, row: Document) -> tuple[bool, bool, bool]:
    return row["locale"] != lang, not row.get("image"), row["type"] == "event"


def _newest(part: Document, lang: str, chapter: str, shown: set[str]) -> Document | None:
    filters = _scoped(part["filters"], chapter)
    pairs = [(name, value) for name, values in filters.items() for value in values]
    # Events alone begin with what is coming.
    type_name = "event" if filters["type"] == ["event"] else ""
    pairs = [pair for pair in pairs if pair[0] != "type"] if type_name else pairs
    more = str(min(MOST, part["limit"] + len(shown)))
    found = list_things(query(lang, [*pairs, ("limit", more)], type_name=type_name), index.current())
    items = [row for row in rows(found, lang) if row["ref"] not in shown][: part["limit"]]
    shown |= {row["ref"] for row in items}
    asked = [(name, value) for name, value in pairs if name != "type" or part["filters"].get("type")]
    return {
        "rows": items,
        "count": found.count,
        "more": link(f"/{lang}/events/" if type_name else f"/{lang}/all/", asked),
        "title": part["title"] or _("New"),
    }


def _featured(part: Document, lang: str, chapter: str, shown: set[str]) -> Document | None:
    found = [document_of(item["ref"], item["type"], [item["locale"], "*"]) for item in part["items"]]
    items = [in_words_of(lang, one[0]) for one in found if one]
    shown |= {item["ref"] for item in items}
    return {"items": items, "title": part["title"] or _("Featured")} if items else None


def _chapters_below(part: Document, lang: str, chapter: str, shown: set[str]) -> Document | None:
    known = chapter_tree.chapters(lang)
    root = chapter_tree.root(lang)
    code = chapter or (root["ref"] if root else "")
    below = known[code]["below"] if code in known else []
    found = [{**known[one], "children": [known[child] for child in known[one]["below"]]} for one in below]
    return {"chapters": found, "title": part["title"] or _("Chapters")} if found else None


def _map(part: Document, lang: str, chapter: str, shown: set[str]) -> Document | None:
    filters = _scoped(part["filters"], chapter)
    pairs = [(name, value) for name, values in filters.items() for value in values]
    counts = facet("country", query(lang, pairs), index.current())
    asked = [(name, value) for name, value in pairs if name != "type" or part["filters"].get("type")]
    places: list[Document] = [
        {
            "code": row["value"],
            "label": row["label"],
            "count": row["count"],
            "url": link(f"/{lang}/all/", [*asked, ("country", row["value"])]),
        }
        for row in counts
        if row["value"] != GLOBAL
    ]
    if len(places) < 2:
        return None
    return {"map": {**world.circles(places), "everywhere": None}, "title": part["title"] or _("Where")}


def _as_it_is(part: Document, lang: str, chapter: str, shown: set[str]) -> Document | None:
    return {"shown": True}


_FILLED: dict[str, Any] = {
    "lead": _lead,
    "featured": _featured,
    "newest": _newest,
    "chapters_below": _chapters_below,
    "map": _map,
    "call_to_action": _as_it_is,
    "text": _as_it_is,
}
