"""Beginning something new where it belongs, with what is known already filled in."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction, ParentNotTranslatedError
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from chapters import rights
from chapters.models import Chapter, ChapterPage, EventsIndexPage, NewsIndexPage
from chapters.moderation.items import languages_of, original_of, owner_of
from federation.vocabulary.models import Kind

from .whose import fronts_of

SECTIONS: dict[str, Any] = {"article": NewsIndexPage, "event": EventsIndexPage, "page": ChapterPage}
# What readers call a new thing, unless its author says otherwise.
KINDS = {"article": "news", "event": "event"}


def places_for(user: Any, type_name: str, chapters: list[Chapter]) -> list[ChapterPage]:
    """Fronts, each of a chapter in a language, for which somebody may begin something of this type."""
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


def begin_translation(row: Any, code: str, *, user: Any) -> Any:
    """A draft of a page or item in another language of its chapter, for somebody who translates into it.

    The row that has the language already, or the new one; None where there is no such language.
    """
    if not rights.may(user, rights.TRANSLATE, owner_of(row), locale=code):
        raise PermissionDenied(_("You do not translate into this language."))
    locale = Locale.objects.filter(language_code=code).first()
    there = next((one for one in languages_of(row) if one.locale == locale), None)
    if there is not None or locale is None:
        _take_new_words(row, locale)
        return there
    return _begin_page(row, locale, user) if isinstance(row, Page) else _begin_item(original_of(row), locale, user)


def _take_new_words(row: Any, locale: Locale | None) -> None:
    """Let the editor of a translation show what was written since; what is translated already stays."""
    translations = Translation.objects.filter(source__object_id=row.translation_key, target_locale=locale, enabled=True)
    if translations.exists():
        TranslationSource.update_or_create_from_instance(original_of(row))


def _begin_page(page: Any, locale: Locale, user: Any) -> Any:
    try:
        return CopyPageForTranslationAction(page, locale, user=user).execute(skip_permission_checks=True)
    except ParentNotTranslatedError as error:
        raise ValidationError(
            _("The section it stands in is not in this language yet. Translate that first.")
        ) from error


def _begin_item(original: Any, locale: Locale, user: Any) -> Any:
    """In the editor in which the words of both languages stand beside each other."""
    with transaction.atomic():
        source, _made = TranslationSource.update_or_create_from_instance(original)
        translation, _made = Translation.objects.get_or_create(source=source, target_locale=locale)
        translation.save_target(user=user, publish=False)
    return translation.get_target_instance()
