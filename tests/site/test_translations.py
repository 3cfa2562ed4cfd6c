"""Every text of the site's interface is translated into every language that the site speaks."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import home

SITE = Path(home.__file__).parent
KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_lazy": None}
PLACEHOLDER = re.compile(r"%\(\w+\)s")


def messages() -> set[str]:
    """Every text that the site marks for translation; of plurals the singular."""
    found: set[str] = set()
    for file in [*SITE.rglob("*.py"), *SITE.rglob("*.html")]:
        text = file.read_text(encoding="utf-8")
        # In brackets Python's tokenizer minds no indentation.
        source = f"({templatize(text, origin=str(file))})" if file.suffix == ".html" else text
        for _line, message, _comments, _context in extract("python", BytesIO(source.encode()), KEYWORDS):
            found.add(message if isinstance(message, str) else message[0])
    return found - {""}


def catalogue(lang: str) -> dict[str, Any]:
    """The messages of a language by their text, without the header."""
    file = SITE / "locale" / lang / "LC_MESSAGES" / "django.po"
    return {_singular(one): one for one in read_po(BytesIO(file.read_bytes()), locale=lang) if one.id}


def compiled(lang: str) -> dict[str, Any]:
    """What the site reads at run time."""
    file = SITE / "locale" / lang / "LC_MESSAGES" / "django.mo"
    return {_singular(one): one for one in read_mo(BytesIO(file.read_bytes())) if one.id}


def _singular(message: Any) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def forms(message: Any) -> Iterator[str]:
    """Its translation, in each plural form."""
    yield from [message.string] if isinstance(message.string, str) else message.string


@pytest.mark.parametrize("lang", ["fr", "es", "ar"])
def test_every_text_of_the_site_is_translated(lang: str) -> None:
    known = catalogue(lang)
    assert sorted(messages() ^ known.keys()) == []
    assert [text for text, one in known.items() if one.fuzzy or not all(forms(one))] == []


@pytest.mark.parametrize("lang", ["fr", "es", "ar"])
def test_what_is_compiled_is_what_was_written(lang: str) -> None:
    written = {text: tuple(forms(one)) for text, one in catalogue(lang).items()}
    assert {text: tuple(forms(one)) for text, one in compiled(lang).items()} == written


@pytest.mark.parametrize("lang", ["fr", "es", "ar"])
def test_a_translation_has_the_blanks_of_its_text(lang: str) -> None:
    different = {
        text: one.string
        for text, one in catalogue(lang).items()
        if isinstance(one.id, str) and set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(one.string))
    }
    assert different == {}
