"""What is not edited but done: who may see an item, who owns it, until when it is held back. Each is logged."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from chapters.models import Chapter, Review, TransferRequest
from search import changes, register, stops

from .models.item import Item, Visibility


def change_visibility(item: Item, to: str, *, user: Any = None, reason: str = "") -> None:
    """Decide who may ever see an item, in all its languages. ValidationError for an unknown visibility."""
    if to not in Visibility.values:
        raise ValidationError(_("Visibility is one of: %s.") % ", ".join(Visibility.values))
    _write(item, "federation.visibility", {"visibility": to}, user=user, reason=reason)


def set_embargo(item: Item, until: datetime | None, *, user: Any = None, reason: str = "") -> None:
    """Hold an item back until a moment; None lifts the embargo."""
    _write(item, "federation.embargo", {"embargo_until": until}, user=user, reason=reason)


def offer_for_translation(item: Item, offered: bool, *, user: Any = None, reason: str = "") -> None:
    """Let other chapters translate an item, or let them no longer; what they have published stays."""
    action = "federation.translation_offered" if offered else "federation.translation_not_offered"
    with transaction.atomic():
        if not offered:
            # What is being read is then the owner's moderators' alone to approve.
            Review.objects.filter(ref=item.get_ref(), status=Review.STATUS_IN_PROGRESS).update(translator=None)
        _write(item, action, {"offered": offered}, user=user, reason=reason, said={})


def transfer(item: Item, to: Chapter, *, user: Any = None, reason: str = "") -> None:
    """Make another chapter the owner of an item, in all its languages, and end what the old owner had begun.

    Reviews and scheduled publications are called off: their drafts stay drafts, for the new owner to submit. Locks are
    opened, the new owner is no co-publisher of its own item and decides itself whether others may translate it, and an
    open request to take it over is void.
    People do it by asking the other chapter (cases/transferring.py), operators in a shell.
    """
    original = item.get_original()
    said = {"from": original.owner.code if original.owner else "", "to": to.code}
    with transaction.atomic():
        changes.take_turn()
        _call_off_what_was_begun(original, user)
        original.co_publications.filter(chapter=to).delete()
        TransferRequest.objects.open().filter(ref=original.ref).close(TransferRequest.State.VOID, by=user)
        _write(item, "federation.transfer", {"owner": to, "offered": None}, user=user, reason=reason, said=said)


def _call_off_what_was_begun(original: Item, user: Any) -> None:
    """In every language."""
    model = type(original)
    rows = model._default_manager.filter(ref=original.ref)
    for row in rows:
        if row.current_workflow_state is not None:
            row.current_workflow_state.cancel(user=user)
    stops.cancel_schedules(model, list(rows.values_list("pk", flat=True)))
    rows.update(locked=False, locked_by=None, locked_at=None)


def _write(
    item: Item, action: str, values: dict[str, Any], *, user: Any, reason: str, said: dict[str, str] | None = None
) -> None:
    """These values in every language, a line in the log (`said`: the values, unless given), and the register."""
    original = item.get_original()
    with transaction.atomic():
        changes.take_turn()
        rows = type(original)._default_manager.filter(ref=original.ref)
        rows.update(**values)
        for name, value in values.items():
            setattr(item, name, value)
            setattr(original, name, value)
        said = {name: str(value) for name, value in values.items()} if said is None else said
        log(instance=original, action=action, user=user, data={**said, "reason": reason})
        register.refresh(original.register_type, [original.ref])
