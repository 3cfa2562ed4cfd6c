"""Foreign terms: kinds, themes and countries as the listing calls them, and what they are here."""

import csv
from collections import Counter
from pathlib import Path

from federation.vocabulary.models import Kind
from federation.vocabulary.names import CountryNames, kinds_by_name, simplified, themes_by_name

from .reading import UnreadableFile

# What listings write where no country is meant.
NOWHERE = frozenset(map(simplified, ("global", "worldwide", "world", "international", "mondial", "mundial", "عالمي")))


def read_mapping(path: Path | None) -> dict[str, str]:
    """Foreign term -> code, from a CSV file of two columns; empty codes mean "leave it out"."""
    if path is None:
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {simplified(row[0]): row[1].strip() for row in csv.reader(file) if len(row) >= 2}
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path} cannot be read as a UTF-8 CSV file of two columns: term, code.") from error


class Terms:
    """Looks terms up, and remembers what could not be matched, with how often it occurred."""

    def __init__(self, kinds: dict[str, str], themes: dict[str, str], countries: dict[str, str]) -> None:
        self._kinds = {**kinds_by_name(), **kinds}
        self._themes = {**themes_by_name(), **themes}
        self._country_names = CountryNames()
        self._countries = countries
        self.event_kinds = {kind.code for kind in Kind.objects.all() if kind.types[:1] == ["event"]}
        self.unmatched: Counter[tuple[str, str]] = Counter()
        codes = set(Kind.objects.values_list("code", flat=True))
        if wrong := sorted(set(kinds.values()) - codes - {""}):
            raise UnreadableFile(f"The file of kinds leads to kinds that do not exist: {', '.join(wrong)}.")

    def kind(self, text: str) -> str | None:
        """Code of a kind; None when nothing is called so."""
        return self._kinds.get(simplified(text)) or self._missed("kind", text)

    def country(self, text: str) -> str | None:
        """ISO code; "" for words that mean no country; None when it is unknown."""
        if simplified(text) in self._countries:
            return self._countries[simplified(text)]
        if simplified(text) in NOWHERE:
            return ""
        return self._country_names.code_of(text) or self._missed("country", text)

    def theme(self, text: str) -> str | None:
        """Code of a theme; "" to leave it out; None when it is unknown."""
        if simplified(text) in self._themes:
            return self._themes[simplified(text)]
        return self._missed("theme", text)

    def _missed(self, sort: str, text: str) -> str | None:
        self.unmatched[sort, text] += 1
        return None
