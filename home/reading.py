"""What every page of the site needs: the reader's language, lists of the register, the frame, one way to be sent."""

import gzip
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from federation.options import BASE_MARK, base_url
from federation.vocabulary.labels import FRESH_FOR
from federation.vocabulary.languages import direction, site_languages
from search import index
from search.api.answers import Answer, fingerprint, keep, kept
from search.api.endpoints import MOST_PARAMETERS, query_of
from search.api.http import CACHE_CONTROL, is_unchanged, last_modified
from search.detail import Missing, detail
from search.listing import Page, list_things
from search.models import Entry
from search.query import BadParameter, ListQuery

from . import chapter_tree
from .elsewhere import Elsewhere, switcher
from .styles import sheet
from .wording import in_words_of

# What readers come for: not the pages that every chapter has from its first day.
NEWS = ("statement", "case", "article", "event")
POLICY = (
    "default-src 'self'; style-src {style}; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)

# Shorter bodies fit into one packet as they are.
WORTH_PACKING = 1_000

Document = dict[str, Any]
Pairs = Iterable[tuple[str, str]]


def lang_of(request: HttpRequest) -> str:
    """The language of the page: one that the site speaks."""
    lang = get_language() or ""
    return lang if lang in site_languages() else site_languages()[0]


def local(text: str) -> Document:
    """A stored document with addresses from the root: the site links within itself, whatever it is called."""
    return dict(json.loads(text.replace(BASE_MARK, "")))


def query(lang: str, pairs: Pairs, *, type_name: str = "") -> ListQuery:
    """A list in the reader's language first, then in any; where `locale` is among the pairs, in that language alone."""
    pairs = list(pairs)
    if not any(name == "locale" for name, _ in pairs):
        pairs += [("locale", lang), ("fallback", "*")]
    return query_of(pairs, type_name=type_name or None)


def rows(found: Page, lang: str) -> list[Document]:
    """The cards of a list, in the reader's words."""
    return [in_words_of(lang, local(card)) for card in found.items]


def newest(lang: str, limit: int, **filters: Iterable[str]) -> list[Document]:
    """The newest of a filter."""
    pairs = [(name, value) for name, values in filters.items() for value in values]
    return rows(list_things(query(lang, [*pairs, ("limit", str(limit))]), index.current()), lang)


def document_of(ref: str, type_name: str, languages: Iterable[str]) -> tuple[Document, Entry] | None:
    """A thing's document and entry, in the first of these languages that it has."""
    found = detail(ref, type_name=type_name, languages=list(languages))
    return None if isinstance(found, Missing) else (local(found.entry.document), found.entry)


def given_pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """The parameters of a request that have a value, in their order.

    BadParameter for more than anybody chooses: each of them stands in the link of every other one's chip.
    """
    pairs = [(name, value) for name, values in request.GET.lists() for value in values if value]
    if len(pairs) > MOST_PARAMETERS:
        raise BadParameter(pairs[-1][0], f"These are more than {MOST_PARAMETERS} parameters.")
    return pairs


def frame(
    request: HttpRequest, *, chapter: str = "", elsewhere: Elsewhere | None = None, template: str = ""
) -> Document:
    """What surrounds a page: settings of the federation, and of the chapter that it belongs to.

    Args:
        elsewhere: where the same thing stands in other languages, if not at the same address.
        template: what the page is made with; its stylesheet has what that needs.
    """
    lang = lang_of(request)
    root = chapter_tree.root(lang)
    own = chapter_tree.chapters(lang).get(chapter) if chapter else None
    if own is not None and root is not None and own["ref"] == root["ref"]:
        own = None
    settings = (own or root or {}).get("settings", {})
    return {
        "lang": lang,
        "dir": direction(lang),
        "languages": switcher(request, lang, elsewhere),
        "federation": root,
        # Before the federation is opened it has no name of its own.
        "site_settings": root["settings"] if root else {"name": "Federation"},
        "of_chapter": own,
        "chapter_menu": _menu(own, (root or {}).get("settings", {}), lang) if own else [],
        "sheet": sheet(settings.get("colour", ""), template),
        "path": request.path_info,
        "base": base_url(),
    }


def _menu(chapter: Document, above: Document, lang: str) -> list[Document]:
    """What a chapter has composed as its menu, or inherited from one below the federation; else its sections."""
    composed = list(chapter["settings"].get("menu", []))
    if composed and chapter["locale"] == lang and composed != above.get("menu"):
        return composed
    return [{"url": section["url"], "text": section["title"]} for section in chapter["sections"]]


def send(request: HttpRequest, template: str, context: Document, *, status: int = 200) -> HttpResponse:
    """A page as it is sent, made now."""
    made = answer(request, template, context, status=status)
    return _response(request, replace(made, packed=_packed(made.body)) if status == 200 else made)


def answer(request: HttpRequest, template: str, context: Document, *, status: int = 200) -> Answer:
    """A finished page."""
    chapter, elsewhere = context.pop("chapter_code", ""), context.pop("elsewhere", None)
    whole = {**frame(request, chapter=chapter, elsewhere=elsewhere, template=template), **context}
    body = render_to_string(template, whole).encode()
    headers = {"Content-Security-Policy": POLICY.format(style=whole["sheet"].source)}
    return Answer(status, body, fingerprint(body), content_type="text/html; charset=utf-8", headers=headers)


def kept_page(request: HttpRequest, make: Callable[[], Answer], *extra: Any) -> HttpResponse:
    """A page from memory, or made now and remembered: as long as the register is what it was, and labels are fresh.

    What somebody looks for in words is not remembered.

    Args:
        make: makes it.
        extra: what it depends on that is not in the register.
    """
    snapshot = index.current()
    asked = (request.path_info, request.META.get("QUERY_STRING", ""), lang_of(request))
    question = ("page", *asked, snapshot.stamp, timezone.now().date(), base_url(), *extra)
    found = kept(question)
    if found is None:
        found = make()
        if found.status == 200:
            found = replace(found, packed=_packed(found.body))
            if "q" not in request.GET:
                keep(question, found, seconds=FRESH_FOR)
    return _response(request, found)


def _packed(body: bytes) -> bytes:
    """The body as it goes over a slow line: packed once, sent from memory.

    What tells secrets from the length of packed pages (BREACH) finds none here: no cookie, no token.
    """
    return gzip.compress(body, compresslevel=6, mtime=0) if len(body) > WORTH_PACKING else b""


def _response(request: HttpRequest, found: Answer) -> HttpResponse:
    packed = found.packed and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    if found.status == 200 and is_unchanged(request, found):
        response = HttpResponse(status=304)
    else:
        body = found.packed if packed else found.body
        response = HttpResponse(body, status=found.status, content_type=found.content_type)
        if packed:
            response["Content-Encoding"] = "gzip"
    for name, value in found.headers.items():
        response[name] = value
    in_words = request.GET.get("q")
    response["Cache-Control"] = CACHE_CONTROL if found.status == 200 and not in_words else "no-store"
    patch_vary_headers(response, ["Accept-Encoding"])
    if found.status == 200:
        # Two codings of one page are not the same to the byte: the one is told by a weak tag.
        response["ETag"] = f'{"W/" if packed else ""}"{found.etag}"'
    if found.last_modified:
        response["Last-Modified"] = last_modified(found.last_modified)
    return response


def link(path: str, pairs: Pairs) -> str:
    """An address with parameters."""
    text = urlencode([(name, value) for name, value in pairs if value])
    return f"{path}?{text}" if text else path
