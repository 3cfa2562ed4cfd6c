"""The map of the site for robots: an index, lists, and things in files of a few thousand, each in its language.

Made from the register's snapshot rather than with django.contrib.sitemaps: that one asks a queryset of each section
for all its rows, knows languages by `reverse()` alone, and takes scheme and host from a `Site`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import StringIO
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from federation.options import base_url
from federation.vocabulary.languages import site_languages
from federation.vocabulary.models import NONE
from search import index
from search.addresses import site_language
from search.api.answers import Answer, fingerprint
from search.documents import moment
from search.facets import GLOBAL
from search.models import Entry
from search.snapshot import Snapshot

from . import chapter_tree
from .reading import kept_page, lang_of

# The protocol allows 50 000 addresses and 50 MB a file.
IN_A_FILE = 5_000
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
LISTS = ("", "chapters/", "all/", "statements/", "cases/", "events/")


class Located(NamedTuple):
    """An address with when it changed, and the same thing's addresses by language."""

    path: str
    changed: datetime | None
    others: dict[str, str]


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read: everything that is public; and where the map is."""
    lines = ["User-agent: *", "Disallow: /admin/", "", f"Sitemap: {base_url()}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def index_of_all(request: HttpRequest) -> HttpResponse:
    """Every file of the map."""

    def make() -> Answer:
        snapshot = index.current()
        files = []
        for lang in site_languages():
            numbers = range(1, _files(_keys(snapshot, lang)) + 1)
            files += [f"/{lang}/sitemap-{name}.xml" for name in ("lists", *numbers)]
        # What was withdrawn leaves no date behind: any change of the register may have changed any file.
        changed = max((at for at in (snapshot.changed_at, snapshot.passed) if at), default=None)
        return _answer(_index(files, changed))

    return kept_page(request, make)


@require_safe
def of_lists(request: HttpRequest) -> HttpResponse:
    """Fronts, lists, sections, countries and themes in one language."""
    return kept_page(request, lambda: _answer(_urls(_lists(index.current(), lang_of(request)))))


@require_safe
def of_things(request: HttpRequest, number: str) -> HttpResponse:
    """The things of one language, so many in a file. 404 behind the last."""

    def make() -> Answer:
        keys = _keys(index.current(), lang_of(request))
        place = int(number)
        if not 1 <= place <= _files(keys):
            raise Http404
        return _answer(_urls(_things(keys[(place - 1) * IN_A_FILE : place * IN_A_FILE])))

    return kept_page(request, make)


def _keys(snapshot: Snapshot, lang: str) -> list[int]:
    """Primary keys of what stands in a language's part of the site; in their order new things fill the last file."""
    return sorted(row.pk for row in snapshot.rows.values() if site_language(row.locale) == lang)


def _files(keys: list[int]) -> int:
    return -(-len(keys) // IN_A_FILE)


def _things(keys: list[int]) -> Iterator[Located]:
    """Two queries, however many."""
    entries = list(Entry.objects.public().filter(pk__in=keys).order_by("pk").only("ref", "path", "updated_at"))
    siblings: dict[str, dict[str, str]] = defaultdict(dict)
    others = Entry.objects.public().filter(ref__in={entry.ref for entry in entries}).order_by("-original", "locale")
    for ref, locale, original, path in others.values_list("ref", "locale", "original", "path"):
        siblings[ref][locale] = path
        if original:
            siblings[ref]["x-default"] = path
    for entry in entries:
        several = siblings[entry.ref]
        alone = len(set(several.values())) == 1
        yield Located(entry.path, entry.updated_at, {} if alone else several)


def _lists(snapshot: Snapshot, lang: str) -> Iterator[Located]:
    countries = [f"countries/{code}/" for code in sorted(snapshot.values("country")) if code != GLOBAL]
    themes = [f"themes/{code}/" for code in sorted(snapshot.values("theme")) if code != NONE]
    for rest in (*LISTS, *countries, *themes):
        yield Located(f"/{lang}/{rest}", None, {code: f"/{code}/{rest}" for code in site_languages()})
    for chapter in chapter_tree.chapters(lang).values():
        if chapter["locale"] == lang:
            yield from (Located(section["url"], None, {}) for section in chapter["sections"] if section["type"])


def _index(paths: Iterable[str], changed: datetime | None) -> bytes:
    with _document("sitemapindex", {"xmlns": SITEMAP}) as (out, written):
        for path in paths:
            with _element(out, "sitemap"):
                _locate(out, path, changed)
    return written.getvalue().encode()


def _urls(several: Iterable[Located]) -> bytes:
    base = base_url()
    with _document("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML}) as (out, written):
        for one in several:
            with _element(out, "url"):
                _locate(out, one.path, one.changed)
                for lang, path in one.others.items():
                    address = iri_to_uri(base + path)
                    out.addQuickElement("xhtml:link", "", {"rel": "alternate", "hreflang": lang, "href": address})
    return written.getvalue().encode()


def _locate(out: SimplerXMLGenerator, path: str, changed: datetime | None) -> None:
    out.addQuickElement("loc", iri_to_uri(base_url() + path))
    if changed:
        out.addQuickElement("lastmod", moment(changed))


@contextmanager
def _document(name: str, attributes: dict[str, str]) -> Iterator[tuple[SimplerXMLGenerator, StringIO]]:
    written = StringIO()
    out = SimplerXMLGenerator(written, "utf-8")
    out.startDocument()
    with _element(out, name, attributes):
        yield out, written
    out.endDocument()


@contextmanager
def _element(out: SimplerXMLGenerator, name: str, attributes: dict[str, str] | None = None) -> Iterator[None]:
    out.startElement(name, attributes or {})  # type: ignore[arg-type]  # as Django calls it
    yield
    out.endElement(name)


def _answer(body: bytes) -> Answer:
    return Answer(200, body, fingerprint(body), content_type="application/xml; charset=utf-8")
