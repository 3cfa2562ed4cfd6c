"""HTML of older sites, cleaned into blocks."""

import re
from typing import Any

import nh3
from bs4 import BeautifulSoup, NavigableString, Tag

from chapters.richtext import paragraphs

_INLINE = {"b", "i", "a", "sup", "sub", "br"}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "thead",
    "center",
    "main",
    "body",
    "span",
}
_GONE = ["script", "style", "noscript", "iframe", "object", "embed", "form", "img", "svg", "head", "template"]
_HEADINGS = {"h1": "2", "h2": "2", "h3": "3", "h4": "4", "h5": "4", "h6": "4"}

Block = dict[str, Any]


def blocks_of(source: str) -> list[Block]:
    """Raw values for a text: headings, paragraphs, lists and quotes; scripts, pictures and layout are left out.

    Plain text becomes paragraphs at its empty lines.
    """
    if not re.search(r"<[a-zA-Z/!]", source):
        source = paragraphs(source)
    soup = BeautifulSoup(source, "html.parser")
    for unwanted in soup(_GONE):
        unwanted.decompose()
    gathered = _Gathered()
    gathered.take(soup)
    gathered.end_paragraph()
    return [{**block, "id": f"import-{number}"} for number, block in enumerate(gathered.blocks)]


class _Gathered:
    """Blocks so far, and the paragraph that is being read."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.open: list[str] = []

    def take(self, parent: Tag) -> None:
        for node in parent.children:
            if isinstance(node, Tag):
                self._take_tag(node)
            elif type(node) is NavigableString:
                self.open.append(nh3.clean_text(str(node)).replace("&#47;", "/").replace("&#32;", " "))

    def _take_tag(self, tag: Tag) -> None:
        if tag.name in _HEADINGS:
            self.end_paragraph()
            self._add_heading(tag)
        elif tag.name in {"ul", "ol"}:
            self.end_paragraph()
            self._add_list(tag)
        elif tag.name == "blockquote":
            self.end_paragraph()
            if text := _text(tag):
                self.blocks.append({"type": "quote", "value": {"text": text, "source": ""}})
        elif tag.name in _BLOCKS and tag.name != "span":
            self.end_paragraph()
            self.take(tag)
            self.end_paragraph()
        else:
            self.open.append(_clean(str(tag)))

    def _add_heading(self, tag: Tag) -> None:
        if text := _text(tag):
            value = {"text": text[:255], "level": _HEADINGS[tag.name], "anchor": ""}
            self.blocks.append({"type": "heading", "value": value})

    def _add_list(self, tag: Tag) -> None:
        start = int(str(tag.get("start"))) if str(tag.get("start", "")).isdigit() else 1
        points = [_clean(point.decode_contents()).strip() for point in tag.find_all("li", recursive=False)]
        numbered = tag.name == "ol"
        items = [
            {"number": f"{number}." if numbered else "", "text": f"<p>{text}</p>"}
            for number, text in enumerate((point for point in points if point), start)
        ]
        if items:
            self.blocks.append({"type": "list", "value": {"title": "", "items": items, "anchor": ""}})

    def end_paragraph(self) -> None:
        html = re.sub(r"\s+", " ", "".join(self.open)).strip()
        html = re.sub(r"^(<br\s*/?>\s*)+|(\s*<br\s*/?>)+$", "", html)
        self.open = []
        if BeautifulSoup(html, "html.parser").get_text(strip=True):
            self.blocks.append({"type": "paragraph", "value": f"<p>{html}</p>"})


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text(" ", strip=True).split())


def _clean(html: str) -> str:
    html = re.sub(r"<(/?)(strong)\b", r"<\1b", html)
    html = re.sub(r"<(/?)(em)\b", r"<\1i", html)
    return nh3.clean(
        html, tags=_INLINE, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
    )
