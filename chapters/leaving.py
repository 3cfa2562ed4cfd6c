"""Leaving: the roles of a person end, and their drafts pass to a colleague. With the last role sessions and tokens end:
who goes on working for another chapter stays signed in there.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, WorkflowState

from . import rights
from .belongings import items_of, pages_of
from .models import Chapter, RoleAssignment
from .roles import end_role


@dataclass(frozen=True, slots=True)
class Left:
    """What leaving has done."""

    roles: int
    drafts: int


def roles_ending(person: Any, chapter: Chapter | None = None) -> list[RoleAssignment]:
    """The roles that end when somebody leaves: those given in one chapter, or all."""
    found = RoleAssignment.objects.in_force().filter(user=person).select_related("chapter")
    return list(found if chapter is None else found.filter(chapter=chapter))


def may_dismiss(user: Any, person: Any, chapter: Chapter | None = None) -> bool:
    """Whether a user may end every role that would end; nobody their own, and nobody who has none."""
    ending = roles_ending(person, chapter)
    return bool(ending) and all(
        rights.may_give(user, one.role, one.chapter, to=person, below=one.below) for one in ending
    )


def drafts_of(person: Any, chapters: Collection[Chapter]) -> list[Any]:
    """What belongs to these chapters and was written last, and not published since, by a person."""
    unpublished = Q(live=False) | Q(has_unpublished_changes=True)
    mine = Q(latest_revision__user=person)
    pages = pages_of(chapters).filter(unpublished, mine | Q(latest_revision=None, owner=person)).specific()
    return [*pages, *(item for items in items_of(chapters) for item in items.filter(unpublished, mine))]


def chapters_left(person: Any, chapter: Chapter | None = None) -> list[Chapter]:
    """The chapters in which somebody's roles end, those that the roles reach down to included."""
    if chapter is not None and not any(one.below for one in roles_ending(person, chapter)):
        return [chapter]
    found: dict[int, Chapter] = {}
    for one in roles_ending(person, chapter):
        reached = one.chapter.below() if one.below else [one.chapter]
        found |= {each.pk: each for each in reached}
    return list(found.values())


def colleagues(person: Any, chapter: Chapter | None, *, by: Any) -> list[Any]:
    """Who may take over the drafts: people who write in the chapters that are left, and whoever does this."""
    found = {by.pk: by} if by is not None else {}
    for left in [chapter] if chapter is not None else chapters_left(person):
        for one in rights.members(left):
            if rights.may(one.user, rights.CHANGE, left):
                found.setdefault(one.user_id, one.user)
    found.pop(person.pk, None)
    return sorted(found.values(), key=lambda user: (user.get_full_name() or user.get_username()).casefold())


def leave(person: Any, *, by: Any, heir: Any = None, chapter: Chapter | None = None, reason: str = "") -> Left:
    """Somebody leaves a chapter, or the federation.

    Args:
        by: who does it; must be allowed to end each of the roles. None for the system.
        heir: who takes over the drafts; needed when there are any.
        chapter: the one that is left; None: all of them.

    Raises PermissionDenied, or ValidationError with a sentence; then nothing has changed.
    """
    if by is not None and not may_dismiss(by, person, chapter):
        raise PermissionDenied
    with transaction.atomic():
        ending = roles_ending(person, chapter)
        drafts = drafts_of(person, chapters_left(person, chapter))
        if drafts and heir is None:
            raise ValidationError(_("Choose who takes over the drafts."))
        if heir is not None and heir not in colleagues(person, chapter, by=by):
            raise ValidationError(_("Drafts pass to somebody who writes in the same chapter."))
        _pass_on(drafts, person, heir, by)
        for assignment in ending:
            end_role(assignment, by=by, reason=reason)  # with the last one sessions and tokens end
        for left in {one.chapter for one in ending}:
            data = {"person": person.pk, "drafts": len(drafts), "reason": reason}
            log(instance=left, action="federation.person_left", user=by, data=data)
    return Left(roles=len(ending), drafts=len(drafts))


def _pass_on(drafts: Iterable[Any], person: Any, heir: Any, by: Any) -> None:
    """The heir is who wrote the draft last from now on: their list has it, and approving it takes somebody else."""
    for draft in drafts:
        waiting = WorkflowState.objects.active().for_instance(draft).filter(requested_by=person)
        # What is under review keeps the version that is being reviewed.
        if not waiting.update(requested_by=heir) and draft.scheduled_revision is None:
            draft.get_latest_revision_as_object().save_revision(user=heir, changed=False, clean=False)
        if isinstance(draft, Page):
            Page.objects.filter(pk=draft.pk, owner=person).update(owner=heir)
        _unlock(draft, person)
        log(instance=draft, action="federation.draft_passed_on", user=by, data={"from": person.pk, "to": heir.pk})


def _unlock(draft: Any, person: Any) -> None:
    if draft.locked and draft.locked_by_id == person.pk:
        model = Page if isinstance(draft, Page) else type(draft)
        model._default_manager.filter(pk=draft.pk).update(locked=False, locked_by=None, locked_at=None)
