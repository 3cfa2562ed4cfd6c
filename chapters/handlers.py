"""What a saved chapter means for the register."""

import json
from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.signals import page_published, page_unpublished

from search import carries, register
from search.models import Entry

from .models import Chapter, ChapterPage, Featured
from .models.sections import SectionPage


def connect() -> None:
    """Join the handlers; called once, from `ready()`."""
    post_save.connect(carry_chapter, sender=Chapter, dispatch_uid="chapters.carry_chapter")
    m2m_changed.connect(carry_territory, sender=Chapter.countries.through, dispatch_uid="chapters.carry_territory")
    for signal in (page_published, page_unpublished):
        signal.connect(refresh_front, dispatch_uid="chapters.refresh_front")
    for signal in (post_save, post_delete):
        signal.connect(refresh_featuring, sender=Featured, dispatch_uid="chapters.refresh_featuring")


def carry_chapter(sender: type, instance: Chapter, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """A chapter's name or place stands on everything it owns or co-publishes, and on its parent's page."""
    if raw:
        return
    if not created:
        carries.carry("chapter", instance.code)
    if instance.parent:
        register.refresh("chapter", [instance.parent.code])


def carry_territory(sender: type, instance: Any, action: str, **kwargs: Any) -> None:
    """A chapter's countries are facets of its own entry."""
    if action.startswith("post_") and isinstance(instance, Chapter):
        register.refresh("chapter", [instance.code])


def refresh_front(sender: type, instance: Any, **kwargs: Any) -> None:
    """A section that was published or taken down is in the chapter's list; a front's links are those of all below."""
    if issubclass(sender, SectionPage):
        refresh_chapter_of(instance)
    elif issubclass(sender, ChapterPage) and instance.chapter:
        refresh_inheriting(instance.chapter, instance.locale.language_code)


def refresh_inheriting(chapter: Chapter, lang: str) -> None:
    """Put those chapters below again that inherit words or links in this language, where these have changed."""
    from .front_documents import settings_document

    below = {one.code: one for one in chapter.below().exclude(pk=chapter.pk)}
    entries = Entry.objects.filter(type="chapter", ref__in=below, locale=lang).values_list("ref", "document")
    changed = [
        code
        for code, document in entries
        if json.loads(document)["settings"] != json.loads(json.dumps(settings_document(below[code], lang=lang)))
    ]
    register.refresh("chapter", changed)


def refresh_featuring(sender: type, instance: Featured, **kwargs: Any) -> None:
    """A featured item was added, changed or removed; after the commit, when its siblings are saved too."""
    transaction.on_commit(lambda: refresh_chapter_of(instance.page))


def refresh_chapter_of(page: Any) -> None:
    """Put the chapter of a page again."""
    from .register import chapter_of

    chapter = chapter_of(page)
    if chapter is not None:
        register.refresh("chapter", [chapter.code])
