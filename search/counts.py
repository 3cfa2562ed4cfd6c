"""Facets of a list: each value with how many things the list would have if it were filtered by it."""

from typing import Any

from federation.vocabulary.labels import label
from federation.vocabulary.languages import site_languages
from federation.vocabulary.models import in_language

from .analysis import fold
from .facets import NOTHING
from .query import FILTERS, ListQuery
from .selection import filtered, selection
from .snapshot import Snapshot
from .types import declared

NOTHING_LABELS = {
    "country": {"en": "Global", "fr": "Mondial", "es": "Mundial", "ar": "عالمي"},
    "region": {"en": "No region", "fr": "Sans région", "es": "Sin región", "ar": "بلا منطقة"},
    "theme": {"en": "No theme", "fr": "Sans thème", "es": "Sin tema", "ar": "بلا موضوع"},
}


def facet(name: str, query: ListQuery, snapshot: Snapshot) -> list[dict[str, Any]]:
    """Every value that is not empty, the most frequent first (years: the latest). A facet does not filter itself.

    The count of a language is that of the list with `locale` set to it alone: rows in it, whatever the others say.
    """
    lang = next((language for language in query.languages if language != "*"), site_languages()[0])
    base = filtered(query, snapshot) if name == "locale" else selection(query, snapshot, but=name)
    counts = {value: (base & bits).bit_count() for value, bits in snapshot.values(name).items()}
    return rows_of(name, counts, lang, snapshot)


def rows_of(name: str, counts: dict[str, int], lang: str, snapshot: Snapshot) -> list[dict[str, Any]]:
    """Counts by value as rows with labels; what counts nothing is left out."""
    rows = [{"value": v, "label": label_of(name, v, lang, snapshot), "count": n} for v, n in counts.items() if n]
    if name == "year":
        return sorted(rows, key=lambda row: str(row["value"]), reverse=True)
    return sorted(rows, key=lambda row: (-int(str(row["count"])), fold(str(row["label"])), str(row["value"])))


def label_of(name: str, value: str, lang: str, snapshot: Snapshot) -> str:
    """What a facet value is called in a language."""
    if name in {"chapter", "owner"}:
        names = snapshot.chapters.get(value, {})
        return names.get(lang) or names.get("") or value
    if value == NOTHING.get(name):
        return NOTHING_LABELS[name].get(lang, NOTHING_LABELS[name]["en"])
    if name == "type":
        return in_language(declared()[value].label_plural, lang, value) if value in declared() else value
    if name == "locale":
        return label("language", value, lang)
    return label(name, value, lang) if name in FILTERS and name != "year" else value
