"""The site's pages, made of the register's documents: the site is the first headless consumer."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from federation.options import BASE_MARK
from federation.vocabulary.labels import label, labels
from federation.vocabulary.languages import direction, language_name, site_languages
from search import index
from search.api.endpoints import query_of
from search.detail import Document, Missing, detail
from search.listing import list_things
from search.models import Entry
from search.query import BadParameter
from search.types import declared

from .chapter_tree import chapter_tree

ON_A_PAGE = 20
# What a front shows as new: not the pages that every chapter has from its first day.
NEWS = ("statement", "case", "article", "event")


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, in the reader's language."""
    return render(request, "home/404.html", {"lang": _lang(request), **_chrome(request)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: from a file that needs nothing."""
    return render(request, "home/500.html", status=500)


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """From `/` to the nearest language that the site speaks, by what the browser asks for."""
    spoken = site_languages()
    for wanted, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500]):
        found = next((code for code in spoken if wanted == code or wanted.split("-")[0] == code.split("-")[0]), None)
        if found:
            return _to_language(found)
    return _to_language(spoken[0])


def _to_language(code: str) -> HttpResponse:
    response = HttpResponseRedirect(f"/{code}/")
    response["Vary"] = "Accept-Language"
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read: everything that is public."""
    return HttpResponse("User-agent: *\nDisallow: /admin/\n", content_type="text/plain")


def front(request: HttpRequest, page: Any) -> HttpResponse:
    """The site's front in one language: what is new, and the regions."""
    newest = _rows(_query(request, limit=10, type=NEWS))
    context = {"page": page, "title": page.title, "rows": newest[1], "tree": chapter_tree(_lang(request))}
    return _page(request, "home/front.html", context)


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """All chapters by region, with their countries and contacts."""
    return _page(request, "home/directory.html", {"tree": chapter_tree(_lang(request))})


@require_safe
def listing(request: HttpRequest, type_name: str = "") -> HttpResponse:
    """Things of one type, or of all; filters as the API has them."""
    title = declared()[type_name].label_plural if type_name else {}
    heading = title.get(_lang(request)) or title.get("en") or ""
    return _listing(request, heading, type_name=type_name)


@require_safe
def of_country(request: HttpRequest, country: str) -> HttpResponse:
    """Everything about a country."""
    if country not in labels("country"):
        if country.upper() in labels("country"):
            return HttpResponsePermanentRedirect(f"/{_lang(request)}/countries/{country.upper()}/")
        raise Http404
    return _listing(request, label("country", country, _lang(request)), country=country)


@require_safe
def of_theme(request: HttpRequest, theme: str) -> HttpResponse:
    """Everything about a theme; the code of a merged one leads to what it was merged into."""
    merged = labels("merged_theme").get(theme)
    if merged:
        return HttpResponsePermanentRedirect(f"/{_lang(request)}/themes/{merged['into']}/")
    if theme not in labels("theme"):
        raise Http404
    return _listing(request, label("theme", theme, _lang(request)), theme=theme)


def section(request: HttpRequest, page: Any, chapter_code: str) -> HttpResponse:
    """A section of a chapter: what it features, then its own things."""
    document = _document(chapter_code, "chapter", _lang(request))
    if document is None:
        raise Http404
    mine = next((part for part in document["sections"] if part["url"] == page.url), None)
    context = {"section": mine, "chapter": document, "introduction": page.introduction}
    return _listing(request, page.title, type_name=page.lists, chapter=chapter_code, context=context)


def _listing(request: HttpRequest, title: str, context: dict[str, Any] | None = None, **fixed: str) -> HttpResponse:
    number = _page_number(request)
    offset = (number - 1) * ON_A_PAGE
    try:
        query = _query(request, limit=ON_A_PAGE, offset=offset, **fixed)
    except BadParameter as error:
        return _page(request, "home/bad_request.html", {"title": title, "error": error}, status=400)
    count, rows, new = _rows(query)
    if offset and offset >= count:
        raise Http404
    return _page(
        request,
        "home/listing.html",
        {
            "title": title,
            "rows": rows,
            "count": count,
            "new": new,
            "first": offset + 1 if rows else 0,
            "last": offset + len(rows),
            "newer": _page_link(request, number - 1) if number > 1 else "",
            "older": _page_link(request, number + 1) if offset + len(rows) < count else "",
            **(context or {}),
        },
    )


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:6]) < 100_000 else 1


def _page_link(request: HttpRequest, number: int) -> str:
    parameters = request.GET.copy()
    parameters["page"] = str(number)
    return f"?{parameters.urlencode()}"


def _query(request: HttpRequest, *, limit: int, offset: int = 0, **fixed: Any) -> Any:
    """The reader's filters, in the reader's language first, then in any."""
    type_name = fixed.pop("type_name", "")
    pairs = [
        (name, value) for name, values in request.GET.lists() for value in values if name not in {"page", "locale"}
    ]
    for name, value in fixed.items():
        pairs += [(name, one) for one in ([value] if isinstance(value, str) else value)]
    pairs += [("locale", _lang(request)), ("fallback", "*"), ("limit", str(limit)), ("offset", str(offset))]
    return query_of(pairs, type_name=type_name or None)


def _rows(query: Any) -> tuple[int, list[dict[str, Any]], int]:
    page = list_things(query, index.current())
    return page.count, [_local(card) for card in page.items], page.new


def _local(text: str) -> dict[str, Any]:
    """A stored document with addresses from the root: the site links within itself, whatever it is called."""
    return json.loads(text.replace(BASE_MARK, ""))


@require_safe
def thing(request: HttpRequest, ref: str, type_name: str, slug: str = "") -> HttpResponse:
    """A thing by its ref; a wrong slug redirects."""
    found = _found(ref, type_name, request)
    if found is None:
        raise Http404
    path = found.entry.path.partition("?")[0]
    if path != request.path_info and path.split("/")[1] == _lang(request):
        return HttpResponsePermanentRedirect(found.entry.path)
    return render_thing(request, found.entry)


def registered_page(request: HttpRequest, page: Any) -> HttpResponse | None:
    """A page of Wagtail that has an entry; None when it has none that is visible."""
    entry = Entry.objects.public().filter(ref=page.get_ref(), locale=page.locale.language_code).first()
    return render_thing(request, entry) if entry else None


def render_thing(request: HttpRequest, entry: Entry) -> HttpResponse:
    """A thing's page, made of its document."""
    document = _local(entry.document)
    template = "home/chapter.html" if entry.type == "chapter" else "home/thing.html"
    context: dict[str, Any] = {"document": document, "title": document["title"]}
    if entry.type == "chapter":
        context["rows"] = _rows(_query(request, limit=10, type=NEWS, chapter=entry.ref))[1]
    response = _page(request, template, context)
    response["Last-Modified"] = entry.updated_at.strftime("%a, %d %b %Y %H:%M:%S GMT")
    return response


def _found(ref: str, type_name: str, request: HttpRequest) -> Document | None:
    asked = request.GET.get("locale", "")
    chain = [code for code in (asked, _lang(request), "*") if code]
    found = detail(ref, type_name=type_name, languages=chain)
    return None if isinstance(found, Missing) else found


def _document(ref: str, type_name: str, lang: str) -> dict[str, Any] | None:
    found = detail(ref, type_name=type_name, languages=[lang, "*"])
    return None if isinstance(found, Missing) else _local(found.entry.document)


def _lang(request: HttpRequest) -> str:
    lang = get_language() or ""
    return lang if lang in site_languages() else site_languages()[0]


def _chrome(request: HttpRequest) -> dict[str, Any]:
    lang = _lang(request)
    return {
        "lang": lang,
        "dir": direction(lang),
        "languages": [(code, language_name(code, code), direction(code)) for code in site_languages()],
    }


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, template, {**_chrome(request), **context}, status=status)
    response["Cache-Control"] = "public, max-age=0, must-revalidate" if status == 200 else "no-store"
    return response
