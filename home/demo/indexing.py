"""Wagtail's own indexes, of the admin's search and of usage, written once for each object instead of at each save."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models, insert_or_update_object
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def indexed_afterwards() -> Iterator[None]:
    """What is saved inside is indexed at the end. A published item is saved three times, and each save costs both."""
    saved: dict[type[Model], set[Any]] = defaultdict(set)

    def remember(sender: type[Model], instance: Model, **kwargs: Any) -> None:
        saved[sender].add(instance.pk)

    searched = [model for model in get_indexed_models() if post_save.disconnect(post_save_signal_handler, sender=model)]
    post_save.connect(remember)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        post_save.disconnect(remember)
        for model in searched:
            post_save.connect(post_save_signal_handler, sender=model)
    for model, pks in saved.items():
        _index(model, pks, searched=model in searched)


def _index(model: type[Model], pks: set[Any], *, searched: bool) -> None:
    referring = model in ReferenceIndex.tracked_models
    if not (searched or referring):
        return
    for instance in model._default_manager.filter(pk__in=pks):
        if searched:
            insert_or_update_object(instance)
        if referring:
            ReferenceIndex.create_or_update_for_object(instance)
