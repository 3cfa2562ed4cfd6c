"""What is not edited but done: who may see an item, who owns it, until when it is held back. Each is logged."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from chapters.models import Chapter
from search import changes, register

from .models.item import Item, Visibility


def change_visibility(item: Item, to: str, *, user: Any = None, reason: str = "") -> None:
    """Decide who may ever see an item, in all its languages. ValidationError for an unknown visibility."""
    if to not in Visibility.values:
        raise ValidationError(_("Visibility is one of: %s.") % ", ".join(Visibility.values))
    _write(item, "federation.visibility", {"visibility": to}, user=user, reason=reason)


def set_embargo(item: Item, until: datetime | None, *, user: Any = None, reason: str = "") -> None:
    """Hold an item back until a moment; None lifts the embargo."""
    _write(item, "federation.embargo", {"embargo_until": until}, user=user, reason=reason)


def transfer(item: Item, to: Chapter, *, user: Any = None, reason: str = "") -> None:
    """Make another chapter the owner of an item, in all its languages."""
    _write(item, "federation.transfer", {"owner": to}, user=user, reason=reason)


def _write(item: Item, action: str, values: dict[str, Any], *, user: Any, reason: str) -> None:
    original = item.get_original()
    with transaction.atomic():
        changes.take_turn()
        rows = type(original)._default_manager.filter(ref=original.ref)
        rows.update(**values)
        for name, value in values.items():
            setattr(item, name, value)
            setattr(original, name, value)
        said = {name: str(value) for name, value in values.items()}
        log(instance=original, action=action, user=user, data={**said, "reason": reason})
        register.refresh(original.register_type, [original.ref])
