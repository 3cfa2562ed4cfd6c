"""Texts of blocks as the register shows them: typed values (schemas.py), their words, files and references."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from federation.media.documents import document_document, image_document, image_files
from search.addresses import mention

from .blocks import anchor_of
from .richtext import linked_refs, plain_text, public_html


def blocks_document(stream: Any, *, lang: str) -> list[dict[str, Any]]:
    """Each block of a text as a JSON value with a `type`; a picture that is gone is left out."""
    used: set[str] = set()
    values = []
    for block in stream or []:
        value = _DOCUMENTS[block.block_type](block.value, lang)
        if value is not None:
            values.append({"type": block.block_type, "id": str(block.id or ""), **_with_own_anchor(value, used)})
    return values


def blocks_text(stream: Any) -> str:
    """The words of a text, for search."""
    return "\n".join(text for block in stream or [] for text in _words(block.value) if text)


def blocks_files(stream: Any) -> tuple[str, ...]:
    """Storage names that become public with a text."""
    names: list[str] = []
    for block in stream or []:
        if block.block_type == "image" and block.value.get("image"):
            names += image_files(block.value["image"])
        if block.block_type == "document" and block.value.get("document"):
            names.append(block.value["document"].file.name)
    return tuple(names)


def blocks_references(stream: Any) -> tuple[str, ...]:
    """Refs of what a text mentions or links to."""
    refs: list[str] = []
    for block in stream or []:
        if block.block_type == "reference":
            refs.append(block.value)
        else:
            refs += [ref for source in _rich_texts(block.value) for ref in linked_refs(source)]
    return tuple(dict.fromkeys(refs))


def reference_refs(stream: Any) -> list[str]:
    """The refs of a field made by `references_field`."""
    return [block.value for block in stream or [] if block.block_type == "reference"]


def mentions(refs: Iterable[str], *, lang: str) -> list[dict[str, str]]:
    """What may be said of these things: those that are public."""
    found = (mention(ref, lang=lang) for ref in refs)
    return [value for value in found if value is not None]


def organisations(stream: Any) -> list[dict[str, str]]:
    """The organisations of a field made by `organisations_field`."""
    return [{"name": block.value["name"], "url": block.value.get("url") or ""} for block in stream or []]


def _with_own_anchor(value: dict[str, Any], used: set[str]) -> dict[str, Any]:
    """Two parts of one text never share an anchor: the second gets a number."""
    if "anchor" not in value:
        return value
    base = anchor = value["anchor"] or "part"
    number = 1
    while anchor in used:
        number += 1
        anchor = f"{base}-{number}"
    used.add(anchor)
    return {**value, "anchor": anchor}


def _paragraph(value: Any, lang: str) -> dict[str, Any]:
    return {"html": public_html(value.source, lang=lang)}


def _heading(value: Any, lang: str) -> dict[str, Any]:
    return {"text": value["text"], "level": int(value["level"]), "anchor": value["anchor"] or anchor_of(value["text"])}


def _quote(value: Any, lang: str) -> dict[str, Any]:
    return {"text": value["text"], "source": value["source"] or ""}


def _image(value: Any, lang: str) -> dict[str, Any] | None:
    if not value.get("image"):
        return None
    image = image_document(value["image"], alt=value["alt"] or "", credit=value["credit"] or "")
    return {"image": image, "caption": value["caption"] or ""}


def _document(value: Any, lang: str) -> dict[str, Any] | None:
    if not value.get("document"):
        return None
    document = document_document(value["document"])
    return {"document": {**document, "title": value["title"] or document["title"]}}


def _items(items: Any, lang: str) -> list[dict[str, str]]:
    return [
        {"number": item["number"] or "", "html": public_html(item["text"].source, lang=lang)} for item in items or []
    ]


def _list(value: Any, lang: str) -> dict[str, Any]:
    anchor = value["anchor"] or anchor_of(value["title"] or "") or "list"
    return {"title": value["title"] or "", "anchor": anchor, "items": _items(value["items"], lang)}


def _question(value: Any, lang: str) -> dict[str, Any]:
    return {
        "question": value["question"],
        "anchor": value["anchor"] or anchor_of(value["question"]),
        "answer": public_html(value["answer"].source, lang=lang),
        "items": _items(value["items"], lang),
    }


def _glossary_term(value: Any, lang: str) -> dict[str, Any]:
    return {
        "term": value["term"],
        "acronym": value["acronym"] or "",
        "anchor": value["anchor"] or anchor_of(value["term"]),
        "definition": public_html(value["definition"].source, lang=lang),
    }


def _reference(value: str, lang: str) -> dict[str, Any]:
    """The ref stays; who it leads to is said only while that is public."""
    return {"ref": value, "target": mention(value, lang=lang)}


def _statute(value: Any, lang: str) -> dict[str, Any]:
    anchor = value["anchor"] or anchor_of(value["title"])
    return {
        "title": value["title"],
        "version": value["version"],
        "dated": value["dated"] or "",
        "anchor": anchor,
        "chapters": [_statute_chapter(part, anchor, place, lang) for place, part in enumerate(value["chapters"], 1)],
    }


def _permalink(above: str, number: str, place: int) -> str:
    """The anchor of a part: from its number as typed, so that it stays when parts before it are published later."""
    return f"{above}-{anchor_of(number) or f'part{place}'}"


def _statute_chapter(value: Any, above: str, place: int, lang: str) -> dict[str, Any]:
    # A chapter without a number adds nothing to the address of its articles.
    anchor = _permalink(above, value["number"], place) if value["number"] or value["title"] else above
    return {
        "number": value["number"] or "",
        "title": value["title"] or "",
        "anchor": anchor,
        "html": _rich(value["text"], lang),
        "articles": [
            _statute_article(part, anchor, place, lang) for place, part in enumerate(value["articles"] or [], 1)
        ],
    }


def _statute_article(value: Any, above: str, place: int, lang: str) -> dict[str, Any]:
    anchor = _permalink(above, value["number"], place)
    return {
        "number": value["number"] or "",
        "title": value["title"] or "",
        "anchor": anchor,
        "html": _rich(value["text"], lang),
        "clauses": [
            {
                "number": clause["number"] or "",
                "anchor": _permalink(anchor, clause["number"], number),
                "html": _rich(clause["text"], lang),
            }
            for number, clause in enumerate(value["clauses"] or [], 1)
        ],
    }


def _rich(value: Any, lang: str) -> str:
    return public_html(value.source, lang=lang) if value else ""


_DOCUMENTS: dict[str, Callable[[Any, str], dict[str, Any] | None]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "quote": _quote,
    "image": _image,
    "document": _document,
    "list": _list,
    "question_and_answer": _question,
    "reference": _reference,
    "glossary_term": _glossary_term,
    "statute": _statute,
}


def _words(value: Any) -> Iterator[str]:
    """Every text inside a block's value; keys that are no words (anchors, levels, versions) are passed over."""
    if hasattr(value, "source"):
        yield plain_text(value.source)
    elif isinstance(value, str):
        yield value
    elif hasattr(value, "items"):
        for name, part in value.items():
            if name not in {"anchor", "level", "version", "dated"}:
                yield from _words(part)
    elif hasattr(value, "__iter__"):
        for part in value:
            yield from _words(part)


def _rich_texts(value: Any) -> Iterator[str]:
    if hasattr(value, "source"):
        yield value.source
    elif hasattr(value, "items"):
        for part in value.values():
            yield from _rich_texts(part)
    elif hasattr(value, "__iter__") and not isinstance(value, str):
        for part in value:
            yield from _rich_texts(part)
