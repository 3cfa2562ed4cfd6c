"""Writing rows: new ones, changed ones, translations; what is there already stays."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale

from cases.models import ImportedRow, Statement
from cases.models.item import Visibility
from cases.register import thing_of
from chapters.models import Chapter, ChapterPage, EventPage, EventsIndexPage
from federation.vocabulary.models import Country, Theme
from search import register
from search.models import Address
from search.publication import Publication, basis_of
from search.refs import random_ref

from .bulk import NewStatement, publish_all
from .rows import ImportRow, Rejected


@dataclass(slots=True)
class Writer:
    """Writes rows of one listing into one chapter."""

    chapter: Chapter
    overwrite_edited: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    edited: list[int] = field(default_factory=list)
    _countries: dict[str, Country] = field(default_factory=dict)
    _themes: dict[str, Theme] = field(default_factory=dict)
    _locales: dict[str, Locale] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Vocabularies are read once."""
        self._countries = {country.code: country for country in Country.objects.all()}
        self._themes = {theme.slug: theme for theme in Theme.objects.all()}

    def write(self, rows: list[ImportRow]) -> list[tuple[ImportRow, str]]:
        """Write a batch in one transaction; rows that could not be written, with the reason."""
        refused: list[tuple[ImportRow, str]] = []
        with transaction.atomic(), register.together():
            known = self._known(rows)
            fresh: list[ImportRow] = []
            waiting: set[str] = set()
            for row in rows:
                stored = known.get((row.key, row.language))
                if stored is not None:
                    self._again(row, stored)
                elif row.is_event or row.key in waiting or self._original(row, known) is not None:
                    # A translation may stand in the same batch as its original: that one goes in first.
                    if row.key in waiting:
                        self._write_fresh(fresh)
                        fresh, waiting = [], set()
                        known = self._known(rows)
                    self._write_single(row, self._original(row, known), refused)
                else:
                    fresh.append(row)
                    waiting.add(row.key)
            self._write_fresh(fresh)
        return refused

    def _known(self, rows: list[ImportRow]) -> dict[tuple[str, str], ImportedRow]:
        stored = ImportedRow.objects.filter(chapter=self.chapter, key__in={row.key for row in rows})
        return {(row.key, row.locale): row for row in stored}

    def _original(self, row: ImportRow, known: dict[tuple[str, str], ImportedRow]) -> ImportedRow | None:
        """The same id in another language, imported before: then this row is its translation."""
        if not row.id:
            return None
        return next((stored for (key, _), stored in known.items() if key == row.key), None)

    def _locale(self, language: str) -> Locale:
        """Languages that neither chapter nor site has get their locale when the first row needs it."""
        if language not in self._locales:
            self._locales[language] = Locale.objects.get_or_create(language_code=language)[0]
        return self._locales[language]

    # New statements

    def _write_fresh(self, rows: list[ImportRow]) -> None:
        if not rows:
            return
        new = [self._new_statement(row) for row in rows]
        publish_all(new)
        register.put([_thing(each.statement) for each in new])
        self._remember_all(rows, [each.statement for each in new])
        self.counts["created"] += len(rows)

    def _new_statement(self, row: ImportRow) -> NewStatement:
        statement = Statement(
            ref=random_ref(),
            owner=self.chapter,
            visibility=Visibility.PUBLIC,
            locale=self._locale(row.language),
            title=row.title,
            kind_id=row.kind,
            dated=row.date,
            body=json.dumps(row.body),
        )
        return NewStatement(
            statement, [self._countries[c] for c in sorted(row.countries)], [self._themes[t] for t in row.themes]
        )

    # One by one: translations and events

    def _write_single(self, row: ImportRow, original: ImportedRow | None, refused: list[tuple[ImportRow, str]]) -> None:
        try:
            with transaction.atomic():
                item = self._new_event(row, original) if row.is_event else self._new_translation(row, original)
                item.save_revision().publish()
                self._remember(row, item, "event" if row.is_event else "statement")
        except Rejected as error:
            refused.append((row, str(error)))
            return
        self.counts["translated" if original else "created"] += 1

    def _new_translation(self, row: ImportRow, original: ImportedRow | None) -> Statement:
        own = Statement.objects.filter(owner=self.chapter, source=None)
        source = own.filter(ref=original.ref).first() if original else None
        if source is None:
            raise Rejected("A row of this id was imported as something else before; give this one another id.")
        statement = Statement(
            source=source,
            translation_key=source.translation_key,
            locale=self._locale(row.language),
            title=row.title,
            body=json.dumps(row.body),
            live=False,
        )
        statement.save()
        return statement

    def _new_event(self, row: ImportRow, original: ImportedRow | None) -> EventPage:
        """An event in its language's tree, else in that of the chapter's first language; the page keeps its own."""
        event = EventPage(
            title=row.title,
            slug=f"{slugify(row.title)[:60] or 'event'}-{random_ref()}",
            locale=self._locale(row.language),
            body=json.dumps(row.body),
            live=False,
        )
        if original is not None:
            source = EventPage.objects.filter(ref=original.ref).order_by("pk").first()
            if source is None:
                raise Rejected("A row of this id was imported as something else before; give this one another id.")
            event.translation_key = source.translation_key
        else:
            self._fill_event(event, row)
        self._events_section(row.language).add_child(instance=event)
        if original is None:
            event.countries.set([self._countries[code] for code in row.countries])
            event.themes.set([self._themes[code] for code in row.themes])
        return event

    def _fill_event(self, event: EventPage, row: ImportRow) -> None:
        event.kind_id = row.kind
        event.listed_on = row.date
        day = (row.date + "-01-01")[:10] if len(row.date) == 4 else (row.date + "-01")[:10]
        event.start = datetime.combine(datetime.fromisoformat(day), time(0), UTC)
        event.time_zone = "UTC"

    def _events_section(self, language: str) -> EventsIndexPage:
        fronts = {
            front.locale.language_code: front
            for front in ChapterPage.objects.filter(chapter=self.chapter).select_related("locale")
        }
        front = fronts.get(language) or next((fronts[code] for code in self.chapter.languages if code in fronts), None)
        section = EventsIndexPage.objects.child_of(front).first() if front else None
        if section is None:
            raise Rejected(
                f"The chapter {self.chapter.code} has no events section. Run open_chapter {self.chapter.code}."
            )
        return section

    # Known rows

    def _again(self, row: ImportRow, stored: ImportedRow) -> None:
        if stored.fingerprint == row.fingerprint:
            self.counts["unchanged"] += 1
            return
        item = self._item(stored)
        if item is None:
            self.counts["gone"] += 1
            return
        if item.latest_revision_id != stored.revision_id and not self.overwrite_edited:
            self.edited.append(row.number)
            self.counts["edited here"] += 1
            return
        self._change(item, row)
        item.save_revision().publish()
        self._remember(row, item, stored.type)
        self.counts["changed"] += 1

    def _item(self, stored: ImportedRow) -> Any:
        """What became of a row; None where it was deleted, or handed to another chapter."""
        rows: Any = EventPage.objects if stored.type == "event" else Statement.objects.filter(owner=self.chapter)
        item = rows.filter(ref=stored.ref, locale__language_code=stored.locale).first()
        return item.get_latest_revision_as_object() if item else None

    def _change(self, item: Any, row: ImportRow) -> None:
        """Ref and address stay; of a translation only the words change."""
        item.title = row.title
        item.body = json.dumps(row.body)
        original = item.get_original()
        if original.pk != item.pk:
            return
        item.kind_id = row.kind
        if isinstance(item, EventPage):
            self._fill_event(item, row)
        else:
            item.dated = row.date
        item.countries.set([self._countries[code] for code in row.countries])
        item.themes.set([self._themes[code] for code in row.themes])

    def _remember_all(self, rows: list[ImportRow], statements: list[Statement]) -> None:
        ImportedRow.objects.bulk_create(
            ImportedRow(
                chapter=self.chapter,
                key=row.key,
                locale=row.language,
                type="statement",
                ref=statement.ref,
                fingerprint=row.fingerprint,
                revision_id=statement.latest_revision_id,
            )
            for row, statement in zip(rows, statements, strict=True)
        )
        addresses = {
            row.path: Address(path=row.path, ref=statement.ref, locale=row.language)
            for row, statement in zip(rows, statements, strict=True)
            if row.path
        }
        Address.objects.bulk_create(
            addresses.values(), update_conflicts=True, unique_fields=["path"], update_fields=["ref", "locale"]
        )

    def _remember(self, row: ImportRow, item: Any, type_name: str) -> None:
        ref = item.get_ref()
        ImportedRow.objects.update_or_create(
            chapter=self.chapter,
            key=row.key,
            locale=row.language,
            defaults={
                "type": type_name,
                "ref": ref,
                "fingerprint": row.fingerprint,
                "revision_id": item.latest_revision_id,
            },
        )
        if row.path:
            Address.objects.update_or_create(path=row.path, defaults={"ref": ref, "locale": row.language})


def _thing(statement: Statement) -> Any:
    """What the register is to say of a statement just written: from memory, nothing is read again."""
    publication = Publication(statement, None, None, basis_of(statement))
    return thing_of(statement, publication, translations=[], co_publishers=[])
