"""What is saved beside an item and stands on it."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from search import register

from .models import CaseCoPublisher, StatementCoPublisher


def connect() -> None:
    """Join the handlers; called once, from `ready()`."""
    for model in (CaseCoPublisher, StatementCoPublisher):
        for signal in (post_save, post_delete):
            signal.connect(
                follow_co_publisher, sender=model, dispatch_uid=f"cases.co_publisher.{model.__name__}.{id(signal)}"
            )


def follow_co_publisher(sender: type, instance: Any, **kwargs: Any) -> None:
    """A chapter accepted, or left: its name is on the item, or no longer. After the commit, when all rows are saved."""
    item = instance.item
    if item is not None and item.pk:
        transaction.on_commit(lambda: register.refresh(item.register_type, [item.get_original().ref]))
