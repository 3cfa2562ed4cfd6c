"""What changes beside an item and stands on it."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, pre_delete

from search import changes, register

from .models import CaseCoPublisher, StatementCoPublisher
from .models.item import Item


def connect() -> None:
    """Join the handlers; called once, from `ready()`."""
    for model in (CaseCoPublisher, StatementCoPublisher):
        pre_delete.connect(take_turn, sender=model, dispatch_uid=f"cases.take_turn.{model.__name__}")
        post_delete.connect(take_name_away, sender=model, dispatch_uid=f"cases.take_name_away.{model.__name__}")


def take_turn(sender: type, **kwargs: Any) -> None:
    """The counter is taken before any row, or two writers wait for each other (search/changes.py)."""
    changes.take_turn()


def take_name_away(sender: type, instance: Any, origin: Any = None, **kwargs: Any) -> None:
    """A chapter left, or was deleted: its name leaves the item in the same transaction.

    Where the item itself is being deleted its row is still there, live, at this moment (Django 5.2 deletes children
    first): to refresh now would put back what has just been withdrawn.
    """
    item = instance.item
    refresh = partial(register.refresh, item.register_type, [item.ref])
    deleted = origin.model if isinstance(origin, QuerySet) else type(origin)
    if issubclass(deleted, Item):
        transaction.on_commit(refresh)
    else:
        refresh()
