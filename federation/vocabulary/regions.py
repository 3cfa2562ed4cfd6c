"""Which regions a country belongs to, on a day."""

from datetime import date

from django.db.models import Q

from .models import Region, RegionMembership


def regions_of(country: str, on: date) -> set[str]:
    """Codes of every region that the country belonged to on that day, with all that these are part of."""
    then = RegionMembership.objects.filter(
        Q(since__isnull=True) | Q(since__lte=on), Q(until__isnull=True) | Q(until__gte=on), country=country
    )
    parents = dict(Region.objects.values_list("code", "parent__code"))
    found: set[str] = set()
    for code in then.values_list("region__code", flat=True):
        while code and code not in found:
            found.add(code)
            code = parents[code]
    return found
