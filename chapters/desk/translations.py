"""What is public in a chapter and lacks a language, or has one that is older than what it translates."""

from collections.abc import Collection
from typing import Any

from django.db.models import BooleanField, Exists, OuterRef, Q, Value

from chapters import rights
from chapters.models import Chapter
from search.models import Entry, EntryQuerySet


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
