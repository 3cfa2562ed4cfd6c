"""Words that were probably meant: for what is misspelt."""

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .folding import fold

# Shorter words have too many neighbours, longer ones are no words.
SHORTEST, LONGEST = 4, 40
# A vocabulary larger than this is cut: a hundred thousand words take some 20 ms.
MOST = 200_000


def nearest_words(word: str, vocabulary: Collection[str], limit: int = 3) -> list[str]:
    """Words of a vocabulary that a slip or two would have turned into `word`, the likeliest first.

    A slip is a letter too many, too few, wrong, or changed places with its neighbour. `vocabulary` holds folded words,
    the more common ones first where it can.
    """
    asked = fold(word)
    if not SHORTEST <= len(asked) <= LONGEST:
        return []
    slips = 1 if len(asked) < 6 else 2
    candidates = [known for known in vocabulary if known != asked]
    found = process.extract(asked, candidates[:MOST], scorer=OSA.distance, score_cutoff=slips, limit=limit * 4)
    return [known for known, _, _ in sorted(found, key=lambda near: _rank(asked, near))][:limit]


def _rank(asked: str, near: tuple[str, float, int]) -> tuple[float, bool, int]:
    """Fewer slips first, then those that keep the first letter, then in the order of the vocabulary."""
    known, slips, place = near
    return slips, known[:1] != asked[:1], place
