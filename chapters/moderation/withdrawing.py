"""Withdrawing never waits, putting back needs a second person; staff hold, release and label.

Each action refuses with a sentence (ValidationError, or PermissionDenied for who has no say), then changes, logs, and
tells the people whom it concerns.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from chapters import rights
from chapters.models import Chapter, Label, Role
from search import stops
from search.models import Stop

from . import mails
from .items import languages_of, may, owner_of


def withdraw(item: Any, *, user: Any, reason: str) -> Stop:
    """Take an item, in all its languages, out of everything public at once."""
    if not may_withdraw(user, item):
        raise PermissionDenied(_("You cannot withdraw this item."))
    return _stop(item, Stop.Why.WITHDRAWN, "federation.withdraw", "withdrawn", user=user, reason=reason)


def put_back(item: Any, *, user: Any, reason: str = "") -> bool:
    """Let an item be public again as it was. A second person decides it, one who may approve what the chapter says.

    False when it stays away because staff hold it.
    """
    stop = _stop_of(item, Stop.Why.WITHDRAWN, _("This item is not withdrawn."))
    if not may(user, rights.APPROVE, item):
        raise PermissionDenied(_("Moderators of the chapter and federation staff put an item back."))
    if stop.by_id == user.pk:
        raise PermissionDenied(_("You withdrew this item yourself: a second person puts it back."))
    return _lift(item, stop, "federation.put_back", "back", user=user, reason=reason)


def hold(item: Any, *, user: Any, reason: str) -> Stop:
    """Staff stop an item: it is not public, and is not published, until staff release it."""
    _refuse_other_than_staff(user, item)
    return _stop(item, Stop.Why.HELD, "federation.hold", "held", user=user, reason=reason)


def release(item: Any, *, user: Any, reason: str = "") -> bool:
    """Staff let go of an item that they held. False when it stays away because it is withdrawn."""
    _refuse_other_than_staff(user, item)
    stop = _stop_of(item, Stop.Why.HELD, _("This item is not held."))
    return _lift(item, stop, "federation.release", "released", user=user, reason=reason)


def label(item: Any, *, user: Any, reason: str) -> Label:
    """Staff say something of an item without editing it."""
    _refuse_other_than_staff(user, item)
    text = _reason(reason, _("What does the label say?"))[:80]
    with transaction.atomic():
        log(instance=item, action="federation.label", user=user, data={"reason": text})
        return Label.objects.create(ref=item.get_ref(), text=text, by=user)


def unlabel(item: Any, number: int, *, user: Any) -> None:
    """Staff take a label away."""
    _refuse_other_than_staff(user, item)
    with transaction.atomic():
        for found in Label.objects.filter(ref=item.get_ref(), pk=number):
            log(instance=item, action="federation.unlabel", user=user, data={"reason": found.text})
            found.delete()


def may_withdraw(user: Any, item: Any) -> bool:
    """Whoever may edit an item in any of its languages, and any staff member."""
    return any(may(user, rights.WITHDRAW, row) or may(user, rights.CHANGE, row) for row in languages_of(item))


def people_of(chapter: Chapter | None) -> list[Any]:
    """Those who answer for what a chapter says: its moderators and case officers."""
    if chapter is None:
        return []
    return [one.user for one in rights.members(chapter, Role.MODERATOR, Role.CASE_OFFICER)]


def _stop(item: Any, why: str, action: str, news: str, *, user: Any, reason: str) -> Stop:
    reason = _reason(reason, _("Say why: the chapter reads it, and so does who decides about putting it back."))
    if any(stop.why == why for stop in stops.stops_of(item.get_ref())):
        raise ValidationError(_("Somebody was quicker: this is done already."))
    with transaction.atomic():
        stop = stops.stop(item.register_type, item.get_ref(), why=why, reason=reason, by=user)
        log(instance=item, action=action, user=user, data={"reason": reason})
        mails.tell(_concerned(item), news, item.get_ref(), but=user)
    return stop


def _lift(item: Any, stop: Stop, action: str, news: str, *, user: Any, reason: str) -> bool:
    with transaction.atomic():
        is_back = stops.lift(stop)
        log(instance=item, action=action, user=user, data={"reason": reason})
        mails.tell([*_concerned(item), stop.by], news, item.get_ref(), but=user)
    return is_back


def _concerned(item: Any) -> list[Any]:
    authors = [row.latest_revision.user for row in languages_of(item) if row.latest_revision]
    return [*people_of(owner_of(item)), *authors]


def _stop_of(item: Any, why: str, otherwise: str) -> Stop:
    stop = next((stop for stop in stops.stops_of(item.get_ref()) if stop.why == why), None)
    if stop is None:
        raise ValidationError(otherwise)
    return stop


def _refuse_other_than_staff(user: Any, item: Any) -> None:
    if not may(user, rights.HOLD, item):
        raise PermissionDenied(_("Federation staff do this."))


def _reason(text: str, otherwise: str) -> str:
    if not text.strip():
        raise ValidationError(otherwise)
    return text.strip()
