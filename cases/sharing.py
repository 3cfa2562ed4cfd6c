"""Sharing by consent: another chapter's name stands on an item from the moment it accepts to the moment it leaves.

An invited chapter reads the draft and says what it thinks of it; it edits nothing.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from chapters import rights
from chapters.models import Chapter
from chapters.moderation import mails
from chapters.moderation.withdrawing import people_of

from .models.item import Item


def invite(item: Item, chapter: Chapter, *, user: Any) -> Any:
    """Ask another chapter to publish an item too. The owner's moderators ask; it is named when it accepts."""
    original = item.get_original()
    if not rights.may(user, rights.SHARE, original.owner):
        raise PermissionDenied(_("Moderators of the owner chapter invite others."))
    if chapter == original.owner:
        raise ValidationError(_("The owner is named already."))
    if not chapter.is_active:
        raise ValidationError(_("%(chapter)s is not at work at present.") % {"chapter": chapter})
    if original.co_publications.filter(chapter=chapter).exists():
        raise ValidationError(_("%(chapter)s is invited already.") % {"chapter": chapter})
    with transaction.atomic():
        row = original.co_publications.create(chapter=chapter)
        _tell(original, "federation.share_invited", chapter, user=user)
        mails.tell(people_of(chapter), "invited", original.ref, but=user)
    return row


def accept(item: Item, chapter: Chapter, *, user: Any) -> None:
    """Agree in the name of a chapter: from now on it is named, and the item is found under it."""
    row = _row(item, chapter, user)
    if row.accepted_at is not None:
        raise ValidationError(_("%(chapter)s has accepted already.") % {"chapter": chapter})
    with transaction.atomic():
        row.accepted_at = timezone.now()
        row.save()
        _tell(row.item, "federation.share_accepted", chapter, user=user)
        mails.tell(people_of(row.item.owner), "accepted", row.item.ref, but=user)


def leave(item: Item, chapter: Chapter, *, user: Any) -> None:
    """Decline, or take back an acceptance, at any time: the name is gone in that moment."""
    row = _row(item, chapter, user)
    _remove(row, "federation.share_left" if row.accepted_at else "federation.share_declined", user=user)
    mails.tell(people_of(row.item.owner), "left", row.item.ref, but=user)


def take_back(item: Item, chapter: Chapter, *, user: Any) -> None:
    """The owner no longer wants another chapter's name on an item."""
    original = item.get_original()
    if not rights.may(user, rights.SHARE, original.owner):
        raise PermissionDenied(_("Moderators of the owner chapter take an invitation back."))
    row = original.co_publications.filter(chapter=chapter).first()
    if row is None:
        raise ValidationError(_("%(chapter)s is not invited.") % {"chapter": chapter})
    _remove(row, "federation.share_taken_back", user=user)
    mails.tell(people_of(chapter), "left", original.ref, but=user)


def is_invited(user: Any, item: Any) -> bool:
    """Whether somebody is of a chapter that was invited, or publishes an item too: who may read its draft."""
    if not isinstance(item, Item) or item.pk is None:
        return False
    chapters = item.get_original().co_publications.values_list("chapter_id", flat=True)
    return bool(set(chapters) & rights.chapters_where(user, rights.VIEW))


def _row(item: Item, chapter: Chapter, user: Any) -> Any:
    if not rights.may(user, rights.SHARE, chapter):
        raise PermissionDenied(_("Moderators of %(chapter)s decide that.") % {"chapter": chapter})
    row = item.get_original().co_publications.filter(chapter=chapter).select_related("item", "chapter").first()
    if row is None:
        raise ValidationError(_("%(chapter)s is not invited.") % {"chapter": chapter})
    return row


def _remove(row: Any, action: str, *, user: Any) -> None:
    with transaction.atomic():
        row.delete()
        _tell(row.item, action, row.chapter, user=user)


def _tell(item: Any, action: str, chapter: Chapter, *, user: Any) -> None:
    log(instance=item, action=action, user=user, data={"chapter": chapter.code})
