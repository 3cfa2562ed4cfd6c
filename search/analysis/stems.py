"""Stems: what the forms of a word have in common, marked with the language it was taken for."""

from collections.abc import Callable

from . import arabic, english, french, portuguese, russian, spanish

_STEMMERS: dict[str, Callable[[str, str], tuple[str, ...]]] = {
    "en": english.stem,
    "fr": french.stem,
    "es": spanish.stem,
    "pt": portuguese.stem,
    "ar": arabic.stem,
    "ru": russian.stem,
}
LANGUAGES = tuple(_STEMMERS)

_OF_ARABIC_SCRIPT = frozenset(("ar", "arc", "az", "bal", "ckb", "fa", "ku", "ps", "sd", "ug", "ur"))
_OF_CYRILLIC_SCRIPT = frozenset(("ru", "be", "bg", "kk", "ky", "mk", "mn", "sr", "tg", "tt", "uk", "uz"))


def stems(written: str, exact: str, language: str) -> tuple[str, ...]:
    """The marked stems of a word in a language ("fr_tortur"), the likeliest first; its exact form where there is none.

    Args:
        written: the word as it stands in the text.
        exact: the same, folded.
        language: of the text. A word of another script is taken for a word of that script's language.
    """
    if not exact.isalpha():
        return (exact,)
    language = _language_of(exact, language)
    stemmer = _STEMMERS.get(language)
    return tuple(f"{language}_{stem}" for stem in stemmer(written, exact)) if stemmer else (exact,)


def _language_of(exact: str, language: str) -> str:
    sign = exact[0]
    if sign < "\u0250":
        return language if language not in ("ar", "ru") else ""
    if "\u0400" <= sign <= "\u052f":
        return language if language in _OF_CYRILLIC_SCRIPT else "ru"
    if arabic.is_arabic(exact):
        return language if language in _OF_ARABIC_SCRIPT else "ar"
    return ""
