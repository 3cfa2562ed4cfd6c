"""The vocabulary that the house comes with: written once, and completed without touching what staff have changed."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pycountry
from babel import Locale
from django.conf import settings

DATA = Path(__file__).parent / "data"
SITE_LABELS = ("en", "fr", "es", "ar")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of our tables."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def labels_in(row: dict[str, str], suffix: str = "") -> dict[str, str]:
    """The labels of a row, by language."""
    return {lang: row[lang + suffix] for lang in SITE_LABELS}


def load_countries(model: Any) -> None:
    """All of ISO 3166-1, and Kosovo by its customary code; names in every content language from CLDR."""
    names = {code: Locale.parse(code, sep="-").territories for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES}
    aliases = {row["code"]: row["aliases"].split("|") for row in rows("country_aliases")}
    known = [(c.alpha_2, c.alpha_3, c.numeric, _names_of(c)) for c in pycountry.countries] + [("XK", "XKX", "", [])]
    for code, alpha3, numeric, iso_names in known:
        model.objects.get_or_create(
            code=code,
            defaults={
                "alpha3": alpha3,
                "numeric": numeric,
                "names": {lang: territories[code] for lang, territories in names.items() if code in territories},
                "aliases": sorted({*iso_names, *aliases.get(code, [])}),
            },
        )


def _names_of(country: Any) -> list[str]:
    return [getattr(country, name) for name in ("name", "official_name", "common_name") if getattr(country, name, None)]


def load_regions(region: Any, membership: Any) -> None:
    """M49 as the UN Statistics Division publishes it, and the house regions with the days of joining and leaving."""
    for row in rows("m49"):
        _load_region(region, membership, row | {"members": row["countries"]}, origin="m49", m49=row["code"])
    for row in rows("house_regions"):
        _load_region(region, membership, row, origin="house", m49="")


def _load_region(region: Any, membership: Any, row: dict[str, str], **fixed: str) -> None:
    parent = region.objects.filter(code=row["parent"]).first()
    found, created = region.objects.get_or_create(
        code=row["slug"], defaults={"labels": labels_in(row), "parent": parent, **fixed}
    )
    if not created:
        return
    for member in row["members"].split():
        code, since, until = [*member.split(":"), "", ""][:3]
        membership.objects.create(region=found, country_id=code, since=_day(since), until=_day(until))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def load_kinds(model: Any) -> None:
    """The house's kinds, singular and plural."""
    for row in rows("kinds"):
        defaults = {"labels": labels_in(row), "plurals": labels_in(row, "_plural"), "types": row["types"].split()}
        model.objects.get_or_create(code=row["code"], defaults=defaults)


def load_themes(model: Any) -> None:
    """The house's themes, parents before children."""
    for row in rows("themes"):
        parent = model.objects.filter(slug=row["parent"]).first()
        defaults = {"name": row["en"], "labels": labels_in(row), "parent": parent}
        model.objects.get_or_create(slug=row["code"], defaults=defaults)
