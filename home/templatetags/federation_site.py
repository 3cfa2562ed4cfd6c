"""Filters of the site's templates."""

import json
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from federation.vocabulary.languages import direction, language_name
from home import chapter_tree, dates, wording

register = template.Library()
for shown in (dates.day, dates.moment, dates.clock, dates.date_of, dates.same_day, dates.month_name):
    register.filter(shown)

# The accent of what has no colour of its own; as in site.css.
HOUSE_COLOUR = "#12485c"


@register.filter
def language(code: str) -> str:
    """The name of a language in the reader's."""
    return language_name(code, get_language() or "en")


@register.filter
def own_name(code: str) -> str:
    """The name of a language in itself."""
    return language_name(code, code)


@register.filter
def rendition(image: dict[str, Any] | None, width: int) -> dict[str, Any] | None:
    """The smallest rendition at least so wide, else the widest."""
    several = (image or {}).get("renditions") or []
    return next((one for one in several if one["width"] >= width), several[-1] if several else None)


@register.filter(name="direction")
def direction_of(code: str) -> str:
    """Which way a language is written: ltr or rtl."""
    return direction(code)


@register.filter
def group_named(groups: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """The values of one group of filters."""
    return next((group["values"] for group in groups if group["name"] == name), [])


@register.filter
def host(url: str) -> str:
    """The host of an address, for the words of a link."""
    return urlsplit(url).netloc.removeprefix("www.")


@register.filter
def readable(url: str) -> str:
    """An address as people read and copy it: in letters, not in percent signs; it is the same address."""
    return unquote(url)


@register.filter
def quoted(text: str) -> str:
    """A text as part of an address."""
    return quote(text, safe="")


@register.filter
def json_ld(value: dict[str, Any]) -> SafeString:
    """A data block of schema.org (application/ld+json is data: no policy needs to allow it)."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign, written in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, written)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above


@register.simple_tag
def inline_style(sheet: Any) -> SafeString:
    """The stylesheet, byte for byte as its hash was made."""
    return mark_safe(f"<style>{sheet.text}</style>")  # noqa: S308 - our own file


@register.simple_tag(takes_context=True)
def foreign(context: dict[str, Any], item: dict[str, Any], key: str = "locale") -> SafeString:
    """`lang` and `dir` for what is in another language than the page; nothing for what is in the same."""
    code = item.get(key) or context["lang"]
    if code == context["lang"]:
        return mark_safe("")
    return format_html(' lang="{}" dir="{}"', code, direction(code))


@register.simple_tag(takes_context=True)
def readers(context: dict[str, Any], item: dict[str, Any]) -> SafeString:
    """`lang` and `dir` of the page again, for its own words within what is `foreign`."""
    if item["locale"] == context["lang"]:
        return mark_safe("")
    return format_html(' lang="{}" dir="{}"', context["lang"], context["dir"])


@register.filter
def places(item: dict[str, Any]) -> list[str]:
    """Countries of a row that its publishers do not already name."""
    return wording.places(item)


@register.simple_tag(takes_context=True)
def mark(context: dict[str, Any], code: str) -> SafeString:
    """A chapter's logo; where it has none, its code on its colour. A decoration: its name stands beside it."""
    chapter = chapter_tree.chapters(context["lang"]).get(code)
    if chapter is None:
        return mark_safe("")
    logo = rendition(chapter["logo"], 64)
    if logo:
        html = '<img class="mark" src="{}" width="{}" height="{}" alt="" loading="lazy">'
        return format_html(html, logo["url"], logo["width"], logo["height"])
    if chapter["level"] == "federation":
        return format_html('<img class="mark" src="{}" width="32" height="32" alt="">', static("home/icon.svg"))
    html = '<svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true"><rect width="32" height="32" rx="5" fill="{}"/><text x="16" y="21" text-anchor="middle" font-size="13" fill="#fff">{}</text></svg>'  # noqa: E501
    return format_html(html, chapter["settings"].get("colour") or HOUSE_COLOUR, _initials(code))


def _initials(code: str) -> str:
    words = code.split("-")
    return (code if len(code) < 4 else "".join(word[0] for word in words[:2]) if words[1:] else code[:2]).upper()


@register.filter
def contents(blocks: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The parts of a long text that have an anchor, for a table of contents; none of a short one."""
    names = {"heading": "text", "question_and_answer": "question", "statute": "title", "list": "title"}
    found = [
        {"anchor": block["anchor"], "text": block[names[block["type"]]]}
        for block in blocks
        if block["type"] in names and block.get("level", 2) == 2 and block[names[block["type"]]]
    ]
    return found if len(found) > 2 else []
