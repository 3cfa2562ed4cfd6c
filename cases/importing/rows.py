"""From cells to a row that can be written, or to a reason why not."""

import hashlib
import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from .dates import SlashOrder, read_date
from .html import Block, blocks_of
from .reading import SEPARATOR, Cells
from .terms import Terms

TITLE_AT_MOST = 255


class Rejected(Exception):
    """The row cannot go in; the message says why, to the person who will correct it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """A row, understood."""

    number: int
    date: str
    title: str
    kind: str
    is_event: bool
    themes: tuple[str, ...]
    countries: tuple[str, ...]
    language: str
    url: str
    id: str
    body: list[Block]

    @property
    def key(self) -> str:
        """What the row is known by: its id or url, else what it says."""
        if self.id:
            return f"id:{self.id}"[:500]
        if self.url:
            return f"url:{self.url}"[:500]
        said = "\0".join((self.date, self.kind, self.title))
        return f"row:{hashlib.sha256(said.encode()).hexdigest()}"

    @property
    def fingerprint(self) -> str:
        """Of everything the row says: tells a changed row."""
        said = (self.date, self.title, self.kind, self.themes, self.countries, self.url, self.body)
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    @property
    def path(self) -> str:
        """The path of its old address; "" when it has none worth redirecting."""
        path = urlsplit(self.url).path
        return path if path not in {"", "/"} and len(path) <= 1000 else ""


@dataclass(slots=True, kw_only=True)
class Reader:
    """Understands rows of one listing."""

    terms: Terms
    order: SlashOrder
    language: str
    languages: frozenset[str]
    keep_prefix: bool

    def row(self, cells: Cells) -> ImportRow:
        """The row. Rejected with all reasons at once, so that it is corrected once."""
        if cells.problem:
            raise Rejected(cells.problem)
        values = {name: text.strip() for name, text in cells.values.items() if text}
        reasons: list[str] = []
        kind = self._kind(values.get("kind", ""), reasons)
        countries = self._countries(values.get("countries", ""), reasons)
        day = self._date(values.get("date", ""), reasons)
        language = self._language(values.get("language", ""), reasons)
        title = self._title(values.get("title", ""), countries, reasons)
        if reasons:
            raise Rejected(" ".join(reasons))
        return ImportRow(
            number=cells.number,
            date=day,
            title=title,
            kind=kind,
            is_event=kind in self.terms.event_kinds,
            themes=self._themes(values.get("themes", "")),
            countries=countries,
            language=language,
            url=values.get("url", ""),
            id=values.get("id", ""),
            body=blocks_of(values.get("body", "")),
        )

    def _kind(self, text: str, reasons: list[str]) -> str:
        code = self.terms.kind(text) if text else None
        if code is None:
            reasons.append(
                f"Unknown kind “{text}”: correct it, or map it with --kinds." if text else "The kind is empty."
            )
        return code or ""

    def _countries(self, cell: str, reasons: list[str]) -> tuple[str, ...]:
        codes = []
        for text in _several(cell):
            code = self.terms.country(text)
            if code is None:
                reasons.append(f"Unknown country “{text}”: correct it, or map it with --countries.")
            elif code:
                codes.append(code)
        return tuple(dict.fromkeys(codes))

    def _themes(self, cell: str) -> tuple[str, ...]:
        codes = (self.terms.theme(text) for text in _several(cell))
        return tuple(dict.fromkeys(code for code in codes if code))

    def _date(self, text: str, reasons: list[str]) -> str:
        try:
            return read_date(text, self.order)
        except ValueError:
            reasons.append(f"“{text}” is no date." if text else "The date is empty.")
            return ""

    def _language(self, text: str, reasons: list[str]) -> str:
        language = text.lower().replace("_", "-") or self.language
        if language in self.languages:
            return language
        if language.split("-")[0] in self.languages:
            return language.split("-")[0]
        reasons.append(f"Content cannot be in “{text}”. Languages: {', '.join(sorted(self.languages))}.")
        return ""

    def _title(self, text: str, countries: tuple[str, ...], reasons: list[str]) -> str:
        title = " ".join(text.split())
        prefix, colon, rest = title.partition(":")
        if colon and rest.strip() and not self.keep_prefix and self._is_country(prefix, countries):
            title = rest.strip()
        if not title:
            reasons.append("The title is empty.")
        elif len(title) > TITLE_AT_MOST:
            reasons.append(f"The title has more than {TITLE_AT_MOST} letters.")
        return title

    def _is_country(self, prefix: str, countries: tuple[str, ...]) -> bool:
        missed = self.terms.unmatched.copy()
        code = self.terms.country(prefix) if len(prefix) < 80 else None
        self.terms.unmatched = missed  # a title's first words are no term of the listing
        return bool(code) and code in countries


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(SEPARATOR) if part.strip()]
