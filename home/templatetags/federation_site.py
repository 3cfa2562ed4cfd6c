"""Filters of the site's templates."""

import json
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from django import template
from django.utils.dateformat import format as formatted
from django.utils.formats import get_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from federation.vocabulary.languages import language_name

register = template.Library()


@register.filter
def day(text: str) -> str:
    """A date at its published precision, in the reader's language: 24 November 2015, November 2015, 2015."""
    parts = [int(part) for part in (text or "")[:10].split("-") if part.isdigit()]
    if not parts:
        return ""
    whole = date(*parts, *[1] * (3 - len(parts)))
    name = {1: "Y", 2: get_format("YEAR_MONTH_FORMAT"), 3: _day_format()}[len(parts)]
    return str(formatted(whole, name))


@register.filter
def moment(text: str, zone: str) -> str:
    """A UTC time of the register in the time zone of the place: 3 May 2026, 09:00."""
    if not text:
        return ""
    time = datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(ZoneInfo(zone or "UTC"))
    return f"{formatted(time, _day_format())}, {time:%H:%M}"


def _day_format() -> str:
    """Django's English writes "Nov. 24, 2015", which half of the world reads twice."""
    return "j F Y" if (get_language() or "en").startswith("en") else str(get_format("DATE_FORMAT"))


@register.filter
def clock(text: str, zone: str) -> str:
    """The time of day alone."""
    time = datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(ZoneInfo(zone or "UTC"))
    return f"{time:%H:%M}"


@register.filter
def same_day(start: str, end: str) -> bool:
    """Whether two times fall on one day (UTC, as near as a heading needs)."""
    return bool(start and end) and start[:10] == end[:10]


@register.filter
def month_name(text: str) -> str:
    """ "2015-11" as a month: November."""
    return str(formatted(date(int(text[:4]), int(text[5:7]), 1), "F"))


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


@register.filter
def host(url: str) -> str:
    """The host of an address, for the words of a link."""
    return urlsplit(url).netloc.removeprefix("www.")


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
    from federation.vocabulary.languages import direction

    code = item.get(key) or context["lang"]
    if code == context["lang"]:
        return mark_safe("")
    return format_html(' lang="{}" dir="{}"', code, direction(code))
