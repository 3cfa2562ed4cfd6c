"""The query language: what is read as what, and that nothing is an error."""

import time

import pytest

from search.words import LONGEST, MOST_PARTS, Part, Words, read

CASES = {
    "court permit": (Part("court"), Part("permit")),
    '"open letter" court': (Part("open letter", "phrase"), Part("court")),
    "court -permit": (Part("court"), Part("permit", without=True)),
    'court -"open letter"': (Part("court"), Part("open letter", "phrase", without=True)),
    "tort* -imp*": (Part("tort", "prefix"), Part("imp", "prefix", without=True)),
    "« droits humains »": (Part("droits humains", "phrase"),),
    "“حقوق الإنسان” حرية": (Part("حقوق الإنسان", "phrase"), Part("حرية")),
    "re-arrest A/RES/70/161": (Part("re-arrest"), Part("A/RES/70/161")),
    "court court COURT": (Part("court"), Part("COURT")),
    # What is malformed is plain words.
    'an "open letter': (Part("an"), Part("open"), Part("letter")),
    'open" letter': (Part("open"), Part("letter")),
    "- court - *": (Part("court"),),
    "*tion t*": (Part("tion"), Part("t")),
    '"" "  " -"" court': (Part("court"),),
    "court\0permit\ud800": (Part("court"), Part("permit")),
    "(court) [permit}": (Part("(court)"), Part("[permit}")),
    "": (),
    "()[]{}'\"*-+~^:\\": (),
}


@pytest.mark.parametrize("typed", CASES)
def test_what_is_typed_is_read(typed: str) -> None:
    assert read(typed).parts == CASES[typed]


def test_wanted_and_unwanted() -> None:
    words = read("court -permit")
    assert (words.wanted, words.unwanted) == ((Part("court"),), (Part("permit", without=True),))
    assert (bool(words), bool(read(" - ")), bool(Words())) == (True, False, False)


def test_the_text_is_kept_without_what_nobody_typed() -> None:
    assert read("  An\topen\0letter \n").text == "An open letter"


@pytest.mark.parametrize(
    "flood", ["(" * 10_000, '"' * 10_000, "-" * 10_000, "*" * 10_000, '-"a ' * 3_000, "a " * 9_999]
)
def test_floods_are_harmless(flood: str) -> None:
    before = time.perf_counter()
    words = read(flood)
    assert time.perf_counter() - before < 0.05
    assert (len(words.text) <= LONGEST, len(words.parts) <= MOST_PARTS) == (True, True)
