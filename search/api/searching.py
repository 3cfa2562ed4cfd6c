"""What `search/` and `search/suggest/` answer: the configured engine's findings, as bytes. Nothing asked is kept."""

import json
from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import urlencode

from federation.options import BASE_MARK, base_url
from federation.vocabulary.languages import content_languages, site_languages

from .. import index
from ..documents import as_json
from ..engines import Found, Hit, SearchQuery, Segments, engine
from ..engines.interface import Order
from ..query import ListQuery, parse
from ..spelling import did_you_mean
from ..strict import BadParameter, collected, number, one_of, words
from ..suggesting import suggestions
from .answers import NOT_KEPT, Answer, fingerprint

Pairs = Sequence[tuple[str, str]]

ORDERS = ("relevance", "-date", "date")
MOST_SUGGESTIONS = 20


def search(path: str, pairs: Pairs) -> Answer:
    """A search. Parameters as lists have them, but for `order` and `cursor`; BadParameter as there."""
    values = collected([pair for pair in pairs if pair[0] == "order"], single=("order",))
    order = cast(Order, one_of(values, "order", ORDERS, ORDERS[0]))
    if any(name == "cursor" for name, _ in pairs):
        raise BadParameter("cursor", "A search goes on by `offset`; follow `next`.", suggestion="offset")
    asked = parse([pair for pair in pairs if pair[0] != "order"], index.current())
    question = SearchQuery(words=asked.words, list=asked, locale=_reader(asked), order=order)
    found = engine().search(question)
    body = _envelope(path, question, found).replace(BASE_MARK, base_url()).encode()
    return Answer(200, body, fingerprint(body), headers=NOT_KEPT if asked.words else {})


def _reader(asked: ListQuery) -> str:
    """The language to prefer: the first that is asked for, else the site's first."""
    return next((language for language in asked.languages if language != "*"), site_languages()[0])


def _envelope(path: str, question: SearchQuery, found: Found) -> str:
    asked = question.list
    given = [*asked.given, *([("order", question.order)] if question.order != ORDERS[0] else [])]
    after, before = asked.offset + len(found.hits), max(0, asked.offset - asked.limit)
    head: dict[str, Any] = {
        "count": found.count,
        "next": _page(path, given, after) if after < found.count and found.hits else None,
        "previous": _page(path, given, before) if asked.offset else None,
        "degraded": found.degraded,
        "did_you_mean": None if found.count else did_you_mean(question, engine()),
    }
    tail = {"facets": found.facets} if asked.facets else {}
    return as_json({**head, "items": [_item(hit, asked.fields) for hit in found.hits], **tail})


def _page(path: str, given: Pairs, offset: int) -> str:
    return f"{BASE_MARK}{path}?{urlencode([*given, *([('offset', str(offset))] if offset else [])])}"


def _item(hit: Hit, fields: Sequence[str]) -> dict[str, Any]:
    card = json.loads(hit.card)
    shown = {name: card[name] for name in fields if name in card} if fields else card
    return {
        **shown,
        "highlights": {
            "title": _segments(hit.title),
            "excerpt": _segments(hit.excerpt),
            "excerpt_locale": hit.excerpt_locale,
            "excerpt_dir": hit.excerpt_dir,
        },
    }


def _segments(segments: Segments) -> list[dict[str, Any]]:
    return [{"text": segment.text, "marked": segment.marked} for segment in segments]


def suggest(path: str, pairs: Pairs) -> Answer:
    """What somebody who has typed so much may mean: titles, themes, countries, chapters that something public has."""
    values = collected(pairs, single=("q", "locale", "limit"))
    locale = one_of(values, "locale", content_languages(), site_languages()[0])
    found = suggestions(
        words(values, "q").text, locale=locale, limit=number(values, "limit", 8, least=1, most=MOST_SUGGESTIONS)
    )
    items = [
        {"kind": one.kind, "text": one.text, "locale": one.locale, "value": one.value, "url": _url(one.path)}
        for one in found
    ]
    body = as_json({"items": items}).replace(BASE_MARK, base_url()).encode()
    return Answer(200, body, fingerprint(body), headers=NOT_KEPT)


def _url(path: str) -> str | None:
    return BASE_MARK + path if path else None
