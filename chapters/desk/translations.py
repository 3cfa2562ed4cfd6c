"""What is public in a chapter and lacks a language, or has an old one; and what other chapters let one translate."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, F, OuterRef, Q, Value

from chapters import rights
from chapters.belongings import item_models
from chapters.models import Chapter, OfferedForTranslation
from search.models import Entry, EntryQuerySet

from .shelves import is_in_review


def languages_to_write(user: Any, chapters: Collection[Chapter]) -> dict[str, list[Chapter]]:
    """Codes of the languages that somebody may translate into, each with its chapters."""
    found: dict[str, list[Chapter]] = {}
    for chapter in chapters:
        for code in chapter.languages:
            if rights.may(user, rights.TRANSLATE, chapter, locale=code):
                found.setdefault(code, []).append(chapter)
    return found


def to_write(language: str, chapters: Collection[Chapter]) -> EntryQuerySet:
    """Public originals of chapters that lack a language or have it outdated (`is_behind`); the newest first."""
    there = Entry.objects.public().filter(ref=OuterRef("ref"), locale=language)
    behind = there.filter(updated_at__lt=OuterRef("updated_at"))
    originals = Entry.objects.public().filter(original=True, owner__in=[one.code for one in chapters])
    originals = originals.exclude(locale=language).exclude(type="chapter").annotate(is_behind=Exists(behind))
    return originals.filter(Q(is_behind=True) | ~Exists(there)).order_by("-is_behind", "-published_at", "-pk")


def outdated(user: Any, chapters: Collection[Chapter]) -> EntryQuerySet:
    """Public translations older than what they translate, in languages that somebody writes; oldest first."""
    found = Q(pk__in=())
    for code, those in languages_to_write(user, chapters).items():
        found |= Q(locale=code, owner__in=[one.code for one in those])
    original = Entry.objects.filter(ref=OuterRef("ref"), original=True, updated_at__gt=OuterRef("updated_at"))
    behind = Entry.objects.public().filter(found, Exists(original), original=False).exclude(type="chapter")
    return behind.annotate(is_behind=Value(True, BooleanField())).order_by("updated_at", "pk")


@dataclass(frozen=True, slots=True)
class ForAnother:
    """A language that one's chapter has begun of another chapter's item, and how it stands."""

    row: Any
    title: str
    is_in_review: bool
    is_behind: bool


def offered_by_others(user: Any, *languages: str) -> EntryQuerySet:
    """What chapters let others translate and nobody has begun in one of these languages, of chapters not one's own."""
    found = Q(pk__in=())
    for language in languages:
        found |= _offered_in(user, language)
    return Entry.objects.public().filter(found, original=True).order_by("-published_at", "-pk")


def _offered_in(user: Any, language: str) -> Q:
    found = Q(pk__in=())
    for model in _offering_models():
        rows = model._default_manager.filter(ref=OuterRef("ref"))
        offered = rows.filter(model.offers(), source=None, owner__status=Chapter.Status.ACTIVE)
        found |= Q(Exists(offered), ~Exists(rows.filter(locale__language_code=language)), type=model.register_type)
    own = rights.chapters_where(user, rights.TRANSLATE, locale=language)
    codes = [chapter.code for chapter in rights.all_chapters(user) if chapter.pk in own]
    return found & ~Q(owner__in=codes)


def begun_for_others(language: str, chapters: Collection[Chapter], limit: int) -> list[ForAnother]:
    """What these chapters translate of others, as long as readers have it: drafts first, then the newest."""
    rows: list[Any] = []
    for model in _offering_models():
        theirs = model._default_manager.filter(translated_by__in=chapters, locale__language_code=language)
        theirs = theirs.exclude(owner=F("translated_by")).annotate(is_in_review=is_in_review(model))
        rows += theirs.select_related("owner", "latest_revision").order_by("live", "-pk")[:limit]
    public = Entry.objects.public().filter(ref__in=[row.ref for row in rows], original=True)
    originals = {entry.ref: entry for entry in public}
    return [
        ForAnother(
            row=row,
            title=row.latest_revision.object_str if row.latest_revision else str(row),
            is_in_review=row.is_in_review,
            is_behind=bool(
                row.live and row.last_published_at and row.last_published_at < originals[row.ref].updated_at
            ),
        )
        for row in sorted(rows, key=lambda row: (row.live, -row.pk))[:limit]
        if row.ref in originals
    ]


def _offering_models() -> list[Any]:
    return [model for model in item_models() if issubclass(model, OfferedForTranslation)]
