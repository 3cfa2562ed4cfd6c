"""The values by which an entry is found and counted."""

from collections.abc import Iterable

from federation.vocabulary.models import NONE, Theme
from federation.vocabulary.regions import Memberships

from .things import Thing

# A thing about no country in particular is found under this value of the facet `country`, one without theme or region
# under this value of those: what a filter cannot reach, nobody finds by browsing.
GLOBAL = "global"
NOTHING = {"country": GLOBAL, "region": NONE, "theme": NONE}


class FacetValues:
    """Works out facet values for a batch of things; what the batch shares is looked up once."""

    def __init__(self) -> None:
        self._parents: dict[str, str | None] = dict(Theme.objects.values_list("slug", "parent__slug"))
        self._memberships = Memberships()

    def of(self, thing: Thing) -> list[tuple[str, str]]:
        """(name, value) pairs of a thing, the same for each of its languages; sorted, without repetition."""
        values = {
            "type": [thing.type],
            "kind": [thing.kind],
            "owner": [thing.owner],
            "chapter": thing.chapters,
            "country": thing.countries or (GLOBAL,),
            "region": self._regions_of(thing) or (NONE,),
            "theme": self._with_parents(thing.themes) or (NONE,),
            "year": [str(thing.date.year)],
            **thing.facets,
        }
        return sorted({(name, value) for name, several in values.items() for value in several})

    def _regions_of(self, thing: Thing) -> set[str]:
        return {region for country in thing.countries for region in self._memberships.regions_of(country, thing.date)}

    def _with_parents(self, themes: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for theme in themes:
            code: str | None = theme
            while code and code not in found:
                found.add(code)
                code = self._parents.get(code)
        return found
