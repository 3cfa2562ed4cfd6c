"""From things to rows: an entry with everything that hangs on it, compared and saved in bulk."""

from collections.abc import Iterable
from dataclasses import dataclass

from .documents import as_json, card_of, etag_of, moment
from .facets import FacetValues
from .labels import found_by
from .models import Address, Entry, EntryFacet, EntryFile, EntryReference
from .textindex import text_index
from .things import Thing, Version

BATCH = 500


@dataclass(slots=True, eq=False)
class Row:
    """An entry not yet saved, with its facets, files and references."""

    entry: Entry
    facets: list[tuple[str, str]]
    files: tuple[str, ...]
    references: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others: ref and language."""
        return self.entry.ref, self.entry.locale

    def differs_from(self, stored: Entry | None) -> bool:
        """Whether it would change anything that readers or followers can see."""
        return stored is None or stored.etag != self.entry.etag

    def is_named_otherwise_than(self, stored: Entry | None) -> bool:
        """Whether others that mention it would now have to say something else."""
        names = ("title", "path", "visible_from", "visible_until")
        return stored is None or any(getattr(stored, name) != getattr(self.entry, name) for name in names)


def rows_of(things: Iterable[Thing]) -> list[Row]:
    """One row for each language of each thing."""
    values = FacetValues()
    return [_row(thing, version, values.of(thing)) for thing in things for version in thing.versions]


def _row(thing: Thing, version: Version, facets: list[tuple[str, str]]) -> Row:
    card = card_of(thing, version)
    document = {**card, "published_at": moment(version.published_at), **version.document}
    entry = Entry(
        type=thing.type,
        ref=thing.ref,
        locale=version.locale,
        original=version.original,
        translation_key=thing.translation_key,
        kind=thing.kind,
        owner=thing.owner,
        title=version.title,
        summary=version.summary,
        text=version.text,
        found_by=found_by(thing, version),
        path=version.path,
        date=thing.date,
        date_precision=thing.date_precision,
        start=thing.start,
        end=thing.end,
        published_at=version.published_at,
        updated_at=version.updated_at,
        visible_from=version.visible_from,
        visible_until=version.visible_until,
        card=as_json(card),
        document=as_json(document),
        basis=version.basis,
    )
    entry.etag = _fingerprint(entry, facets, version)
    return Row(entry, facets, version.files, tuple(dict.fromkeys(version.references)))


def _fingerprint(entry: Entry, facets: list[tuple[str, str]], version: Version) -> str:
    unseen = (entry.visible_from, entry.visible_until, entry.date, entry.start, entry.end, entry.original, entry.path)
    return etag_of(
        entry.card,
        entry.document,
        entry.text,
        as_json(entry.found_by),
        repr(facets),
        repr(version.files),
        repr(version.references),
        repr(unseen),
    )


FIELDS = [field.name for field in Entry._meta.concrete_fields if not field.primary_key]


def save_rows(rows: list[Row], stored: dict[tuple[str, str], Entry]) -> None:
    """Write entries and what hangs on them; entries that are stored already keep their primary key."""
    if not rows:
        return
    known = [row for row in rows if row.key in stored]
    for row in known:
        before = stored[row.key]
        row.entry.pk = before.pk
        row.entry.sequence = row.entry.sequence or before.sequence
    Entry.objects.bulk_update([row.entry for row in known], FIELDS, batch_size=20)
    Entry.objects.bulk_create([row.entry for row in rows if row.key not in stored], batch_size=BATCH)
    text_index().write(row.entry for row in rows)
    _save_what_hangs_on(rows, known)
    _save_addresses(rows)


def _save_what_hangs_on(rows: list[Row], known: list[Row]) -> None:
    written_before = [row.entry.pk for row in known]
    for model in (EntryFacet, EntryFile, EntryReference):
        model._default_manager.filter(entry_id__in=written_before).delete()
    EntryFacet.objects.bulk_create(
        [EntryFacet(entry=row.entry, name=name, value=value) for row in rows for name, value in row.facets], BATCH
    )
    EntryFile.objects.bulk_create([EntryFile(entry=row.entry, name=name) for row in rows for name in row.files], BATCH)
    EntryReference.objects.bulk_create(
        [EntryReference(entry=row.entry, ref=ref) for row in rows for ref in row.references], BATCH
    )


def _save_addresses(rows: list[Row]) -> None:
    """Each public path leads to the thing that has it last; paths it had before go on leading to it."""
    paths = {row.entry.path.partition("?")[0]: row.entry for row in rows}
    Address.objects.bulk_create(
        [Address(path=path, ref=entry.ref, locale=entry.locale) for path, entry in paths.items()],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["ref", "locale"],
    )
