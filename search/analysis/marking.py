"""Where a text has what was asked for: the places to highlight."""

from collections.abc import Iterable, Iterator

from .asking import Asked
from .words import Word, words

Span = tuple[int, int]


def marked(text: str, language: str, wanted: Iterable[Asked], prefixes: Iterable[Asked] = ()) -> list[Span]:
    """From where to where each match in a text of this language stands: in order, none overlapping another.

    Args:
        text: plain text.
        language: of the text, a BCP 47 tag.
        wanted: pieces of a query; a quoted phrase is `Asked((), phrases(...))`.
        prefixes: pieces that were asked for with `prefix`.
    """
    several = words(text, language)
    found = [span for asked in wanted for span in _spans(text, several, asked, prefix=False)]
    found += [span for asked in prefixes for span in _spans(text, several, asked, prefix=True)]
    return _united(sorted(found))


def _spans(text: str, several: list[Word], asked: Asked, *, prefix: bool) -> Iterator[Span]:
    terms = set(asked.terms)
    for place, word in enumerate(several):
        if word.exact.startswith(asked.terms) if prefix else word.exact in terms or word.stem in terms:
            yield word.start, word.end
        elif not terms.isdisjoint(word.more):
            yield word.start, _end_of_whole(text, several, place)
    for phrase in asked.phrases:
        yield from _places(several, [word.exact for word in several], phrase, prefix)
        yield from _places(several, [word.stem for word in several], phrase, prefix)


def _end_of_whole(text: str, several: list[Word], place: int) -> int:
    """Where the last part ends of the symbol, or the word with a hyphen, that begins here."""
    end = several[place].end
    for following in range(place + 1, len(several)):
        if several[following].start != end + 1 or text[end].isspace():
            break
        end = several[following].end
    return end


def _places(several: list[Word], column: list[str], phrase: tuple[str, ...], prefix: bool) -> Iterator[Span]:
    """Where a phrase stands in one column of terms; words of a phrase are looked up only behind its first one."""
    *head, last = phrase
    for place in range(len(column) - len(head)):
        end = column[place + len(head)]
        if tuple(column[place : place + len(head)]) == tuple(head) and (
            end.startswith(last) if prefix else end == last
        ):
            yield several[place].start, several[place + len(head)].end


def _united(spans: list[Span]) -> list[Span]:
    united: list[Span] = []
    for start, end in spans:
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united
