"""Marking passes over words that cannot be meant without analysing them; nothing that is meant is passed over."""

from typing import Any

import pytest

from search import analysis
from search.analysis import marking
from search.highlights import Marker
from search.words import read
from tests.search.judged_pairs import found, not_found

pairs = [*found(), *not_found()]
texts = list(dict.fromkeys((pair.document.language, f"{pair.document.title}. {pair.document.text}") for pair in pairs))


def marks() -> list[Any]:
    """Of every query in its own document, and in a seventh of all others."""
    said: list[Any] = []
    for number, pair in enumerate(pairs):
        marker = Marker.of(read(pair.query))
        said.append(marker.spans(pair.document.title, pair.document.language))
        said += [marker.spans(text, language) for language, text in texts[number % 7 :: 7]]
    return said


def test_what_is_passed_over_would_not_have_been_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly = marks()
    monkeypatch.setattr(marking._Search, "_cannot_be", lambda self, chunk: False)
    assert quickly == marks()
    assert sum(map(bool, quickly)) > len(found())


def test_most_words_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    monkeypatch.setattr(marking, "analysed", lambda chunk, language: looked_at.append(chunk) or ((), ()))
    marker = Marker((analysis.Asked(("tribunal", "fr_tribunal"), ()),), ())
    text = "Le Tribunal d'instance rappelle aux témoins que yeux et Œuvres sont à part, à l'abri. 束縛 ٣٤"
    assert marker.spans(text, "fr") == []
    assert looked_at == ["Tribunal", "d'instance", "témoins", "yeux", "l'abri", "束縛", "٣٤"]
