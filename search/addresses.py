"""Public addresses: of things on the site, and of their documents in the API."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify

from federation.options import BASE_MARK, option

from .types import type_named

if TYPE_CHECKING:
    from datetime import datetime

    from .models import Entry


def site_language(locale: str) -> str:
    """The language in whose part of the site a version stands: its own, or the site's first where the site lacks it."""
    spoken = option("SITE_LANGUAGES")
    return locale if locale in spoken else spoken[0]


def slug_of(title: str, limit: int = 60) -> str:
    """A title as part of an address, in its own script, cut at a word."""
    slug = slugify(title, allow_unicode=True)
    return slug if len(slug) <= limit else slug[:limit].rsplit("-", 1)[0]


def public_path(plural: str, ref: str, *, locale: str, title: str = "") -> str:
    """Address of what is no page: `/{lang}/{plural}/{slug}-{ref}/`; without a title `/{lang}/{plural}/{ref}/`.

    A version in a language that the site lacks stands in the part of the site's first one, and names itself.
    """
    slug = slug_of(title) if title else ""
    lang = site_language(locale)
    return f"/{lang}/{plural}/{slug + '-' if slug else ''}{ref}/{'' if lang == locale else '?locale=' + locale}"


def api_path(type_name: str, ref: str, *, locale: str = "") -> str:
    """Address of a thing's document; `locale` asks for one language of it."""
    try:
        root = reverse("wagtailapi_v3:api-root")
    except NoReverseMatch:  # the project mounts no API
        root = "/api/v3/"
    query = f"?{urlencode({'locale': locale})}" if locale else ""
    content_type = type_named(type_name)
    return f"{root}{content_type.plural if content_type.routed else 'entries'}/{ref}/{query}"


def public_target(ref: str, *, lang: str, otherwise: str = "", now: "datetime | None" = None) -> "Entry | None":
    """The entry that a mention of `ref` may name: in `lang` if it exists, else in `otherwise`, else the original.

    None when nothing of it is visible. What has an end date is never named elsewhere: it ends by the clock, and no
    other document would be written again at that moment.
    """
    from .models import Entry

    entries = list(Entry.objects.public(now).filter(ref=ref, visible_until__isnull=True).defer("document", "text"))
    by_locale = {entry.locale: entry for entry in entries}
    original = next((entry for entry in entries if entry.original), None)
    return by_locale.get(lang) or by_locale.get(otherwise) or original


def mention(ref: str, *, lang: str) -> dict[str, str] | None:
    """What another document may say of a thing: ref, type, title, language and address; None when it is not public."""
    target = public_target(ref, lang=lang)
    if target is None:
        return None
    return {
        "ref": target.ref,
        "type": target.type,
        "title": target.title,
        "locale": target.locale,
        "url": BASE_MARK + target.path,
    }


def mention_at(path: str, *, lang: str) -> dict[str, str] | None:
    """What may be said of the thing that is or was at a path of the site, in the language that stands there.

    None when no thing ever was; an empty dictionary when there was one and it is not public.
    """
    from .models import Address, Entry

    entry = Entry.objects.public().filter(path=path).only("ref", "locale").first()
    address = None if entry else Address.objects.filter(path=path).first()
    if entry is None and address is None:
        return None
    ref, own = (entry.ref, entry.locale) if entry else (address.ref, address.locale)  # type: ignore[union-attr]
    return mention(ref, lang=own or lang) or {}
