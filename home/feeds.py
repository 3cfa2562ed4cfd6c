"""Feeds and the calendar of any filtered list: the same parameters, the same items, the same counts as its page."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from federation.options import base_url
from search import index
from search.api.answers import Answer, fingerprint
from search.api.endpoints import bad_parameter, changed_at
from search.feeds import CALENDAR, FORMATS, Heading, calendar, feed_of, written
from search.feeds.calendar import MOST_EVENTS
from search.listing import list_things
from search.query import BadParameter, ListQuery
from search.types import declared

from . import chapter_tree
from .listing import Pairs, published_types, words_of
from .reading import given_pairs, kept_page, lang_of, link, query

PAGING = {"cursor", "offset"}
# Of a list, but not of a feed: it has every field, and nobody to choose a facet.
NOT_OF_FEEDS = frozenset({"fields", "facets"})
# A calendar has no pages, and whoever shows it orders it.
NOT_OF_CALENDARS = NOT_OF_FEEDS | PAGING | {"limit", "order"}
ON_A_PAGE = 50
# Lists that have an address of their own.
PATHS = {"statement": "statements", "case": "cases", "event": "events"}
# Feeds are read from other sites too, as the API is.
HEADERS = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}
MOST_WORDS_OF_TITLE = 6


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """A page of a filtered list, newest first, as Atom, RSS or JSON Feed."""

    def make() -> Answer:
        pairs = given_pairs(request)
        _refuse(pairs, NOT_OF_FEEDS)
        asked, heading = _asked(request, pairs, _only_type(pairs)), _heading(request, pairs)
        paging = [pair for pair in pairs if pair[0] in PAGING]
        found = feed_of(asked, index.current(), heading, paging=paging)
        return _answer(written(found, form), FORMATS[form][0], asked)

    return kept_page(request, _or_problem(make))


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The events of a filtered list as a calendar: what is to come, then what is over."""

    def make() -> Answer:
        pairs = given_pairs(request)
        _refuse(pairs, NOT_OF_CALENDARS)
        asked = replace(_asked(request, [*pairs, ("order", "coming")], "event"), limit=MOST_EVENTS)
        heading = _heading(request, [*([] if ("type", "event") in pairs else [("type", "event")]), *pairs])
        cards = list_things(asked, index.current()).items
        return _answer(calendar(cards, heading), CALENDAR, asked)

    return kept_page(request, _or_problem(make))


def _or_problem(make: Callable[[], Answer]) -> Callable[[], Answer]:
    def made() -> Answer:
        try:
            return make()
        except BadParameter as error:
            return bad_parameter(error)

    return made


def _answer(body: bytes, content_type: str, asked: ListQuery) -> Answer:
    changed = changed_at(index.current(), asked)
    return Answer(200, body, fingerprint(body), changed, f"{content_type}; charset=utf-8", HEADERS)


def _refuse(pairs: Pairs, names: frozenset[str]) -> None:
    for name, _value in pairs:
        if name in names:
            raise BadParameter(name, f"'{name}' is a parameter of lists, and this address does without it.")


def _only_type(pairs: Pairs) -> str:
    """The type of a list of one type: it knows that type's own filters and orders."""
    types = [value for name, value in pairs if name == "type"]
    return types[0] if len(types) == 1 and types[0] in declared() else ""


def _asked(request: HttpRequest, pairs: Pairs, type_name: str) -> ListQuery:
    given = {name for name, _ in pairs}
    more = [pair for pair in (("order", "-date"), ("limit", str(ON_A_PAGE))) if pair[0] not in given]
    return query(lang_of(request), [*pairs, *published_types(pairs, type_name), *more], type_name=type_name)


def _heading(request: HttpRequest, pairs: Pairs) -> Heading:
    lang = lang_of(request)
    root = chapter_tree.root(lang)
    name = root["settings"]["name"] if root else "Federation"
    given = tuple(pair for pair in pairs if pair[0] not in PAGING)
    words = words_of(list(given), lang)
    shown = words[:MOST_WORDS_OF_TITLE] + (["…"] if len(words) > MOST_WORDS_OF_TITLE else [])
    return Heading(
        title=": ".join([name, " · ".join(shown)] if shown else [name]),
        lang=lang,
        author=name,
        path=request.path_info,
        pairs=given,
        page=base_url() + _page_of(lang, given),
    )


def _page_of(lang: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """The same list for people."""
    types = [value for name, value in pairs if name == "type"]
    rest = [pair for pair in pairs if pair[0] != "limit"]
    if len(types) == 1 and types[0] in PATHS:
        return link(f"/{lang}/{PATHS[types[0]]}/", [pair for pair in rest if pair[0] != "type"])
    return link(f"/{lang}/all/", rest)
