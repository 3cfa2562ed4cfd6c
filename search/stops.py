"""Stopping a thing and letting it be public again: it leaves in all its languages, by whatever way it came.

The rows of the thing are no longer live either, because Wagtail's own APIs read pages past the register. Putting back
publishes the very revisions that were live: a draft that was saved meanwhile is not published with them.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from . import changes, register
from .models import Stop
from .types import type_named


class Stopped(PermissionDenied):
    """Somebody tries to publish what is withdrawn or held; says which, and why."""


def stop(type_name: str, ref: str, *, why: str, reason: str, by: Any = None) -> Stop:
    """Take a thing out of everything public until `lift`. A second stop of the same kind changes nothing."""
    with transaction.atomic():
        changes.take_turn()
        given = {"type": type_name, "reason": reason, "by": by}
        found, new = Stop.objects.get_or_create(ref=ref, why=why, defaults=given)
        if new:
            register.withdraw(type_name, [ref])
            found.rows = _take_offline(type_name, ref)
            found.save(update_fields=["rows"])
    return found


def lift(stopped: Stop) -> bool:
    """Let a thing be public again as it was; False while another stop stands."""
    with transaction.atomic():
        changes.take_turn()
        stopped.delete()
        other = Stop.objects.filter(ref=stopped.ref).first()
        if other is not None:
            other.rows = [*other.rows, *(row for row in stopped.rows if row not in other.rows)]
            other.save(update_fields=["rows"])
            return False
        for label, pk, revision in stopped.rows:
            _bring_back(apps.get_model(label), pk, revision)
        register.refresh(stopped.type, [stopped.ref])
    return True


def stops_of(ref: str) -> list[Stop]:
    """What stops a thing, the oldest first."""
    return list(Stop.objects.filter(ref=ref).select_related("by").order_by("at"))


def refuse_stopped(ref: str) -> None:
    """Stopped, with the reason, when this thing must not be published."""
    found = Stop.objects.filter(ref=ref).order_by("at").first()
    if found is not None:
        raise Stopped(why_not(found))


def why_not(stopped: Stop) -> str:
    """The sentence for somebody who wants to publish it."""
    if stopped.why == Stop.Why.HELD:
        return _("Federation staff hold this item: %(reason)s It can be published when they release it.") % {
            "reason": _sentence(stopped.reason)
        }
    return _("This item was withdrawn: %(reason)s It can be published when a second person has put it back.") % {
        "reason": _sentence(stopped.reason)
    }


def _sentence(text: str) -> str:
    return text if text[-1:] in (".", "!", "?", "؟", "…") else f"{text}."


def _take_offline(type_name: str, ref: str) -> list[list[Any]]:
    taken: list[list[Any]] = []
    for model, rows in _rows(type_name, ref):
        live = list(rows.filter(live=True).values_list("pk", "live_revision_id"))
        taken += [[model._meta.label, pk, revision] for pk, revision in live]
        cancel_schedules(model, list(rows.values_list("pk", flat=True)))
        rows.filter(live=True).update(live=False)
    return taken


def _rows(type_name: str, ref: str) -> Iterator[tuple[Any, Any]]:
    """Each model of a type with the rows that say this thing; pages with their aliases, wherever these stand."""
    for model in type_named(type_name).models():
        rows: Any = model._default_manager
        if not issubclass(model, Page):
            yield model, rows.filter(ref=ref)
            continue
        pks = set(rows.filter(ref=ref).values_list("pk", flat=True))
        more = pks
        while more:
            more = set(rows.filter(alias_of__in=more).values_list("pk", flat=True)) - pks
            pks |= more
        yield model, rows.filter(Q(pk__in=pks))


def cancel_schedules(model: Any, pks: list[Any]) -> None:
    """No draft of these rows comes out by itself any more."""
    revisions = Revision.objects.filter(
        base_content_type=model().get_base_content_type(), object_id__in=[str(pk) for pk in pks]
    )
    revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)


def _bring_back(model: Any, pk: Any, revision: int | None) -> None:
    """The row as readers saw it last; aliases and rows that were never published are only made live."""
    was = Revision.objects.filter(pk=revision).first() if revision else None
    if was is not None and model._default_manager.filter(pk=pk).exists():
        was.publish(log_action=False)
    else:
        model._default_manager.filter(pk=pk).update(live=True)
