"""Details: one thing by its ref, in the language asked for. Two queries at most."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from federation.options import BASE_MARK, base_url

from .documents import as_json, etag_of
from .models import Change, Entry
from .prepared import Prepared


class Missing(Enum):
    """Why there is no document."""

    NEVER = "never"
    GONE = "gone"
    OTHER_LANGUAGE = "other language"


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is sent, and as it was stored."""

    body: bytes
    etag: str
    last_modified: datetime | None
    entry: Entry


def detail(
    ref: str, *, type_name: str | None = None, languages: Sequence[str] = (), fields: Sequence[str] = ()
) -> Document | Missing:
    """The document of a thing.

    Args:
        ref: its ref.
        type_name: only if it is of this type.
        languages: the first of these that it has; "*" is any; none given, the original.
        fields: keys of the document to be sent; none given, all.
    """
    if "\0" in ref:  # PostgreSQL takes none in a text
        return Missing.NEVER
    rows = _rows(ref)
    if rows and type_name not in (None, rows[0].type):
        return Missing.NEVER
    if not rows:
        return Missing.GONE if _was_public(ref, type_name) else Missing.NEVER
    entry = _in_language(rows, languages)
    return _document(entry, fields) if entry else Missing.OTHER_LANGUAGE


def _rows(ref: str) -> list[Entry]:
    """Every language of a thing, the original first, each with the moments that may have changed what is answered."""
    entries = []
    for *values, changed_at, other_ended_at in _public_rows(ref, timezone.now()):
        entry = Entry.from_db(connection.alias, _FIELDS, values)
        entry.changed_at, entry.other_ended_at = changed_at, other_ended_at  # type: ignore[attr-defined]
        entries.append(entry)
    return entries


_UNREAD = {"text", "found_by", "card"}
_FIELDS = [field.attname for field in Entry._meta.concrete_fields if field.attname not in _UNREAD]


@Prepared
def _public_rows(ref: str, now: datetime) -> QuerySet[Any, Any]:
    changed = Change.objects.filter(sequence=OuterRef("sequence")).values("at")
    ended = Entry.objects.filter(ref=OuterRef("ref"), visible_until__lte=now).order_by("-visible_until")
    entries = Entry.objects.public(now).filter(ref=ref).order_by("-original", "locale")
    moments = {"changed_at": Subquery(changed), "other_ended_at": Subquery(ended.values("visible_until")[:1])}
    return entries.annotate(**moments).values_list(*_FIELDS, *moments)


def _was_public(ref: str, type_name: str | None) -> bool:
    """Whether a tombstone or a passed end tells that it once was public."""
    withdrawn = Change.objects.filter(ref=ref, what=Change.What.WITHDRAWN).order_by().values_list("type")
    expired = Entry.objects.filter(ref=ref, visible_until__isnull=False).public_once().values_list("type")
    types = {row[0] for row in withdrawn.union(expired)}
    return bool(types) and (type_name is None or type_name in types)


def _in_language(rows: Sequence[Entry], languages: Sequence[str]) -> Entry | None:
    if not languages:
        return rows[0]
    for language in languages:
        found = rows[0] if language == "*" else next((row for row in rows if row.locale == language), None)
        if found:
            return found
    return None


def _document(entry: Entry, fields: Sequence[str]) -> Document:
    text = entry.document
    if fields:
        whole = json.loads(text)
        text = as_json({name: whole[name] for name in fields if name in whole})
    base = base_url()
    # Another language that has ended may have stood here before.
    known = (entry.changed_at, entry.visible_from, entry.other_ended_at)  # type: ignore[attr-defined]
    return Document(
        body=text.replace(BASE_MARK, base).encode(),
        etag=etag_of(entry.etag, base, *fields),
        last_modified=max((moment for moment in known if moment), default=None),
        entry=entry,
    )
