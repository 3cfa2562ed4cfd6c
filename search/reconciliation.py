"""Making the register agree with what ought to be public, whatever went past it: bulk writes, backups, a bug."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from . import register
from .carries import work_through_carries
from .models import Entry, Stop
from .types import ContentType, declared

# So many things are built and written in one transaction: well under a second, so that editors can save meanwhile.
BATCH = 50


@dataclass(slots=True)
class Found:
    """What was found, counted in things: `missing` from the register, `surplus` in it, `outdated` in it."""

    checked: int = 0
    missing: Counter[str] = field(default_factory=Counter)
    surplus: Counter[str] = field(default_factory=Counter)
    outdated: Counter[str] = field(default_factory=Counter)

    @property
    def differences(self) -> int:
        """How many things differ, of all types."""
        return sum(counter.total() for counter in (self.missing, self.surplus, self.outdated))


def reconcile(
    *,
    dry_run: bool = False,
    rewrite: bool = False,
    deep: bool = True,
    progress: Callable[[int], None] = lambda count: None,
) -> Found:
    """Compare every thing with the register and repair what differs.

    Args:
        dry_run: only count.
        rewrite: write every row again (facets and files too); what readers see does not change meanwhile.
        deep: build each thing and compare its bytes; else only look for what is missing and what is too much.
        progress: told how many more things have been looked at.
    """
    found = Found()
    if not dry_run:
        work_through_carries()
    for content_type in declared().values():
        _reconcile_type(content_type, found, dry_run=dry_run, rewrite=rewrite, deep=deep, progress=progress)
    _withdraw_undeclared(found, dry_run=dry_run)
    return found


def count_expected() -> int:
    """How many things ought to be public."""
    return sum(len(_expected(content_type)) for content_type in declared().values())


def _expected(content_type: ContentType) -> set[str]:
    """Refs of what ought to be public: what its rows say, but for what is stopped."""
    return set(content_type.refs()) - set(Stop.objects.values_list("ref", flat=True))


def _reconcile_type(
    content_type: ContentType,
    found: Found,
    *,
    dry_run: bool,
    rewrite: bool,
    deep: bool,
    progress: Callable[[int], None],
) -> None:
    expected = _expected(content_type)
    present = set(Entry.objects.filter(type=content_type.name).values_list("ref", flat=True))
    surplus = present - expected
    found.surplus[content_type.name] += len(surplus)
    if not dry_run:
        register.withdraw(content_type.name, surplus)
    found.missing[content_type.name] += len(expected - present)
    for refs in _batches(sorted(expected if deep else expected - present)):
        things = list(content_type.things(refs))
        differing = {ref for ref, _ in register.differences(things)}
        found.outdated[content_type.name] += len(differing & present)
        if not dry_run and (differing or rewrite):
            register.put(things, rewrite=rewrite)
        found.checked += len(refs)
        progress(len(refs))


def _withdraw_undeclared(found: Found, *, dry_run: bool) -> None:
    """Entries of a type that nobody declares any more."""
    strange = Entry.objects.exclude(type__in=declared())
    found.surplus.update(strange.values_list("type", flat=True))
    if not dry_run:
        register.withdraw_entries(strange)


def _batches(refs: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(refs)
    while batch := list(islice(rest, BATCH)):
        yield batch
