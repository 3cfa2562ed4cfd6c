"""What a saved chapter means for the register."""

import json
from typing import Any

from django.db import connection, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail.models import ModelLogEntry, PageLogEntry, PageViewRestriction
from wagtail.signals import copy_for_translation_done, init_new_page, page_published, page_unpublished, post_page_move

from search import carries, register
from search.models import Entry

from .desk.beginning import fill_in
from .desk.trail import keep_chapter_of_deleted
from .models import Chapter, ChapterPage, Featured
from .models.sections import SectionPage, TextPage


def connect() -> None:
    """Join the handlers; called once, from `ready()`."""
    post_save.connect(carry_chapter, sender=Chapter, dispatch_uid="chapters.carry_chapter")
    m2m_changed.connect(carry_territory, sender=Chapter.countries.through, dispatch_uid="chapters.carry_territory")
    for signal in (page_published, page_unpublished):
        signal.connect(refresh_front, dispatch_uid="chapters.refresh_front")
    for signal in (post_save, post_delete):
        signal.connect(refresh_featuring, sender=Featured, dispatch_uid="chapters.refresh_featuring")
    init_new_page.connect(fill_in_new_page, dispatch_uid="chapters.fill_in_new_page")
    for entries in (PageLogEntry, ModelLogEntry):
        pre_save.connect(keep_chapter_of_deleted, sender=entries, dispatch_uid="chapters.keep_chapter_of_deleted")
    post_save.connect(derive_for_chapter, sender=Chapter, dispatch_uid="chapters.derive_for_chapter")
    post_save.connect(derive_for_page, dispatch_uid="chapters.derive_for_page")
    copy_for_translation_done.connect(derive_for_translation, dispatch_uid="chapters.derive_for_translation")
    post_page_move.connect(derive_for_move, dispatch_uid="chapters.derive_for_move")
    post_save.connect(restrict_all_languages, sender=PageViewRestriction, dispatch_uid="chapters.restrict")
    post_delete.connect(open_all_languages, sender=PageViewRestriction, dispatch_uid="chapters.open")


def fill_in_new_page(sender: Any, page: Any, **kwargs: Any) -> None:
    """The form of a new article or event shows what is known."""
    fill_in(page)


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


def derive(chapter: Chapter | None) -> None:
    """Derive a chapter's groups and grants again, once, after the commit: a chapter is made of many pages."""
    if chapter is None or any(getattr(function, "derives", None) == chapter.pk for _, function, *_ in waiting()):
        return

    def derive_again() -> None:
        from .provisioning import provision

        derive_again.derives = None  # type: ignore[attr-defined]
        stored = Chapter.objects.filter(pk=chapter.pk).first()
        if stored is not None:
            provision(stored)

    derive_again.derives = chapter.pk  # type: ignore[attr-defined]
    transaction.on_commit(derive_again)


def waiting() -> list[Any]:
    """What waits for the commit; Django empties it when there is none."""
    return list(connection.run_on_commit)


def derive_for_chapter(sender: type, instance: Chapter, raw: bool = False, **kwargs: Any) -> None:
    """Its status and policy decide on grants, its place on who reaches it."""
    if not raw:
        derive(instance)


def derive_for_page(sender: type, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """A front in another language, or an alias of one, has no grants yet (Wagtail 8.0.1); neither has a new section."""
    if created and not raw and isinstance(instance, (ChapterPage, SectionPage, TextPage)):
        derive_for_translation(sender, target_obj=instance)


def derive_for_translation(sender: Any, target_obj: Any, **kwargs: Any) -> None:
    """Nor has a translation."""
    from .register import chapter_of

    if isinstance(target_obj, (ChapterPage, SectionPage, TextPage)):
        derive(chapter_of(target_obj))


def derive_for_move(sender: type, instance: Any, **kwargs: Any) -> None:
    """A section that goes to another chapter takes no grants with it."""
    from .register import chapter_of

    for parent in (kwargs["parent_page_before"], kwargs["parent_page_after"]):
        derive(chapter_of(parent))


def restrict_all_languages(sender: type, instance: PageViewRestriction, raw: bool = False, **kwargs: Any) -> None:
    """A restriction of a chapter's front is one of the chapter."""
    front = ChapterPage.objects.filter(pk=instance.page_id).select_related("chapter").first()
    if front is not None and not raw:
        derive(front.chapter)


def open_all_languages(sender: type, instance: PageViewRestriction, origin: Any = None, **kwargs: Any) -> None:
    """And so is its end, unless it went with its page."""
    front = ChapterPage.objects.filter(pk=instance.page_id).select_related("chapter").first()
    if front is not None and front.chapter is not None and isinstance(origin, PageViewRestriction):
        PageViewRestriction.objects.filter(page__in=front.chapter.pages.exclude(pk=front.pk)).delete()
