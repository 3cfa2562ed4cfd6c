"""Where a text has what was asked for: the places to highlight."""

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from .arabic import is_arabic
from .asking import Asked
from .folding import fold
from .splitting import CHUNK
from .words import Word, analysed

Span = tuple[int, int]

_OF_STEM = re.compile("^[a-z]{2,3}_")
# From here on scripts have signs that belong to the word before or after them.
_ALPHABETS_END = "\u0530"
# The one word whose stem begins with another letter than itself ("yeux", "oeil").
_BEGIN_OTHERWISE = "y"


def marked(text: str, language: str, wanted: Iterable[Asked], prefixes: Iterable[Asked] = ()) -> list[Span]:
    """From where to where each match in a text of this language stands: in order, none overlapping another.

    Args:
        text: plain text.
        language: of the text, a BCP 47 tag.
        wanted: pieces of a query; a quoted phrase is `Asked((), phrases(...))`.
        prefixes: pieces that were asked for with `prefix`.
    """
    wanted, prefixes = tuple(wanted), tuple(prefixes)
    search = _Search(
        terms={term for asked in wanted for term in asked.terms},
        beginnings=tuple(term for asked in prefixes for term in asked.terms),
        phrases=[(phrase, False) for asked in wanted for phrase in asked.phrases]
        + [(phrase, True) for asked in prefixes for phrase in asked.phrases],
    )
    return _united(sorted(search.spans(text, language)))


class _Search:
    """One pass over a text; nothing is made of a word that is not asked for."""

    def __init__(
        self, terms: Collection[str], beginnings: tuple[str, ...], phrases: list[tuple[tuple[str, ...], bool]]
    ) -> None:
        self.terms, self.beginnings, self.phrases = frozenset(terms), beginnings, phrases
        # As many of the last words as the longest phrase has, and where each of them stands.
        self.last: deque[tuple[Word, int]] = deque(maxlen=max((len(phrase) for phrase, _ in phrases), default=1))
        begins = {_OF_STEM.sub("", term)[0] for term in (*self.terms, *beginnings)}
        self.letters, self.arabic = begins | {_BEGIN_OTHERWISE}, any(map(is_arabic, begins))

    def spans(self, text: str, language: str) -> Iterator[Span]:
        for chunk in CHUNK.finditer(text):
            # Places of phrases are counted: there every word is looked at.
            if not self.phrases and self._cannot_be(chunk[0]):
                continue
            place = chunk.start()
            words, wholes = analysed(chunk[0], language)
            if wholes and not self.terms.isdisjoint(wholes):
                yield place + words[0].start, place + words[-1].end
            for word in words:
                if word.exact in self.terms or word.stem in self.terms or self._has_other(word, wholes):
                    yield place + word.start, place + word.end
                if self.beginnings and word.exact.startswith(self.beginnings):
                    yield place + word.start, place + word.end
                if self.phrases:
                    self.last.append((word, place))
                    yield from self._ending_here()

    def _cannot_be(self, chunk: str) -> bool:
        """Whether a word by itself begins with none of the letters: most do, and need no analysis."""
        if not chunk.isalnum() or "ʼ" in chunk:
            return False
        if chunk[0] < _ALPHABETS_END:
            return _first_letter(chunk[0]) not in self.letters
        # An Arabic word may begin with an article or a conjunction.
        return not self.arabic and is_arabic(chunk) and chunk.isalpha()

    def _has_other(self, word: Word, wholes: Collection[str]) -> bool:
        return bool(word.more) and any(term in self.terms and term not in wholes for term in word.more)

    def _ending_here(self) -> Iterator[Span]:
        """Phrases whose last word is the last one read."""
        for phrase, beginning in self.phrases:
            if len(phrase) <= len(self.last) and self._ends_with(phrase, beginning):
                first, place = self.last[-len(phrase)]
                last, its_place = self.last[-1]
                yield place + first.start, its_place + last.end

    def _ends_with(self, phrase: tuple[str, ...], beginning: bool) -> bool:
        words = [word for word, _ in self.last][-len(phrase) :]
        return any(
            (column[-1].startswith(phrase[-1]) if beginning else column[-1] == phrase[-1])
            and column[:-1] == [*phrase[:-1]]
            for column in ([word.exact for word in words], [word.stem for word in words])
        )


@lru_cache(maxsize=1 << 11)
def _first_letter(sign: str) -> str:
    return fold(sign)[:1]


def _united(spans: Iterable[Span]) -> list[Span]:
    united: list[Span] = []
    for start, end in spans:
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united
