"""From what people write to codes: countries, themes and kinds by any of their names."""

import re
import unicodedata
from collections.abc import Collection, Iterable

from rapidfuzz import fuzz, process

from .models import Country, Kind, Theme

_BRACKETS = re.compile(r"\(([^)]*)\)")
_NO_LETTER = re.compile(r"[^\w]+")
# Words that the long forms of country names add or drop.
_FORMALITIES = frozenset(
    (
        *("the", "of", "and", "s", "state", "states", "republic", "rep", "democratic", "dem", "people", "peoples"),
        *("islamic", "arab", "kingdom", "federation", "federal", "united", "bolivarian", "plurinational", "socialist"),
        *("commonwealth", "union"),
    )
)


def simplified(text: str) -> str:
    """A name as names are compared: no accents, case, marks or doubled spaces."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("&", " and "))
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(_NO_LETTER.sub(" ", bare.casefold()).split())


def straightened(text: str) -> str:
    """An inverted name put straight: "Korea, (South) Republic of" becomes "Republic of South Korea"."""
    head, comma, tail = text.partition(",")
    inner = " ".join(_BRACKETS.findall(text))
    parts = [_BRACKETS.sub(" ", tail), inner, _BRACKETS.sub(" ", head)] if comma else [inner, _BRACKETS.sub(" ", head)]
    return " ".join(" ".join(parts).split())


def essence(text: str) -> str:
    """What is left of a country's name without its formalities, in alphabetical order."""
    return " ".join(sorted(set(simplified(text).split()) - _FORMALITIES))


class CountryNames:
    """Every name of every country, looked up at once; make one for a batch of questions."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        essences: dict[str, set[str]] = {}
        for country in Country.objects.all():
            for name in (*country.names.values(), *country.aliases, country.code, country.alpha3):
                self._codes.setdefault(simplified(name), country.code)
                self._codes.setdefault(simplified(straightened(name)), country.code)
                essences.setdefault(essence(name), set()).add(country.code)
        # A remainder that fits two countries ("Korea", "Congo") says nothing.
        self._essences = {rest: codes.pop() for rest, codes in essences.items() if rest and len(codes) == 1}

    def code_of(self, text: str) -> str | None:
        """ISO code of a country written in any language or form; None when no country is meant for certain."""
        for form in (text, straightened(text)):
            if code := self._codes.get(simplified(form)):
                return code
        return self._essences.get(essence(text))


def country_of(text: str) -> str | None:
    """ISO code of one country name; for many, make a `CountryNames` once."""
    return CountryNames().code_of(text)


def _by_label(terms: Iterable[tuple[str, Collection[str]]]) -> dict[str, str]:
    return {simplified(name): code for code, names in terms for name in (code, *names) if name}


def kinds_by_name() -> dict[str, str]:
    """Simplified code, singular and plural in every language -> code. Ask with `simplified(text)`."""
    return _by_label((kind.code, [*kind.labels.values(), *kind.plurals.values()]) for kind in Kind.objects.all())


def themes_by_name() -> dict[str, str]:
    """Simplified code and labels -> code; a merged theme's names lead to the one it was merged into."""
    from .themes import living

    return _by_label((living(theme).slug, [theme.slug, *theme.labels.values()]) for theme in Theme.objects.all())


def kind_of(text: str) -> str | None:
    """Code of a kind by code or by singular or plural label in any language."""
    return kinds_by_name().get(simplified(text))


def theme_of(text: str) -> str | None:
    """Code of a theme by code or label in any language."""
    return themes_by_name().get(simplified(text))


def nearest(text: str, candidates: Collection[str]) -> str | None:
    """The candidate that a slip of the pen would have turned into `text`; None when none is near."""
    found = process.extractOne(text[:100], candidates, scorer=fuzz.ratio, score_cutoff=50)
    return found[0] if found else None
