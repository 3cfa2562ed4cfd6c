"""From the words of an entry to the terms it is found by; from what a reader typed to the terms that are looked for.

Both database engines store the same terms and are asked the same questions, so they find the same. Terms come in
sequences: successive terms of one are successive words of the text, which is what phrases go by. Terms of the title are
there a second time with `TITLE` in front, those of title and summary with `HEAD`, those that a text has more than once
with `OFTEN`, and those of labels only with `LABEL`: to ask for a word in a title is to ask for another term, which
costs no more than the titles that have it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from federation.vocabulary.languages import content_languages

from . import analysis
from .models import Entry
from .words import Part, Words

TITLE, HEAD, OFTEN, LABEL, NAME = "t_", "h_", "o_", "l_", "n_"
# So many words of one text are indexed: some 150 pages.
MOST_WORDS = 50_000
# No text is longer that is called by its name.
LONGEST_NAME = 1000

# Sequences of which a later one continues where an earlier one ended, one word apart.
Track = list[list[str]]

_SIGNS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A part of a question: an entry must have one of these sequences; the last term of each may be a beginning."""

    sequences: tuple[tuple[str, ...], ...]
    prefix: bool = False

    def within(self, namespace: str) -> "Asked":
        """The same, asked of the title, of the head or of the labels."""
        return Asked(tuple(tuple(namespace + term for term in one) for one in self.sequences), self.prefix)

    def often(self) -> "Asked":
        """The same, more than once. Of phrases that is not known: they stay as they are."""
        return Asked(tuple((OFTEN + one[0],) if len(one) == 1 else one for one in self.sequences), self.prefix)

    def anywhere(self) -> "Asked":
        """The same, in the text or in the labels."""
        return Asked((*self.sequences, *self.within(LABEL).sequences), self.prefix)


# A conjunction.
Question = Sequence[Asked]


def tracks_of(entry: Entry) -> list[Track]:
    """Everything an entry is found by. Positions begin anew with each track."""
    locale = entry.locale
    title, summary = analysis.words(entry.title, locale), analysis.words(entry.summary, locale)
    text = analysis.words(entry.text, locale)[:MOST_WORDS]
    more = dict.fromkeys(term for words in (title, summary, text) for word in words for term in word.more)
    return [
        *_both([title, summary, text], ""),
        *_both([title], TITLE),
        *_both([title, summary], HEAD),
        *_both(label_words(entry), LABEL),
        [[*more], [TITLE + term for word in title for term in word.more], names_of(entry), _often(summary, text)],
    ]


def label_words(entry: Entry) -> list[tuple[analysis.Word, ...]]:
    """The words of each of its labels."""
    found_by = sorted(entry.found_by.items())
    return [_words_of(label, lang or entry.locale) for lang, several in found_by for label in several]


def names_of(entry: Entry) -> list[str]:
    """The terms of all that it is called by: ref, title, symbols."""
    names = (entry.ref, entry.title, *entry.found_by.get("", ()))
    return [*dict.fromkeys(name_term(name) for name in names if name)]


def _both(several: Iterable[Iterable[analysis.Word]], namespace: str) -> list[Track]:
    """A track of exact words and one of stems, word for word at the same places."""
    whole = [list(words) for words in several]
    exact = [[namespace + word.exact for word in words] for words in whole]
    return [exact, [[namespace + word.stem for word in words] for words in whole]]


def _often(*texts: Iterable[analysis.Word]) -> list[str]:
    """Terms that stand there more than once, in whatever form."""
    counts = Counter(term for words in texts for word in words for term in {word.exact, word.stem})
    return [OFTEN + term for term, count in counts.items() if count > 1]


@lru_cache(maxsize=4096)
def _words_of(label: str, lang: str) -> tuple[analysis.Word, ...]:
    return tuple(analysis.words(label, lang))


def name_term(text: str) -> str:
    """The term of a whole name (a ref, a symbol, a title): punctuation, blanks, case and accents do not matter."""
    bare = " ".join(_SIGNS.findall(analysis.fold(text[:LONGEST_NAME])))
    return NAME + blake2b(bare.encode(errors="replace"), digest_size=8).hexdigest()


@lru_cache(maxsize=512)
def asked(part: Part) -> Asked | None:
    """What a part of a question asks for, in every language that content may be in. None: nothing that has a term."""
    languages = content_languages()
    if part.kind == "phrase":
        sequences = analysis.phrases(part.text, languages)
        return Asked(tuple(sequences)) if sequences else None
    found = analysis.asked(part.text, languages, prefix=part.kind == "prefix")
    if found is None:
        return None
    sequences = (*((term,) for term in found.terms), *found.phrases)
    return Asked(sequences, part.kind == "prefix") if sequences else None


def all_of(parts: Iterable[Part]) -> tuple[Asked, ...]:
    """What each of several parts asks for."""
    return tuple(dict.fromkeys(one for part in parts if (one := asked(part)) is not None))


def needed(words: Words) -> tuple[Part, ...]:
    """The wanted parts without articles and prepositions, which need not stand there; all, if all of them are such."""
    telling = (part for part in words.wanted if part.kind != "word" or not _only_holds_together(part.text))
    return tuple(telling) or words.wanted


def _only_holds_together(text: str) -> bool:
    return analysis.is_function_word(analysis.fold(text))


def as_typed(words: Words) -> Asked | None:
    """Every wanted part, one after another and in exactly this form; None where a prefix leaves the form open."""
    if any(part.kind == "prefix" for part in words.wanted):
        return None
    exact = tuple(word.exact for part in words.wanted for word in analysis.words(part.text, ""))
    return Asked((exact,)) if exact else None
