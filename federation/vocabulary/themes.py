"""Merging themes: what is filed under one goes to another, and the old code keeps working."""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from .labels import living
from .models import Theme
from .signals import labels_changed


def resolve_theme(code: str) -> Theme | None:
    """The theme that a code means today; None for a code that never was."""
    theme = Theme.objects.filter(slug=code).first()
    return living(theme) if theme else None


def tagging_models() -> list[tuple[type[Model], str]]:
    """Every model that files something under a theme, with the name of what it files."""
    related = Theme._meta.get_fields(include_hidden=True)
    models = {field.related_model for field in related if field.one_to_many and field.related_model is not Theme}
    return sorted(((model, "content_object") for model in models if hasattr(model, "content_object")), key=str)


def count_items(theme: Theme) -> Counter[str]:
    """How many things of each sort are filed under a theme."""
    counts: Counter[str] = Counter()
    for model, name in tagging_models():
        item = model._meta.get_field(name)
        assert isinstance(item, ForeignKey)  # noqa: S101 - for the type checker
        what = str(item.related_model._meta.verbose_name_plural)  # type: ignore[union-attr]
        counts[what] += model._default_manager.filter(tag=theme).count()
    return +counts


def merge(theme: Theme, *, into: Theme) -> Counter[str]:
    """File everything of one theme under another; counts what changed, by sort.

    The merged theme stays as a signpost: its code in addresses, queries and old revisions leads to the other.
    ValidationError when a theme would be merged into itself or into what was merged into it.
    """
    into = living(into)
    if into.pk == theme.pk:
        raise ValidationError(_("A theme cannot be merged into itself."))
    if theme.merged_into_id:
        raise ValidationError(_("This theme has been merged already."))
    with transaction.atomic():
        counts = count_items(theme)
        for model, name in tagging_models():
            _file_anew(model, name, theme, into)
        Theme.objects.filter(parent=theme).update(parent=None if into.parent_id == theme.pk else into)
        if into.parent_id == theme.pk:
            Theme.objects.filter(pk=into.pk).update(parent=theme.parent)
        theme.merged_into = into
        theme.save()
        labels_changed.send(Theme, name="theme", code=theme.slug)
    return counts


def _file_anew(model: Any, name: str, theme: Theme, into: Theme) -> None:
    there_already = model._default_manager.filter(tag=into).values(f"{name}_id")
    model._default_manager.filter(tag=theme, **{f"{name}_id__in": there_already}).delete()
    model._default_manager.filter(tag=theme).update(tag=into)
