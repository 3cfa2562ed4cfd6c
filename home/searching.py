"""The search page: what the configured engine finds, with the filters of the lists. Plain links and forms."""

from typing import cast

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from search.engines import Hit, SearchQuery, engine
from search.engines.interface import Order
from search.query import ListQuery
from search.spelling import did_you_mean
from search.strict import one_of

from .feed_links import feed_links
from .listing import HIDDEN, Pairs, chips_of, given_pairs, group, page_number, without
from .reading import Document, lang_of, link, local, query
from .wording import in_words_of

ON_A_PAGE = 20
# Beyond so many a reader is told how to find fewer.
MANY = 200

GROUPS = (
    ("type", _("What it is")),
    ("kind", _("Kind")),
    ("chapter", _("Chapter")),
    ("region", _("Region")),
    ("country", _("Country")),
    ("theme", _("Theme")),
    ("year", _("Year")),
    ("locale", _("Exists in")),
)
ORDERS = {"relevance": _("Best first"), "-date": _("Newest first"), "date": _("Oldest first")}
# Parameters of the page that a list does not know.
OWN = {"page", "order"}


def search(request: HttpRequest) -> Document:
    """What the search page shows. BadParameter for a filter that is none; Http404 behind the last page."""
    lang, number, path = lang_of(request), page_number(request), request.path_info
    given = [pair for pair in given_pairs(request) if pair[0] not in OWN]
    order = _order(request)
    asked = _asked(lang, given, number)
    question = SearchQuery(words=asked.words, list=asked, locale=lang, order=order)
    found = engine().search(question)
    if asked.offset and not found.hits:
        raise Http404
    kept = [*given, ("order", _unless_first(order))]
    filters = [pair for pair in without(kept, "q") if pair[1]]
    last = asked.offset + len(found.hits)
    return {
        "searched": bool(given),
        "words": asked.words.text,
        "hits": [_shown(hit, lang) for hit in found.hits],
        "count": found.count,
        "many": found.count > MANY,
        "degraded": found.degraded,
        "meant": None if found.count else _meant(path, filters, question),
        "first": asked.offset + 1,
        "last": last,
        "previous": link(path, [*kept, ("page", str(number - 1) if number > 2 else "")]) if number > 1 else "",
        "next": link(path, [*kept, ("page", str(number + 1))]) if last < found.count else "",
        "groups": [group(name, heading, found.facets, asked, lang) for name, heading in GROUPS],
        "chips": chips_of(path, kept, lang, but=("q",)),
        "clear": link(path, [("q", asked.words.text)]),
        "filters": filters,
        "hidden": [pair for pair in kept if pair[1] and pair[0] in {"q", "order", *HIDDEN - {"year"}}],
        "orders": [
            {"name": name, "current": code == order, "url": link(path, [*given, ("order", _unless_first(code))])}
            for code, name in ORDERS.items()
        ],
        "feeds": feed_links(lang, given),
        "chapter_code": _only_chapter(asked),
    }


def _order(request: HttpRequest) -> Order:
    values = {"order": request.GET.getlist("order")} if request.GET.get("order") else {}
    return cast(Order, one_of(values, "order", ORDERS, "relevance"))


def _unless_first(order: str) -> str:
    """What needs no saying is not said in addresses."""
    return "" if order == "relevance" else order


def _asked(lang: str, given: Pairs, number: int) -> ListQuery:
    paging = [("limit", str(ON_A_PAGE)), ("offset", str((number - 1) * ON_A_PAGE))]
    return query(lang, [*given, *paging, *(("facets", name) for name, _heading in GROUPS)])


def _shown(hit: Hit, lang: str) -> Document:
    row = in_words_of(lang, local(hit.card))
    others = [one for one in row["translations"] if one["locale"] != row["locale"]]
    return {
        **row,
        "marked_title": hit.title,
        "excerpt": hit.excerpt,
        "excerpt_locale": hit.excerpt_locale,
        "others": others,
    }


def _meant(path: str, filters: Pairs, question: SearchQuery) -> Document | None:
    """Other words, spelt nearly like these, that do find something."""
    text = did_you_mean(question, engine())
    return {"text": text, "url": link(path, [("q", text), *filters])} if text else None


def _only_chapter(asked: ListQuery) -> str:
    """The chapter that the search is limited to: its page is the frame."""
    chapters = asked.filters.get("chapter", ())
    return chapters[0] if len(chapters) == 1 else ""
