"""Which regions a country belongs to, on a day."""

from collections import defaultdict
from datetime import date

from .models import Region, RegionMembership


class Memberships:
    """Every membership, read once: make one for a batch of questions."""

    def __init__(self) -> None:
        self._parents = dict(Region.objects.values_list("code", "parent__code"))
        self._of: dict[str, list[tuple[str, date | None, date | None]]] = defaultdict(list)
        memberships = RegionMembership.objects.values_list("country_id", "region__code", "since", "until")
        for country, region, since, until in memberships:
            self._of[country].append((region, since, until))

    def regions_of(self, country: str, on: date) -> set[str]:
        """Codes of every region that the country belonged to on that day, with all that these are part of."""
        found: set[str] = set()
        for region, since, until in self._of.get(country, ()):
            code: str | None = region
            if (since is None or since <= on) and (until is None or on <= until):
                while code and code not in found:
                    found.add(code)
                    code = self._parents[code]
        return found

    def on(self, day: date) -> list[tuple[str, str]]:
        """(country, region) of a day, sorted."""
        return sorted((country, region) for country in self._of for region in self.regions_of(country, day))


def regions_of(country: str, on: date) -> set[str]:
    """Regions of one country; for many, make `Memberships` once."""
    return Memberships().regions_of(country, on)
