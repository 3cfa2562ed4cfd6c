"""The vocabularies as the API shows them: every code with its labels in every language."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from federation.vocabulary.labels import labels
from federation.vocabulary.languages import content_languages, direction, site_languages
from federation.vocabulary.models import Country, Kind, Region, Theme
from federation.vocabulary.regions import Memberships


def kinds() -> list[dict[str, Any]]:
    """What readers call a thing, and which types may be of a kind."""
    return [
        {"code": kind.code, "labels": kind.labels, "plurals": kind.plurals, "types": kind.types}
        for kind in Kind.objects.all()
    ]


def themes() -> list[dict[str, Any]]:
    """What things are about; `merged` are old codes that still lead here."""
    merged: dict[str, list[str]] = defaultdict(list)
    for code, target in labels("merged_theme").items():
        merged[target["into"]].append(code)
    living = Theme.objects.filter(merged_into=None).select_related("parent")
    return [
        {
            "code": theme.slug,
            "labels": theme.labels,
            "parent": theme.parent.slug if theme.parent else None,
            "merged": sorted(merged[theme.slug]),
        }
        for theme in living
    ]


def countries() -> list[dict[str, Any]]:
    """Countries of ISO 3166-1, with the regions they belong to today."""
    regions: dict[str, list[str]] = defaultdict(list)
    for country, region in Memberships().on(timezone.now().date()):
        regions[country].append(region)
    return [
        {
            "code": country.code,
            "alpha3": country.alpha3,
            "numeric": country.numeric,
            "labels": country.names,
            "regions": sorted(regions[country.code]),
        }
        for country in Country.objects.all()
    ]


def regions() -> list[dict[str, Any]]:
    """UN M49 regions and house regions, with the countries that belong to each today."""
    members: dict[str, list[str]] = defaultdict(list)
    for country, region in Memberships().on(timezone.now().date()):
        members[region].append(country)
    return [
        {
            "code": region.code,
            "origin": region.origin,
            "m49": region.m49,
            "labels": region.labels,
            "parent": region.parent.code if region.parent else None,
            "countries": sorted(members[region.code]),
        }
        for region in Region.objects.select_related("parent")
    ]


def languages() -> list[dict[str, Any]]:
    """Languages that content can be in; `site` are those that the site itself speaks."""
    names = labels("language")
    return [
        {"code": code, "labels": names[code], "direction": direction(code), "site": code in site_languages()}
        for code in content_languages()
    ]


VOCABULARIES: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "kinds": kinds,
    "themes": themes,
    "countries": countries,
    "regions": regions,
    "languages": languages,
}
