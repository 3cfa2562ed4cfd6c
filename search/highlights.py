"""Where the words of a question stand in a title or a text: pieces of plain text, marked or not; never any markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from federation.vocabulary.languages import content_languages

from . import analysis
from .engines.interface import Segment, Segments
from .terms import needed
from .words import Words

# A passage is about so long; it begins so much before the first marked word.
LONGEST_PASSAGE, LEAD = 240, 60
# A text is looked through in pieces, from the beginning, until one has something to mark, and no further than this.
PIECE, FURTHEST = 1_200, 200_000

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marker:
    """Marks what one question asks for. Make one for a page of results."""

    asked: tuple[analysis.Asked, ...]
    prefixes: tuple[analysis.Asked, ...]

    @classmethod
    def of(cls, words: Words) -> "Marker":
        """For what was typed; what is unwanted is nowhere to be seen."""
        languages = content_languages()
        asked: list[analysis.Asked] = []
        prefixes: list[analysis.Asked] = []
        for part in needed(words):
            if part.kind == "phrase":
                asked.append(analysis.Asked((), analysis.phrases(part.text, languages)))
            elif one := analysis.asked(part.text, languages, prefix=part.kind == "prefix"):
                (prefixes if part.kind == "prefix" else asked).append(one)
        return cls(tuple(asked), tuple(prefixes))

    def spans(self, text: str, locale: str) -> list[Span]:
        """Where something stands that is asked for, in order."""
        if not (self.asked or self.prefixes):
            return []
        return list(analysis.marked(text, locale, self.asked, self.prefixes))

    def whole(self, text: str, locale: str) -> Segments:
        """All of a text."""
        return _segments(text, self.spans(text, locale))

    def passage(self, text: str, locale: str) -> Segments | None:
        """The first passage that has most of what is asked for; None when nothing of it is in the text."""
        for start in range(0, min(len(text), FURTHEST), PIECE):
            # Pieces overlap, so that no phrase is cut in two.
            piece = text[start : start + PIECE + LONGEST_PASSAGE]
            if spans := self.spans(piece, locale):
                return _passage(piece, spans)
        return None


def opening(text: str) -> Segments:
    """How a text begins, where there is nothing to mark."""
    return _clipped(text, 0, []) if text else ()


def as_html(segments: Segments) -> str:
    """Escaped text with <mark> around what is marked, and no other element."""
    return "".join(f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in segments)


def _passage(text: str, spans: Sequence[Span]) -> Segments:
    """The window in which most marks begin; of several such, the first."""
    best = max(spans, key=lambda span: sum(span[0] <= start < span[0] + LONGEST_PASSAGE - LEAD for start, _ in spans))
    return _clipped(text, max(0, best[0] - LEAD), spans)


def _clipped(text: str, start: int, spans: Sequence[Span]) -> Segments:
    """About as much of a text as a passage has, from a beginning of a word to an end of one."""
    if start:
        start = (
            max(text.rfind(" ", max(0, start - LEAD), start), text.rfind("\n", max(0, start - LEAD), start)) + 1
            or start
        )
    end = len(text)
    if end - start > LONGEST_PASSAGE:
        end = text.rfind(" ", start + LEAD, start + LONGEST_PASSAGE)
        end = end if end > 0 else start + LONGEST_PASSAGE
        end = max([end, *(to for since, to in spans if since < end)])
    inside = [(since - start, to - start) for since, to in spans if start <= since and to <= end]
    segments = _segments(text[start:end], inside)
    before = (Segment("… ", False),) if start else ()
    after = (Segment(" …", False),) if end < len(text) else ()
    return (*before, *segments, *after)


def _segments(text: str, spans: Sequence[Span]) -> Segments:
    pieces, place = [], 0
    for start, end in spans:
        pieces += [Segment(text[place:start], False), Segment(text[start:end], True)]
        place = end
    return tuple(piece for piece in (*pieces, Segment(text[place:], False)) if piece.text)
