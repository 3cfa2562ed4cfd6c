"""Rules about values, for forms, commands and models alike."""

import re
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Words that stand where a chapter's code could stand in an address (design.md, "Addresses of the site").
RESERVED = frozenset(
    {
        *("chapters", "statements", "cases", "articles", "events", "pages", "countries", "themes", "search", "feed"),
        *("api", "admin", "media", "static", "documents", "sitemap", "robots", "entries", "sync", "global", "none"),
    }
)


# What a chapter's policy may let editors publish at once. Never a case: author and approver of a case differ.
FREE_TYPES = ("article", "event", "page", "statement")


def validate_code(code: str) -> None:
    """A chapter's code: lower-case letters, digits and hyphens, no word of our addresses."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", code) or not 2 <= len(code) <= 32:
        raise ValidationError(
            _("A code has 2 to 32 lower-case letters, digits and hyphens, and begins with a letter."), code="code"
        )
    if code in RESERVED:
        raise ValidationError(
            _("“%(code)s” is a word of the site's own addresses."), params={"code": code}, code="reserved"
        )


def validate_languages(languages: list[str]) -> None:
    """At least one language, each among those that content can be in."""
    known = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
    if not languages:
        raise ValidationError(_("A chapter publishes in at least one language."))
    for language in languages:
        if language not in known:
            raise ValidationError(
                _("Content cannot be in “%(language)s”. Languages: %(known)s."),
                params={"language": language, "known": ", ".join(known)},
            )


def validate_free_types(types: list[str]) -> None:
    """Types whose things need no second person before they are public."""
    for name in types:
        if name not in FREE_TYPES:
            raise ValidationError(
                _("“%(name)s” always needs a moderator. Editors may publish at once: %(free)s."),
                params={"name": name, "free": ", ".join(FREE_TYPES)},
                code="never_free",
            )


def validate_partial_date(text: str) -> None:
    """A day, a month or a year in ISO 8601: 1998-05-17, 1998-05 or 1998."""
    if text:
        lower_bound(text)


def lower_bound(text: str) -> date:
    """The first day that a partial date can mean. ValidationError when it is none."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text)
    try:
        if match:
            year, month, day = match.groups()
            return date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        pass
    raise ValidationError(_("Write a date as 1998-05-17, 1998-05 or 1998."), code="date")


def after(text: str) -> date:
    """The first day that comes after everything a partial date can mean. ValidationError when it is none."""
    days = {"day": 1, "month": 31, "year": 366}[precision(text)]
    beyond = min(lower_bound(text), date.max - timedelta(days=days)) + timedelta(days=days)
    return beyond if precision(text) == "day" else beyond.replace(day=1)


def precision(text: str) -> str:
    """ "day", "month" or "year" of a partial date."""
    return {10: "day", 7: "month", 4: "year"}[len(text)]


def validate_colour(text: str) -> None:
    """A colour as #rrggbb."""
    if text and not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValidationError(_("Write a colour as #1a5f7a."), code="colour")
    if text and contrast_with_white(text) < LEAST_CONTRAST:
        raise ValidationError(
            _("Too light to be read on white: %(found)s : 1, and it takes %(least)s : 1. Choose a darker colour."),
            params={"found": round(contrast_with_white(text), 1), "least": LEAST_CONTRAST},
            code="contrast",
        )


# WCAG 2.2, success criterion 1.4.3.
LEAST_CONTRAST = 4.5


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of #rrggbb with white, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance")."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
