"""Beginning something new where it belongs, with what is known already filled in."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction, ParentNotTranslatedError
from wagtail.models import Locale, Page

from chapters import rights
from chapters.models import Chapter, ChapterPage, EventsIndexPage, NewsIndexPage
from federation.vocabulary.models import Kind

from .whose import fronts_of

SECTIONS: dict[str, Any] = {"article": NewsIndexPage, "event": EventsIndexPage, "page": ChapterPage}
# What readers call a new thing, unless its author says otherwise.
KINDS = {"article": "news", "event": "event"}


def places_for(user: Any, type_name: str, chapters: list[Chapter]) -> list[ChapterPage]:
    """Fronts, each of a chapter in a language, below which somebody may begin something of this type."""
    return [
        front
        for front in fronts_of(chapters)
        if rights.may(user, rights.ADD, front.chapter, locale=front.locale.language_code, what=type_name)
    ]


def section_below(front: ChapterPage, type_name: str) -> Page | None:
    """Where a new thing of a type goes: the chapter's section for it, or for free pages the front itself."""
    model = SECTIONS[type_name]
    return front if model is ChapterPage else model.objects.child_of(front).filter(alias_of=None).first()


def fill_in(page: Any) -> None:
    """Kind and date of a new article or event; its owner and language come with its place."""
    kind = KINDS.get(getattr(page, "register_type", ""))
    if kind is None:
        return
    page.listed_on = page.listed_on or timezone.localdate().isoformat()
    page.kind = page.kind or Kind.objects.filter(pk=kind).first()


def begin_translation(page: Any, code: str, *, user: Any) -> Any:
    """A draft of a page in another language of its chapter, for somebody who translates into it."""
    from chapters.register import chapter_of

    if not rights.may(user, rights.TRANSLATE, chapter_of(page), locale=code):
        raise PermissionDenied(_("You do not translate into this language."))
    locale = Locale.objects.filter(language_code=code).first()
    there = page.get_translations(inclusive=True).filter(alias_of=None, locale=locale).first()
    if there is not None or locale is None:
        return there
    try:
        return CopyPageForTranslationAction(page, locale, user=user).execute(skip_permission_checks=True)
    except ParentNotTranslatedError as error:
        raise ValidationError(
            _("The section it stands in is not in this language yet. Translate that first.")
        ) from error
