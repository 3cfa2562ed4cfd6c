"""Fronts and what surrounds them as the register shows them (schemas.py: FederationFrontBlock, FederationSettings)."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from federation.media.documents import image_document
from federation.options import BASE_MARK
from search.addresses import mention, mention_at
from search.publication import public_pages, publication_of

from .models import Chapter, ChapterPage
from .richtext import linked_refs, public_html

# A chapter's own words in a language, else those of the nearest chapter above that has them.
INHERITED_WORDS = ("strapline", "footer")
INHERITED_LINKS = ("menu", "links", "footer_links")


def front_document(stream: Any, *, lang: str) -> list[dict[str, Any]]:
    """Each part of a front as a JSON value with a `type`; things are named only while they are public."""
    return [
        {"type": block.block_type, "id": str(block.id or ""), **_PARTS[block.block_type](block.value, lang)}
        for block in stream or []
    ]


def front_references(stream: Any) -> tuple[str, ...]:
    """Refs of what a front names: when one of them goes, the front is written again."""
    refs: list[str] = []
    for block in stream or []:
        if block.block_type == "lead" and block.value["ref"]:
            refs.append(block.value["ref"])
        if block.block_type == "featured":
            refs += block.value["refs"]
        if block.block_type == "text":
            refs += linked_refs(block.value["text"].source)
        if block.block_type == "call_to_action":
            refs += link_references(block.value["links"])
    return tuple(dict.fromkeys(refs))


def link_document(link: Any, *, lang: str) -> dict[str, str] | None:
    """A link; None when it leads to a thing of ours that is no longer public."""
    target = link["target"]
    if not target.startswith("/"):
        return {"text": link["text"], "url": target}
    found = mention_at(urlsplit(target).path, lang=lang)
    if found is None:
        return {"text": link["text"], "url": BASE_MARK + target}
    return {"text": link["text"], "url": found["url"]} if found else None


def link_references(links: Iterable[Any]) -> list[str]:
    """Refs of things of ours that links lead to."""
    found = (mention_at(urlsplit(link["target"]).path, lang="") for link in links if link["target"].startswith("/"))
    return [one["ref"] for one in found if one]


def settings_document(chapter: Chapter, *, lang: str) -> dict[str, Any]:
    """Name, logo, colours, words and links in one language: the chapter's own, else of the nearest chapter above."""
    line = _line(chapter)
    words = _words_of(line, lang)
    logo = next((one.logo for one in line if one.logo), None)
    return {
        "name": chapter.name(lang),
        "logo": image_document(logo, alt="") if logo else None,
        "colour": next((one.colour for one in line if one.colour), ""),
        "accent_colour": next((one.accent_colour for one in line if one.accent_colour), ""),
        **{name: _first(words, name, "") for name in INHERITED_WORDS},
        **{name: _links(_first(words, name, ()), lang) for name in INHERITED_LINKS},
    }


def settings_references(chapter: Chapter, *, lang: str) -> tuple[str, ...]:
    """Refs of things of ours that a chapter's links lead to, inherited ones too: they go when those things go."""
    words = _words_of(_line(chapter), lang)
    several = (link_references(block.value for block in _first(words, name, ())) for name in INHERITED_LINKS)
    return tuple(ref for refs in several for ref in refs)


def _line(chapter: Chapter | None) -> list[Chapter]:
    """A chapter and those above it."""
    line = []
    while chapter is not None:
        line.append(chapter)
        chapter = chapter.parent
    return line


def _words_of(line: list[Chapter], lang: str) -> list[Any]:
    """What the front pages of these chapters say in a language, in their order."""
    codes = [one.code for one in line]
    pages = public_pages(ChapterPage).filter(chapter__code__in=codes, locale__language_code=lang)
    found = {page.chapter.code: publication_of(page) for page in pages.select_related("chapter", "live_revision")}
    said = (found.get(code) for code in codes)
    return [publication.content for publication in said if publication is not None]


def _first(words: list[Any], name: str, otherwise: Any) -> Any:
    """The nearest chapter's that has any."""
    return next((value for page in words if (value := getattr(page, name))), otherwise)


def _links(stream: Any, lang: str) -> list[dict[str, str]]:
    found = (link_document(block.value, lang=lang) for block in stream)
    return [link for link in found if link]


def _filters(value: Any) -> dict[str, list[str]]:
    """As parameters of a list."""
    names = {"types": "type", "kinds": "kind", "countries": "country", "themes": "theme"}
    return {parameter: [*value[name]] for name, parameter in names.items() if value.get(name)}


def _lead(value: Any, lang: str) -> dict[str, Any]:
    target = mention(value["ref"], lang=lang) if value["ref"] else None
    return {"target": target, "introduction": value["introduction"] or ""}


def _featured(value: Any, lang: str) -> dict[str, Any]:
    found = (mention(ref, lang=lang) for ref in value["refs"])
    return {"title": value["title"] or "", "items": [one for one in found if one]}


def _newest(value: Any, lang: str) -> dict[str, Any]:
    return {"title": value["title"] or "", "filters": _filters(value["filters"]), "limit": value["limit"] or 6}


def _call_to_action(value: Any, lang: str) -> dict[str, Any]:
    links = (link_document(link, lang=lang) for link in value["links"])
    return {"title": value["title"], "text": value["text"] or "", "links": [link for link in links if link]}


_PARTS: dict[str, Callable[[Any, str], dict[str, Any]]] = {
    "lead": _lead,
    "featured": _featured,
    "newest": _newest,
    "chapters_below": lambda value, lang: {"title": value["title"] or ""},
    "call_to_action": _call_to_action,
    "text": lambda value, lang: {"title": value["title"] or "", "html": public_html(value["text"].source, lang=lang)},
    "map": lambda value, lang: {"title": value["title"] or "", "filters": _filters(value["filters"])},
}
