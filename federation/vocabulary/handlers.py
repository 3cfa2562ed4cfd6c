"""Saved terms: the cached labels are forgotten, and whoever shows them is told."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from . import labels
from .models import Country, Kind, Region, RegionMembership, Theme
from .signals import labels_changed

NAMES: dict[type, str] = {Country: "country", Kind: "kind", Region: "region", Theme: "theme"}


def connect() -> None:
    """Join the handlers; called once, from `ready()`."""
    for model in NAMES:
        post_save.connect(announce, sender=model, dispatch_uid=f"vocabulary.announce.{model.__name__}")
        post_delete.connect(announce, sender=model, dispatch_uid=f"vocabulary.announce_gone.{model.__name__}")
    post_save.connect(announce_membership, sender=RegionMembership, dispatch_uid="vocabulary.membership")
    post_delete.connect(announce_membership, sender=RegionMembership, dispatch_uid="vocabulary.membership_gone")


def announce(sender: type, instance: Any, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    """A term was saved. A new one is carried by nothing yet."""
    forget_labels()
    if not raw and not created:
        labels_changed.send(sender, name=NAMES[sender], code=instance.code)


def announce_membership(sender: type, instance: RegionMembership, **kwargs: Any) -> None:
    """A country joined or left a region: everything about that country is found elsewhere now."""
    labels_changed.send(sender, name="country", code=instance.country_id)


def forget_labels() -> None:
    """Other processes see the new labels when the transaction commits, this one at once and then again."""
    labels.forget()
    transaction.on_commit(labels.forget)
