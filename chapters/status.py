"""Suspending, archiving and reopening a chapter: what it writes stops, what it has published stays."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from search import changes, register
from search.models import Entry

from .belongings import items_of, refs_by_type, scheduled_revisions
from .health import published_things, waiting_for_review
from .models import Chapter, RoleAssignment, TransferRequest
from .provisioning import provision

Status = Chapter.Status
# What can be done, to which status it leads, and from which it is possible.
STEPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "suspend": (Status.SUSPENDED, (Status.ACTIVE,)),
    "archive": (Status.ARCHIVED, (Status.ACTIVE, Status.SUSPENDED)),
    "reopen": (Status.ACTIVE, (Status.SUSPENDED, Status.ARCHIVED)),
}


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a change of status concerns, in numbers."""

    # People who have a role in the chapter itself.
    people: int
    # Things of the chapter that readers see, itself aside; they stay.
    things: int
    # Publications that wait for their moment; suspending and archiving call them off.
    scheduled: int
    # What waits for a decision; it waits on.
    waiting: int


def steps_for(chapter: Chapter) -> list[str]:
    """What can be done with a chapter as it is; nothing with the federation itself."""
    if chapter.level == Chapter.Level.FEDERATION:
        return []
    return [name for name, (_to, possible) in STEPS.items() if chapter.status in possible]


def consequences(chapter: Chapter) -> Consequences:
    """The numbers to be shown before a status is changed."""
    people = RoleAssignment.objects.in_force().filter(chapter=chapter, user__is_active=True)
    return Consequences(
        people=people.order_by().values("user").distinct().count(),
        things=published_things().filter(owner=chapter.code).values("ref").distinct().count(),
        scheduled=len(scheduled_revisions(chapter)),
        waiting=sum(pk == chapter.pk for pk, _since in waiting_for_review()),
    )


def change_status(chapter: Chapter, step: str, *, reason: str, user: Any = None) -> Consequences:
    """Suspend, archive or reopen a chapter. Chapters below it stay as they are.

    Args:
        step: "suspend", "archive" or "reopen".
        reason: shown to the chapter's people, and kept in the log.
        user: who does it; None for a command.

    Returns what it concerned. ValidationError when the step is impossible or has no reason.
    """
    _refuse(chapter, step, reason)
    to = STEPS[step][0]
    with transaction.atomic():
        changes.take_turn()
        concerned = consequences(chapter)
        values = {"status": to, "status_reason": reason.strip(), "status_since": timezone.now()}
        # Not `save()`: it would put everything again that carries the chapter's name, and no name changes.
        Chapter.objects.filter(pk=chapter.pk).update(**values)
        for name, value in values.items():
            setattr(chapter, name, value)
        if to != Status.ACTIVE:
            _call_off(chapter, user)
            TransferRequest.objects.open().between(chapter).close(TransferRequest.State.VOID, by=user)
        _hold_back_or_let_out(chapter)
        provision(chapter)
        log(instance=chapter, action=f"federation.chapter_{step}", user=user, data={"reason": reason.strip()})
        register.refresh("chapter", [chapter.code])
    return concerned


def _refuse(chapter: Chapter, step: str, reason: str) -> None:
    if step not in STEPS:
        raise ValidationError(_("A chapter can be: %s.") % ", ".join(STEPS))
    if chapter.level == Chapter.Level.FEDERATION:
        raise ValidationError(_("The federation itself cannot be suspended or archived."))
    if step not in steps_for(chapter):
        raise ValidationError(
            _("“%(chapter)s” is %(status)s already.")
            % {"chapter": chapter, "status": Chapter.Status(chapter.status).label}
        )
    if not reason.strip():
        raise ValidationError(_("Give a reason: the chapter's people see it, and it stands in the log."))


def _call_off(chapter: Chapter, user: Any) -> None:
    """Publications that were to come out by themselves become drafts again, and leave the register."""
    rows = []
    for revision in scheduled_revisions(chapter):
        revision.approved_go_live_at = None
        revision.save(user=user, update_fields=["approved_go_live_at"])
        rows.append(revision.content_object)
    for type_name, refs in refs_by_type(row for row in rows if row is not None).items():
        register.refresh(type_name, refs)


def _hold_back_or_let_out(chapter: Chapter) -> None:
    """What is published and not visible yet: an embargo ends only while its chapter is at work."""
    ahead = Entry.objects.filter(owner=chapter.code, visible_from__gt=timezone.now())
    refs: dict[str, set[str]] = defaultdict(set)
    for type_name, ref in ahead.values_list("type", "ref"):
        refs[type_name].add(ref)
    for items in items_of([chapter]):
        public = Entry.objects.filter(type=items.model.register_type).values("ref")
        refs[items.model.register_type].update(
            items.filter(live=True, source=None).exclude(ref__in=public).values_list("ref", flat=True)
        )
    for type_name, those in refs.items():
        register.refresh(type_name, those)
