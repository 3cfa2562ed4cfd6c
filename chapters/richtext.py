"""Rich text as the public reads it: clean HTML; internal links carry the ref and today's address of their target."""

import re
from html import escape, unescape
from typing import Any

import nh3
from bs4 import BeautifulSoup, Tag
from wagtail.models import Page

from federation.options import BASE_MARK
from search.addresses import public_target
from search.models import Entry

TAGS = {"p", "b", "i", "strong", "em", "a", "ul", "ol", "li", "sup", "sub", "br", "h2", "h3", "h4", "blockquote"}
ATTRIBUTES = {"a": {"href", "data-ref", "hreflang"}}


def public_html(source: str, *, lang: str) -> str:
    """Clean HTML of Wagtail's rich text. A link to what is not public is its text alone."""
    soup = BeautifulSoup(str(source or ""), "html.parser")
    for link in soup.find_all("a"):
        _resolve(link, lang)
    html = nh3.clean(
        str(soup), tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto", "tel"}, link_rel=None
    )
    return html.replace("%EE%80%80", BASE_MARK)


def plain_text(html: str) -> str:
    """The words of HTML."""
    broken = re.sub(r"</(p|li|h\d|blockquote)>|<br\s*/?>", "\n", str(html or ""))
    return unescape(re.sub(r"<[^>]+>", "", broken)).strip()


def linked_refs(source: str) -> tuple[str, ...]:
    """Refs of what the internal links of a rich text lead to, public or not."""
    soup = BeautifulSoup(str(source or ""), "html.parser")
    found = (_ref_of_page(link.get("id")) for link in soup.find_all("a", linktype="page"))
    return tuple(ref for ref in found if ref)


def _resolve(link: Tag, lang: str) -> None:
    linktype = link.get("linktype")
    if linktype is None:
        link.attrs = {name: value for name, value in link.attrs.items() if name == "href"}
        return
    target = _target(link, lang) if linktype == "page" else None
    if target is None:
        link.unwrap()
        return
    link.attrs = {"href": f"{BASE_MARK}{target.path}", "data-ref": target.ref, "hreflang": target.locale}


def _target(link: Tag, lang: str) -> Entry | None:
    page = _page(link.get("id"))
    if page is None or not hasattr(page, "get_ref"):
        return None
    return public_target(page.get_ref(), lang=lang, otherwise=page.locale.language_code)


def _page(pk: Any) -> Any:
    page = Page.objects.filter(pk=pk).first() if str(pk).isdecimal() else None
    return page.specific if page else None


def _ref_of_page(pk: Any) -> str:
    page = _page(pk)
    return page.get_ref() if page is not None and hasattr(page, "get_ref") else ""


def paragraphs(text: str) -> str:
    """Plain text as HTML paragraphs."""
    return "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n", text.strip()) if part)
