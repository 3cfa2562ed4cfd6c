"""What was probably meant, where a search found nothing.

The words to choose from are those of public titles and labels. What is proposed has been searched for first: it finds
something that is public at this moment, so that nothing withdrawn is ever suggested.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from threading import Lock

from federation.vocabulary.labels import labels

from . import analysis, index
from .analysis import Word
from .engines.interface import Engine, SearchQuery
from .words import Part, read

# Titles of so many entries, the newest, are enough: some 0.4 s of work, once in so many seconds.
NEWEST = 20_000
FRESH_FOR = 300.0
# More misspelt words than this are no slip of the pen.
MOST_WORDS = 6
# So many of the nearest words are tried, one after another.
CHOICES = 3

_LABELS = ("country", "theme", "kind", "region")


class Vocabulary:
    """Words that public things and labels are called by."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """From texts, each with its language."""
        forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._stems: set[str] = set()
        for text, language in texts:
            for word in analysis.words(text, language):
                forms[word.exact][text[word.start : word.end]] += 1
                self._stems.update((word.stem, *word.more))
        by_use = sorted(forms, key=lambda exact: -forms[exact].total())
        # Folded -> as it is written, the most used words first.
        self._written = {exact: _usual(forms[exact]) for exact in by_use}

    def knows(self, word: str, languages: Iterable[str]) -> bool:
        """Whether some form of the word is among them, taken for a word of any of these languages."""
        asked = analysis.asked(word, languages)
        return asked is None or any(term in self._written or term in self._stems for term in asked.terms)

    def mended(self, word: str, *, beginning: bool) -> str:
        """A folded word with its slip put right; itself where it is known (or begins one that is), or is like none."""
        if word in self._written or (beginning and any(known.startswith(word) for known in self._written)):
            return word
        return next(iter(analysis.nearest_words(word, self._written, limit=1)), word)

    def nearest(self, word: str, limit: int = 3) -> list[str]:
        """The words, as they are written, that a slip or two would have turned into this one; the likeliest first.

        They were public when they were read: whoever shows one makes sure that it still finds something.
        """
        return [self._written[exact] for exact in analysis.nearest_words(word, self._written, limit)]


_kept: tuple[float, Vocabulary] | None = None
_lock = Lock()


def vocabulary() -> Vocabulary:
    """The words of this moment, or of a few minutes ago."""
    global _kept
    with _lock:
        if _kept is None or _kept[0] < time.monotonic():
            _kept = (time.monotonic() + FRESH_FOR, Vocabulary([*_labels(), *_titles()]))
        return _kept[1]


def forget() -> None:
    """Read the words anew at the next question."""
    global _kept
    _kept = None


def did_you_mean(query: SearchQuery, engine: Engine) -> str | None:
    """The typed text with what was probably meant in place of unknown words; None when that finds nothing either."""
    unknown = {part: _unknown(part, query) for part in query.words.parts}
    if sum(map(len, unknown.values())) > MOST_WORDS:
        return None
    nearest = {part: [vocabulary().nearest(_word(part, word), CHOICES) for word in unknown[part]] for part in unknown}
    tried = {query.words.parts}
    for choice in range(CHOICES):
        texts = (_corrected(part, unknown[part], nearest[part], choice) for part in query.words.parts)
        corrected = " ".join(map(_typed, query.words.parts, texts))
        words = read(corrected)
        if words.parts in tried:
            continue
        tried.add(words.parts)
        one = replace(query, words=words, list=replace(query.list, limit=1, offset=0, cursor=None, facets=()))
        if engine.search(one).count:
            return corrected
    return None


def _corrected(part: Part, unknown: Sequence[Word], nearest: Sequence[Sequence[str]], choice: int) -> str:
    """The text of a part with each unknown word replaced by its nearest, or the next after that."""
    text = part.text
    # From the last to the first: places before a replaced word stay what they are.
    for word, found in reversed([*zip(unknown, nearest, strict=True)]):
        if found:
            text = f"{text[: word.start]}{found[: choice + 1][-1]}{text[word.end :]}"
    return text


def _unknown(part: Part, query: SearchQuery) -> list[Word]:
    """Words that nothing public is called by; of what is unwanted none is put right."""
    languages = (query.locale, *analysis.LANGUAGES)
    several = () if part.without else analysis.words(part.text, query.locale)
    return [word for word in several if not vocabulary().knows(_word(part, word), languages)]


def _word(part: Part, word: Word) -> str:
    return part.text[word.start : word.end]


def _typed(part: Part, text: str) -> str:
    """A part as a reader types it."""
    sign = "-" if part.without else ""
    return sign + {"word": text, "phrase": f'"{text}"', "prefix": f"{text}*"}[part.kind]


def _usual(forms: Counter[str]) -> str:
    """Small letters where anybody writes it so, else the most usual form."""
    small = [form for form in forms if form == form.lower()]
    return max(small or forms, key=lambda form: forms[form])


def _labels() -> Iterable[tuple[str, str]]:
    for name in _LABELS:
        for by_language in labels(name).values():
            yield from ((label, language) for language, label in by_language.items())


def _titles() -> Iterable[tuple[str, str]]:
    snapshot = index.current()
    for key in snapshot.keys[:NEWEST]:
        row = snapshot.rows[key]
        yield row.title, row.locale
