"""From a thing to the bytes that are sent: the common fields of a list row and of a detail."""

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

from federation.options import BASE_MARK
from federation.vocabulary.labels import coded
from federation.vocabulary.languages import direction

from .addresses import api_path
from .things import Precision, Thing, Version


def at_precision(day: date, precision: Precision) -> str:
    """ISO 8601 at the published precision, and no finer: 2015-11-24, 2015-11 or 2015 (safety rule 7)."""
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def moment(time: datetime) -> str:
    """A time as the API writes it: UTC, ISO 8601, seconds."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def shown_beside(version: Version, other: Version) -> bool:
    """Whether `version` may name `other` as a translation: whenever the one is visible, the other is too."""
    begins = other.visible_from is None or (
        version.visible_from is not None and other.visible_from <= version.visible_from
    )
    ends = other.visible_until is None or (
        version.visible_until is not None and other.visible_until >= version.visible_until
    )
    return begins and ends


def translations(thing: Thing, version: Version) -> list[dict[str, Any]]:
    """Every language of a thing, this one included, with its addresses; the original first."""
    shown = [other for other in thing.versions if other is version or shown_beside(version, other)]
    return [
        {
            "locale": other.locale,
            "title": other.title,
            "original": other.original,
            "url": BASE_MARK + other.path,
            "api_url": api_url(thing, other),
        }
        for other in sorted(shown, key=lambda other: (not other.original, other.locale))
    ]


def api_url(thing: Thing, version: Version) -> str:
    """Address of the document of one version."""
    return BASE_MARK + api_path(thing.type, thing.ref, locale="" if version.original else version.locale)


def card_of(thing: Thing, version: Version) -> dict[str, Any]:
    """The row of a list: what every type has, then what the type adds."""
    lang = version.locale
    return {
        "ref": thing.ref,
        "type": thing.type,
        "kind": coded("kind", thing.kind, lang),
        "locale": lang,
        "dir": direction(lang),
        "translations": translations(thing, version),
        "title": version.title,
        "summary": version.summary,
        "date": at_precision(thing.date, thing.date_precision),
        "date_precision": thing.date_precision,
        "updated_at": moment(version.updated_at),
        "owner": version.owner,
        "co_publishers": version.co_publishers,
        "countries": [coded("country", code, lang) for code in thing.countries],
        "themes": [coded("theme", code, lang) for code in thing.themes],
        "image": version.image,
        "url": BASE_MARK + version.path,
        "api_url": api_url(thing, version),
        **version.card,
    }


def as_json(value: dict[str, Any]) -> str:
    """Compact JSON in its own script; a mark of the base inside somebody's text was put there by us alone."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def etag_of(*parts: str) -> str:
    """A fingerprint of what is sent."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
