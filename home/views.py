"""The site's pages, made of the register's documents: the site is the first headless consumer."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe
from wagtail.views import serve as wagtail_serve

from federation.options import base_url
from federation.vocabulary.labels import label, labels
from federation.vocabulary.languages import site_languages
from search.api.answers import Answer
from search.detail import Missing, detail
from search.models import Entry
from search.query import BadParameter

from . import chapter_tree
from .elsewhere import nowhere, of_section, of_thing
from .feed_links import feed_links
from .fronts import parts
from .listing import listing as listed
from .listing import title_of
from .plain_pages import BROKEN, plain_page
from .reading import Document, answer, kept_page, lang_of, local, send
from .schema_org import described
from .searching import search as searched
from .wording import in_words_of


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, in the reader's language, with a way on."""
    return send(request, "home/404.html", {"title": _("Not found"), "elsewhere": nowhere()}, status=404)


def withdrawn(request: HttpRequest) -> HttpResponse:
    """410, as the 404: that something stood here is known to those who had its address."""
    return send(request, "home/410.html", {"title": _("Withdrawn"), "elsewhere": nowhere()}, status=410)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: nothing that may be broken is asked."""
    return plain_page(request, BROKEN, status=500)


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


def front(request: HttpRequest, page: Any) -> HttpResponse:
    """The site's front in one language."""
    from chapters.front_documents import front_document

    lang = lang_of(request)

    def make() -> Answer:
        composed = parts(front_document(page.front, lang=lang), lang=lang)
        return answer(
            request, "home/front.html", {"page": page, "parts": composed, "title": "", "feeds": feed_links(lang)}
        )

    return kept_page(request, make, page.live_revision_id, page.last_published_at)


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """All chapters by region, with their countries and contacts."""

    def make() -> Answer:
        context = {
            "tree": chapter_tree.tree(lang_of(request)),
            "title": _("Chapters"),
        }
        return answer(request, "home/directory.html", context)

    return kept_page(request, make)


@require_safe
def listing(request: HttpRequest, type_name: str = "") -> HttpResponse:
    """Things of one type, or of all; filters as the API has them."""
    heading = title_of(type_name, lang_of(request)) if type_name else _("Everything")
    return _listing(request, heading, type_name=type_name)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page. It is never kept: what somebody looked for stays nowhere (docs/operators.md)."""
    try:
        found = searched(request)
    except BadParameter as error:
        return send(request, "home/bad_request.html", {"title": _("Search"), "error": error}, status=400)
    return send(request, "home/search.html", {"title": _("Search"), **found})


@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    """Every country that something is about."""
    return HttpResponsePermanentRedirect(f"/{lang_of(request)}/all/?view=map")


@require_safe
def of_country(request: HttpRequest, country: str) -> HttpResponse:
    """Everything about a country, and the chapters there."""
    lang = lang_of(request)
    if country not in labels("country"):
        if country.upper() in labels("country"):
            return HttpResponsePermanentRedirect(f"/{lang}/countries/{country.upper()}/")
        raise Http404
    known = chapter_tree.chapters(lang)
    there = [one for one in known.values() if any(place["code"] == country for place in one["countries"])]
    return _listing(request, label("country", country, lang), {"chapters_there": there}, fixed={"country": country})


@require_safe
def of_theme(request: HttpRequest, theme: str) -> HttpResponse:
    """Everything about a theme; the code of a merged one leads to what it was merged into."""
    lang = lang_of(request)
    merged = labels("merged_theme").get(theme)
    if merged:
        return HttpResponsePermanentRedirect(f"/{lang}/themes/{merged['into']}/")
    if theme not in labels("theme"):
        raise Http404
    return _listing(request, label("theme", theme, lang), fixed={"theme": theme})


def section(request: HttpRequest, chapter: Document, mine: Document) -> HttpResponse:
    """A section of a chapter: what it features, then its own things."""
    parameters = "&".join(part for part in request.GET.urlencode().split("&") if not part.startswith("page="))
    context = {
        "section": mine,
        "chapter_code": chapter["ref"],
        "introduction": mine["introduction"],
        "elsewhere": of_section(chapter["ref"], mine["type"], parameters),
    }
    return _listing(request, mine["title"], context, type_name=mine["type"], fixed={"chapter": chapter["ref"]})


def _listing(
    request: HttpRequest,
    title: str,
    context: Document | None = None,
    *,
    type_name: str = "",
    fixed: dict[str, str] | None = None,
) -> HttpResponse:
    def make() -> Answer:
        try:
            found = listed(request, type_name=type_name, fixed=fixed)
        except BadParameter as error:
            return answer(request, "home/bad_request.html", {"title": title, "error": error}, status=400)
        whole = {"title": title, **found, **(context or {})}
        return answer(request, "home/listing.html", whole)

    return kept_page(request, make)


@require_safe
def thing(request: HttpRequest, ref: str, type_name: str, slug: str = "") -> HttpResponse:
    """A thing by its ref; a wrong slug redirects."""
    asked = request.GET.get("locale", "")
    found = detail(ref, type_name=type_name, languages=[code for code in (asked, lang_of(request), "*") if code])
    if found is Missing.GONE:
        return withdrawn(request)
    if isinstance(found, Missing):
        raise Http404
    document, entry = local(found.entry.document), found.entry
    path = entry.path.partition("?")[0]
    if path != request.path_info and path.split("/")[1] == lang_of(request):
        return HttpResponsePermanentRedirect(entry.path)
    return _thing(request, document, entry)


SECTION = re.compile(r"/(?P<lang>[a-z-]+)/(?P<code>[a-z0-9-]+)/(?P<slug>[^/]+)/")


@require_safe
def at_path(request: HttpRequest, path: str) -> HttpResponse:
    """What stands at a path, by the register: a page, a chapter, a section of one. All else is Wagtail's to say."""
    if "\0" in path:  # PostgreSQL takes none in a text
        raise Http404
    entry = Entry.objects.public().filter(path=request.path_info).defer("text", "found_by", "card").first()
    if entry is not None:
        return _thing(request, local(entry.document), entry)
    match = SECTION.fullmatch(request.path_info)
    if match:
        chapter = chapter_tree.chapters(lang_of(request)).get(match["code"])
        mine = next((one for one in (chapter or {}).get("sections", ()) if one["url"] == request.path_info), None)
        if chapter is not None and mine is not None and mine["type"]:
            return section(request, chapter, mine)
    response: HttpResponse = wagtail_serve(request, path)
    return response


def registered_page(request: HttpRequest, page: Any) -> HttpResponse | None:
    """A page of Wagtail that has an entry; None when it has none that is visible."""
    entry = Entry.objects.public().filter(ref=page.get_ref(), locale=page.locale.language_code).first()
    return _thing(request, local(entry.document), entry) if entry else None


def _thing(request: HttpRequest, document: Document, entry: Entry) -> HttpResponse:
    """A thing's page, made of its document."""

    def make() -> Answer:
        context: Document = {
            "document": in_words_of(lang_of(request), document),
            "title": document["title"],
            "described": described(document, base_url()),
            "elsewhere": of_thing(document),
        }
        if entry.type == "chapter":
            context |= {"chapter_code": entry.ref, "chapter": document}
            context["parts"] = parts(document["front"], lang=lang_of(request), chapter=entry.ref)
            context["feeds"] = feed_links(lang_of(request), [("chapter", entry.ref)])
            return answer(request, "home/chapter.html", context)
        context |= {"chapter_code": entry.owner, "cited_by": cited_by(entry.ref, lang_of(request))}
        return answer(request, "home/thing.html", context)

    # The entry was read before the register was looked at: meanwhile a correction may have come between the two.
    return kept_page(request, make, entry.etag)


def cited_by(ref: str, lang: str) -> list[Document]:
    """What mentions a thing, each once, in the reader's language if it is there."""
    entries = Entry.objects.public().filter(references__ref=ref).exclude(type="chapter").only(
        "ref", "type", "locale", "original", "title", "path", "date"
    )  # fmt: skip
    chosen: dict[str, Entry] = {}
    for entry in entries.order_by("-date", "-pk"):
        known = chosen.get(entry.ref)
        if known is None or entry.locale == lang or (entry.original and known.locale != lang):
            chosen[entry.ref] = entry
    return [{"title": one.title, "url": one.path, "locale": one.locale, "type": one.type} for one in chosen.values()]
