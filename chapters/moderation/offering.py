"""Another chapter's item in a language of one's own: begun by its translators, approved by the owner's moderators.

The words go into an ordinary row of the item, its owner the item's: what one's chapter is to that row its column
`translated_by` says, and `chapters.rights` what its people may do there. They begin with the public words, never with a
draft, and not by wagtail-localize, whose tables of texts are shared with the owner's own translators.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale

from chapters import rights
from chapters.models import Chapter, OfferedForTranslation
from search.publication import publication_of

from .items import languages_of, original_of, owner_of


def is_open(item: Any) -> bool:
    """Whether other chapters may begin to translate an item at this moment."""
    original = original_of(item)
    if not (isinstance(original, OfferedForTranslation) and original.is_offered):
        return False
    owner = owner_of(original)
    return owner is not None and owner.is_active and rights.is_public(item.get_ref())


def languages_for(user: Any, item: Any) -> list[tuple[str, Chapter]]:
    """Languages in which somebody may begin another chapter's item, each with the chapter for which they write it."""
    if not is_open(item):
        return []
    owner, there = owner_of(item), {row.locale.language_code for row in languages_of(item)}
    site = set(Locale.objects.values_list("language_code", flat=True))
    found: dict[str, Chapter] = {}
    for chapter in rights.all_chapters(user):
        for code in chapter.languages:
            if code in site - there and owner is not None and _writes(user, code, chapter=chapter, owner=owner):
                found.setdefault(code, chapter)
    return list(found.items())


def begin(item: Any, code: str, *, chapter: Chapter, user: Any) -> Any:
    """A draft of what another chapter offers, with its public words, in a language of one's own chapter."""
    original = original_of(item)
    _refuse(original, code, chapter=chapter, user=user)
    publication = publication_of(original)
    words = publication.content if publication is not None else original
    row = type(original)(
        locale=Locale.objects.get(language_code=code),
        translation_key=original.translation_key,
        source=original,
        translated_by=chapter,
        live=False,
        **{name: getattr(words, name) for name in original.words},
    )
    try:
        with transaction.atomic():
            row.save()
            row.save_revision(user=user)
            _log(row, "federation.translation_begun", user=user)
    except IntegrityError as error:
        raise ValidationError(_("There is a version in this language already.")) from error
    return row


def may_give_up(user: Any, row: Any) -> bool:
    """Whether somebody may let go of a language that their chapter has begun and that never was public."""
    is_draft = not row.live and row.first_published_at is None
    return is_draft and _is_theirs(row) and rights.may(user, rights.TRANSLATE, row.translated_by, locale=_code(row))


def give_up(row: Any, *, user: Any) -> None:
    """Let go of it: the draft is deleted, and others may begin."""
    if not may_give_up(user, row):
        raise PermissionDenied(_("Only a draft that your own chapter has begun can be given up."))
    with transaction.atomic():
        if row.current_workflow_state is not None:
            row.current_workflow_state.cancel(user=user)
        _log(row, "federation.translation_given_up", user=user)
        row.delete()


def _refuse(original: Any, code: str, *, chapter: Chapter, user: Any) -> None:
    owner = owner_of(original)
    if owner is None or code not in chapter.languages or not _writes(user, code, chapter=chapter, owner=owner):
        raise PermissionDenied(_("You do not translate into this language."))
    if not is_open(original):
        raise PermissionDenied(_("Its owner does not offer it for translation."))
    if any(_code(row) == code for row in languages_of(original)):
        raise ValidationError(_("There is a version in this language already."))
    if not Locale.objects.filter(language_code=code).exists():
        raise ValidationError(_("The site does not speak this language."))


def _writes(user: Any, code: str, *, chapter: Chapter, owner: Chapter) -> bool:
    """For another chapter than the owner; the owner's own translators translate as they always do."""
    if chapter == owner or rights.may(user, rights.TRANSLATE, owner, locale=code):
        return False
    return rights.may(user, rights.TRANSLATE, chapter, locale=code)


def _is_theirs(row: Any) -> bool:
    return isinstance(row, OfferedForTranslation) and row.is_from_another_chapter


def _code(row: Any) -> str:
    code: str = row.locale.language_code
    return code


def _log(row: Any, action: str, *, user: Any) -> None:
    """On the original: both chapters read it there."""
    said = {"from": row.translated_by.code, "to": row.owner.code, "language": _code(row)}
    log(instance=row.get_original(), action=action, user=user, data=said)
