"""Moving ownership, confirmed by both sides: the owner asks another chapter, that one accepts or declines.

Nothing changes until it accepts; then everything follows in one transaction (cases/actions.py). Who asks never accepts:
also somebody with the right on both sides, federation staff too, needs a second person.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from chapters import rights
from chapters.models import Chapter, TransferRequest
from chapters.moderation import mails
from chapters.moderation.items import languages_of
from chapters.moderation.withdrawing import people_of
from search import changes

from .actions import transfer
from .models.item import Item

State = TransferRequest.State
DECIDED = {
    State.ACCEPTED: gettext_lazy("Somebody was quicker: %(who)s has accepted it."),
    State.DECLINED: gettext_lazy("Somebody was quicker: %(who)s has declined it."),
    State.TAKEN_BACK: gettext_lazy("Somebody was quicker: %(who)s has taken it back."),
    State.VOID: gettext_lazy("This request is void. It can be made again."),
}


def ask(item: Item, to: Chapter, *, user: Any, reason: str) -> TransferRequest:
    """Ask another chapter to take an item over. The owner's moderators ask."""
    original = item.get_original()
    if not rights.may(user, rights.TRANSFER, original.owner):
        raise PermissionDenied(_("Moderators of the owner chapter ask others to take an item over."))
    if to == original.owner:
        raise ValidationError(_("It is the owner already."))
    if not to.is_active:
        raise ValidationError(_("%(chapter)s is not at work at present.") % {"chapter": to})
    if not reason.strip():
        raise ValidationError(_("Say why: the other chapter reads it."))
    with transaction.atomic():
        changes.take_turn()  # of two people who ask at once the second finds the first's request
        _refuse_second(original)
        asked = TransferRequest.objects.create(
            type=original.register_type,
            ref=original.ref,
            owner=original.owner,
            to=to,
            reason=reason.strip()[:500],
            asked_by=user,
        )
        _tell(original, "federation.transfer_asked", asked, user=user, reason=asked.reason)
        mails.tell(people_of(to), "transfer-asked", original.ref, but=user)
    return asked


def accept(item: Item, number: int, *, user: Any) -> None:
    """Take an item over in the name of the chapter that is asked: from now on it is the owner."""

    def take_over(original: Item, asked: TransferRequest) -> None:
        old_people = [*people_of(asked.owner), *_authors(original), asked.asked_by]
        _close(asked, State.ACCEPTED, user)
        transfer(original, asked.to, user=user, reason=asked.reason)
        mails.tell([*old_people, *people_of(asked.to)], "transfer-accepted", original.ref, but=user)

    def refuse(asked: TransferRequest) -> None:
        _refuse_other_than_receivers(user, asked)
        if asked.asked_by_id == user.pk:
            raise PermissionDenied(_("You asked for it yourself: a second person accepts it."))

    _decide(item, number, refuse, take_over)


def decline(item: Item, number: int, *, user: Any, reason: str) -> None:
    """Do not take it over: it stays with its owner, who reads why."""
    if not reason.strip():
        raise ValidationError(_("Say why: the chapter that asks reads it."))

    def close(original: Item, asked: TransferRequest) -> None:
        _close(asked, State.DECLINED, user, answer=reason.strip()[:500])
        _tell(original, "federation.transfer_declined", asked, user=user, reason=reason.strip()[:500])
        mails.tell([*people_of(asked.owner), asked.asked_by], "transfer-declined", original.ref, but=user)

    _decide(item, number, lambda asked: _refuse_other_than_receivers(user, asked), close)


def take_back(item: Item, number: int, *, user: Any) -> None:
    """The owner no longer asks."""

    def refuse(asked: TransferRequest) -> None:
        if not rights.may(user, rights.TRANSFER, asked.owner):
            raise PermissionDenied(_("Moderators of the owner chapter take a request back."))

    def close(original: Item, asked: TransferRequest) -> None:
        _close(asked, State.TAKEN_BACK, user)
        _tell(original, "federation.transfer_taken_back", asked, user=user)
        mails.tell(people_of(asked.to), "transfer-taken-back", original.ref, but=user)

    _decide(item, number, refuse, close)


def last_request(item: Item) -> TransferRequest | None:
    """What was asked last about an item, whatever became of it."""
    found = TransferRequest.objects.filter(ref=item.ref).select_related("owner", "to", "asked_by", "decided_by")
    return found.order_by("-pk").first()


def is_asked(user: Any, item: Any) -> bool:
    """Whether somebody decides for a chapter that is asked to take an item over: who reads its draft meanwhile."""
    if not isinstance(item, Item) or item.pk is None:
        return False
    chapters = rights.chapters_where(user, rights.TRANSFER)
    if not chapters:
        return False
    asked = TransferRequest.objects.open().filter(ref=item.ref, to__in=chapters).select_related("owner", "to").first()
    return asked is not None and not asked.why_void(rights.standing_of(item).owner)


def _decide(
    item: Item,
    number: int,
    refuse: Callable[[TransferRequest], None],
    change: Callable[[Item, TransferRequest], None],
) -> None:
    """Read the request again, behind everybody who was quicker; then refuse, or change. What is void says so."""
    original = item.get_original()
    with transaction.atomic():
        changes.take_turn()
        asked = _locked(original, number)
        refuse(asked)
        why = asked.why_void(rights.standing_of(original).owner)
        if why:
            _close(asked, State.VOID, None)
        else:
            change(type(original)._default_manager.get(pk=original.pk), asked)
    if why:
        raise ValidationError(_("The request is void. %(why)s") % {"why": why})


def _locked(original: Item, number: int) -> TransferRequest:
    requests = TransferRequest.objects.select_for_update(of=("self",)).select_related("owner", "to", "decided_by")
    asked = requests.filter(ref=original.ref, pk=number).first()
    if asked is None:
        raise ValidationError(_("There is no such request."))
    if not asked.is_open:
        raise ValidationError(str(DECIDED[State(asked.state)]) % {"who": asked.decided_by})
    return asked


def _refuse_second(original: Item) -> None:
    """One open request an item; one that has become void makes room for another."""
    for other in TransferRequest.objects.open().filter(ref=original.ref).select_related("owner", "to"):
        if not other.why_void(original.owner_id):
            raise ValidationError(_("%(chapter)s is asked already.") % {"chapter": other.to})
        _close(other, State.VOID, None)


def _refuse_other_than_receivers(user: Any, asked: TransferRequest) -> None:
    # Of a chapter that is not at work nobody may anything: its people read that the request is void.
    if not rights.may(user, rights.TRANSFER if asked.to.is_active else rights.VIEW, asked.to):
        raise PermissionDenied(_("Moderators of %(chapter)s decide that.") % {"chapter": asked.to})


def _close(asked: TransferRequest, state: State, user: Any, *, answer: str = "") -> None:
    TransferRequest.objects.filter(pk=asked.pk).close(state, by=user, answer=answer)


def _authors(original: Item) -> list[Any]:
    return [row.latest_revision.user for row in languages_of(original) if row.latest_revision]


def _tell(original: Item, action: str, asked: TransferRequest, *, user: Any, reason: str = "") -> None:
    """In the log, which both sides read."""
    said = {"from": asked.owner.code, "to": asked.to.code, "reason": reason}
    log(instance=original, action=action, user=user, data=said)
