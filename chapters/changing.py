"""Changing a chapter: its names, place, languages and policy, in one transaction."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from federation.vocabulary.models import Country
from search import changes, register

from .models import Chapter
from .opening import open_chapter


def change_chapter(
    chapter: Chapter,
    *,
    countries: Collection[str] | None = None,
    add_languages: Collection[str] = (),
    by: Any = None,
    changed: Collection[str] = (),
) -> Chapter:
    """Save a chapter that has been changed and validated; its pages, rights and what carries its name follow.

    A new parent moves no page and changes no address. A new language gets its tree of pages.

    Args:
        countries: ISO codes of its territory; None leaves it as it is.
        changed: names of what was changed, for the log.
    """
    with transaction.atomic(), register.together():
        changes.take_turn()
        before = Chapter.objects.get(pk=chapter.pk)
        chapter.save()
        if countries is not None:
            chapter.countries.set(Country.objects.filter(code__in=countries))
        _rename_fronts(before, chapter)
        open_chapter(chapter.code, languages=add_languages)
        log(instance=chapter, action="federation.chapter_changed", user=by, data={"fields": sorted(changed)})
    chapter.refresh_from_db()
    return chapter


def _rename_fronts(before: Chapter, chapter: Chapter) -> None:
    """Front pages that bear the chapter's old name get the new one; what an editor has called otherwise stays."""
    for front in chapter.pages.select_related("locale"):
        lang = front.locale.language_code
        old, new = before.name(lang), chapter.name(lang)
        if old != new and front.title == old and not front.has_unpublished_changes:
            front.title = new
            front.save_revision().publish()
