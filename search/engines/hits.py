"""From what an engine found to what readers see, read from the register of this moment."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils import timezone

from federation.vocabulary.languages import direction

from ..highlights import Marker, opening
from ..models import Entry
from ..prepared import Prepared
from .interface import Hit, Language, SearchQuery, Segments


class _Said(NamedTuple):
    """One public language of a thing."""

    ref: str
    locale: str
    original: bool
    title: str
    summary: str
    text: str
    card: str


_public = Prepared(
    lambda now, *refs: (
        Entry.objects.public(now)
        .filter(ref__in=refs)
        .order_by("-original", "locale")
        .values_list("ref", "locale", "original", "title", "summary", "text", "card")
    )
)


def hits_of(found: Sequence[tuple[str, str]], query: SearchQuery) -> list[Hit]:
    """A hit for each (ref, locale), in this order; none for what is not public at this moment. One query."""
    said: dict[str, list[_Said]] = defaultdict(list)
    for row in _public(timezone.now(), *(ref for ref, _ in found)) if found else ():
        said[row[0]].append(_Said(*row))
    marker = Marker.of(query.words)
    hits = []
    for ref, locale in found:
        shown = next((one for one in said[ref] if one.locale == locale), None)
        if shown is not None:
            hits.append(_hit(shown, [one for one in said[ref] if one is not shown], query, marker))
    return hits


def _hit(shown: _Said, others: list[_Said], query: SearchQuery, marker: Marker) -> Hit:
    title = marker.whole(shown.title, shown.locale)
    excerpt, locale = _excerpt(shown, others, any(segment.marked for segment in title), query, marker)
    translations = json.loads(shown.card)["translations"]
    return Hit(
        ref=shown.ref,
        locale=shown.locale,
        dir=direction(shown.locale),
        title=title,
        excerpt=excerpt,
        excerpt_locale=locale,
        excerpt_dir=direction(locale),
        languages=tuple(
            Language(one["locale"], one["title"], one["url"]) for one in translations if one["locale"] != shown.locale
        ),
        card=shown.card,
    )


def _excerpt(
    shown: _Said, others: list[_Said], in_title: bool, query: SearchQuery, marker: Marker
) -> tuple[Segments, str]:
    """A passage of what is shown; of another language where the words are only there; else how it begins."""
    found = _passage(shown, marker)
    if found is None and not in_title:
        for other in sorted(others, key=lambda one: _rank(one, query.languages)):
            # A title in another language is told too: it may be the only place that has the words.
            found = _passage(other, marker) or _marked(marker.whole(other.title, other.locale))
            if found:
                return found, other.locale
    return found or opening(shown.summary or shown.text), shown.locale


def _passage(said: _Said, marker: Marker) -> Segments | None:
    return marker.passage(said.summary, said.locale) or marker.passage(said.text, said.locale)


def _marked(segments: Segments) -> Segments | None:
    return segments if any(segment.marked for segment in segments) else None


def _rank(said: _Said, languages: Iterable[str]) -> int:
    chain = [*languages]
    return chain.index(said.locale) if said.locale in chain else len(chain)
