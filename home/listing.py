"""The listing: one query as rows, filters with counts, chips, archive and map. All of it plain links and one form."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from federation.vocabulary.labels import label
from search import archive, index
from search.counts import label_of
from search.facets import GLOBAL
from search.listing import list_things
from search.query import FILTERS, ListQuery
from search.snapshot import Snapshot
from search.types import declared

from . import chapter_tree, world
from .dates import day
from .feed_links import feed_links
from .reading import NEWS, Document, given_pairs, lang_of, link, query, rows

ON_A_PAGE = 20
FURTHEST = 100_000
# So many boxes of one group at most.
MOST_VALUES = 60

# Filters of the form, in order; each with its heading.
GROUPS = (
    ("type", gettext_lazy("What it is")),
    ("kind", gettext_lazy("Kind")),
    ("country", gettext_lazy("Country")),
    ("theme", gettext_lazy("Theme")),
    ("chapter", gettext_lazy("Chapter")),
    ("locale", gettext_lazy("Exists in")),
)
# Parameters of the page itself, which the list does not know.
OWN = {"page", "view"}
# Those that the form of filters has no field for, and repeats.
HIDDEN = {"new", "date_from", "date_to", "year", "view", "as_of"}

Pairs = list[tuple[str, str]]


def listing(request: HttpRequest, *, type_name: str = "", fixed: dict[str, str] | None = None) -> Document:
    """What a listing page shows. BadParameter for a filter that is none; Http404 behind the last page.

    Args:
        type_name: of one type alone.
        fixed: filters that belong to the address and cannot be removed: {"country": "TN"}.
    """
    lang, number = lang_of(request), page_number(request)
    given = [pair for pair in given_pairs(request) if pair[0] not in OWN]
    pairs = [*given, *published_types(given, type_name), *(fixed or {}).items()]
    snapshot = index.current()
    paging = [("limit", str(ON_A_PAGE)), ("offset", str((number - 1) * ON_A_PAGE))]
    names = [name for name, _ in GROUPS if name not in (fixed or {}) and not (name == "type" and type_name)]
    asked = query(lang, [*pairs, *paging, *(("facets", name) for name in names)], type_name=type_name)
    found = list_things(asked, snapshot)
    items = rows(found, lang)
    first = asked.offset + 1 if items else 0
    if asked.offset and not items:
        raise Http404
    path = request.path_info
    view = "map" if request.GET.get("view") == "map" else ""
    kept = [*given, ("view", view)]
    return {
        "rows": items,
        "count": found.count,
        "new": found.new,
        "only_new": asked.only_new,
        "new_link": link(path, [*without(kept, "new"), ("new", "" if asked.only_new else "true")]),
        "first": first,
        "last": asked.offset + len(items),
        "newer": link(path, [*kept, ("page", str(number - 1) if number > 2 else "")]) if number > 1 else "",
        "older": link(path, [*kept, ("page", str(number + 1))]) if asked.offset + len(items) < found.count else "",
        "groups": [
            group(name, heading, found.facets or {}, asked, lang, most=0 if view and name == "country" else MOST_VALUES)
            for name, heading in GROUPS
            if name in names
        ],
        "chips": chips_of(path, kept, lang),
        "words": " ".join(value for name, value in given if name == "q"),
        "hidden": [pair for pair in kept if pair[0] in HIDDEN and pair[1]],
        "archive": _archive(path, kept, asked, snapshot),
        "feeds": feed_links(lang, _of_feed(given, type_name, fixed or {})),
        "view": view,
        "map_link": link(path, [*given, ("view", "" if view else "map")]),
        "map": _map(kept, asked, snapshot, lang) if view else None,
        "clear": path,
        "order": asked.order,
    }


def published_types(given: Pairs, type_name: str = "") -> Pairs:
    """Lists of every type show what is published, until a reader asks for pages or chapters too."""
    asked = type_name or any(name == "type" for name, _ in given)
    return [] if asked else [("type", name) for name in NEWS]


def page_number(request: HttpRequest) -> int:
    """The page that is asked for, from 1. Http404 for anything else."""
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdigit() and len(text) < 7 and 0 < int(text) < FURTHEST):
        raise Http404
    return int(text)


def without(pairs: Pairs, *names: str) -> Pairs:
    """The pairs but those of these names."""
    return [pair for pair in pairs if pair[0] not in names]


def _of_feed(given: Pairs, type_name: str, fixed: dict[str, str]) -> Pairs:
    """The same list at the address of the feed, which knows no type by itself."""
    return [*([("type", type_name)] if type_name else []), *fixed.items(), *given]


def words_of(pairs: Pairs, lang: str) -> list[str]:
    """What a list is narrowed to, in words."""
    return [text for name, value in pairs if value and (text := _chip(name, value, lang))]


def group(
    name: str, heading: Any, facets: dict[str, list[Document]], asked: ListQuery, lang: str, *, most: int | None = None
) -> Document:
    """One group of checkboxes: what is chosen, even if the list has none of it, and the most frequent of the others.

    A long list of countries would weigh more than all that readers came for: the map has them all.
    """
    chosen = _chosen(name, asked)
    values = facets.get(name, [])
    there = {value["value"] for value in values}
    missing = [{"value": code, "label": _label(name, code, lang), "count": 0} for code in chosen if code not in there]
    values = [{**value, "checked": value["value"] in chosen} for value in [*missing, *values]]
    shown = [value for place, value in enumerate(values) if most is None or place < most or value["checked"]]
    return {
        "name": name,
        "heading": heading,
        "values": _as_tree(shown, lang) if name == "chapter" else shown,
        "open": bool(chosen) or name == "type",
        "chosen": len(chosen),
        "more": name == "country" and most is not None and 0 < most < len(values),
    }


def _chosen(name: str, asked: ListQuery) -> tuple[str, ...]:
    if name == "type" and asked.filters.get("type") == NEWS:
        return ()
    if name == "locale":
        given = [value for parameter, value in asked.given if parameter == "fallback"]
        return () if given else asked.languages
    return asked.filters.get(name, ())


def _as_tree(values: list[Document], lang: str) -> list[Document]:
    """Chapters in the order of their tree, each with how deep it stands."""
    known = {value["value"]: value for value in values}
    order = {code: document["depth"] for code, document in chapter_tree.chapters(lang).items()}
    inside = [{**known[code], "depth": depth} for code, depth in order.items() if code in known]
    return inside + [value for code, value in known.items() if code not in order]


def _label(name: str, value: str, lang: str) -> str:
    if name == "chapter":
        return str(chapter_tree.chapters(lang).get(value, {}).get("name", value))
    return label_of(name, value, lang, index.current())


def chips_of(path: str, pairs: Pairs, lang: str, *, but: tuple[str, ...] = ()) -> list[Document]:
    """Each active filter with the address of the list without it; `but` names parameters that get no chip."""
    chips = []
    for place, (name, value) in enumerate(pairs):
        text = _chip(name, value, lang)
        if value and text and name not in but:
            chips.append({"text": text, "remove": link(path, [*pairs[:place], *pairs[place + 1 :]])})
    return chips


def _chip(name: str, value: str, lang: str) -> str:
    if name in (*FILTERS, "locale"):
        return _label(name, value, lang)
    words = {"q": _("“%s”"), "date_from": _("since %s"), "date_to": _("until %s"), "new": _("new")}
    if name not in words:
        return ""
    shown = day(value) if name.startswith("date_") else value
    return words[name] % shown if "%s" in words[name] else words[name]


def _archive(path: str, pairs: Pairs, asked: ListQuery, snapshot: Snapshot) -> list[Document]:
    """Years that are not empty; of the year that is chosen, its months."""
    base = without(pairs, "year", "date_from", "date_to")
    chosen = asked.filters.get("year", ())
    months_of = chosen[0] if len(chosen) == 1 else ""
    if not months_of and asked.date_from and asked.date_to and asked.date_from.year == asked.date_to.year:
        months_of = f"{asked.date_from.year:04}"
    plain = replace(asked, filters={name: values for name, values in asked.filters.items() if name != "year"})
    return [
        {
            "year": year,
            "count": count,
            "url": link(path, [*base, ("year", year)]),
            "current": year in chosen,
            "months": _months(path, base, plain, asked, snapshot, year) if year == months_of else [],
        }
        for year, count in archive.years(asked, snapshot).items()
    ]


def _months(
    path: str, base: Pairs, plain: ListQuery, asked: ListQuery, snapshot: Snapshot, year: str
) -> list[Document]:
    months = []
    for month, count in archive.months(plain, snapshot, int(year)).items():
        first, last = archive.month_days(int(month[:4]), int(month[5:]))
        months.append(
            {
                "month": month,
                "count": count,
                "url": link(path, [*base, ("date_from", first.isoformat()), ("date_to", last.isoformat())]),
                "current": (asked.date_from, asked.date_to) == (first, last),
            }
        )
    return months


def _map(pairs: Pairs, asked: ListQuery, snapshot: Snapshot, lang: str) -> Document:
    """A circle for each country; its number is what the list has when the country is the only one chosen.

    Addresses are relative: there may be two for each country of the world, and readers on slow lines.
    """
    counts = {row["value"]: row["count"] for row in _country_counts(asked, snapshot)}
    base = without(pairs, "country", "view")
    places = [
        {
            "code": code,
            "label": label("country", code, lang),
            "count": count,
            "url": link("", [*base, ("country", code)]),
        }
        for code, count in counts.items()
        if code != GLOBAL
    ]
    shown = counts.get(GLOBAL, 0)
    everywhere = {
        "label": label_of("country", GLOBAL, lang, snapshot),
        "count": shown,
        "url": link("", [*base, ("country", GLOBAL)]),
    }
    return {**world.circles(places), "everywhere": everywhere if shown else None}


def _country_counts(asked: ListQuery, snapshot: Snapshot) -> Iterable[Document]:
    from search.counts import facet

    return facet("country", asked, snapshot)


def title_of(type_name: str, lang: str) -> str:
    """What a list of a type is called."""
    names = declared()[type_name].label_plural
    return names.get(lang) or names.get("en") or type_name
