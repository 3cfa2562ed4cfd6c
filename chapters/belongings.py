"""What belongs to a chapter: the pages below its front pages, and the items that it owns."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, Revision

from search.types import declared

from .models import Chapter, ChapterPage

# A chapter's page in a language stands at this depth (chapters/models/fronts.py).
FRONT_DEPTH = 3


def item_models() -> list[Any]:
    """Models of things that a chapter owns by a field, not by their place in the page tree: cases, statements."""
    models = [model for declaration in declared().values() for model in declaration.models()]
    return [model for model in models if not issubclass(model, Page) and _owner_is_chapter(model)]


def _owner_is_chapter(model: Any) -> bool:
    try:
        return model._meta.get_field("owner").related_model is Chapter
    except FieldDoesNotExist:
        return False


def pages_of(chapters: Iterable[Chapter]) -> Any:
    """The front pages of chapters in every language, and everything below them."""
    paths = ChapterPage.objects.filter(chapter__in=list(chapters)).values_list("path", flat=True)
    below = [Q(path__startswith=path) for path in paths]
    return Page.objects.filter(reduce(or_, below)) if below else Page.objects.none()


def items_of(chapters: Collection[Chapter]) -> list[QuerySet[Any]]:
    """Rows of every language that these chapters own, one query for each model."""
    return [model._default_manager.filter(owner__in=chapters) for model in item_models()]


def scheduled_revisions(chapter: Chapter) -> list[Revision]:
    """Versions of what belongs to a chapter that wait for their moment to come out, which is still to come."""
    found: list[Revision] = []
    for rows in (pages_of([chapter]), *items_of([chapter])):
        keys = rows.order_by().annotate(key=Cast("pk", CharField())).values("key")
        kind = ContentType.objects.get_for_model(rows.model)
        waiting = Revision.objects.filter(approved_go_live_at__gt=timezone.now(), base_content_type=kind)
        found += waiting.filter(object_id__in=keys)
    return found


def owners_of(content_type: ContentType, keys: Collection[str]) -> dict[str, int]:
    """Key of the chapter that each of these objects belongs to, by the text of its key. At most two queries."""
    model = content_type.model_class()
    if model is None:
        return {}
    if not issubclass(model, Page):
        if model not in item_models():
            return {}
        rows = model._default_manager.filter(pk__in=keys, owner__isnull=False).values_list("pk", "owner")
        return {str(key): owner for key, owner in rows}
    fronts = dict(ChapterPage.objects.exclude(chapter=None).values_list("path", "chapter"))
    paths = Page.objects.filter(pk__in=keys).values_list("pk", "path")
    found = {str(key): fronts.get(path[: Page.steplen * FRONT_DEPTH]) for key, path in paths}
    return {key: chapter for key, chapter in found.items() if chapter}


def refs_by_type(rows: Iterable[Any]) -> dict[str, set[str]]:
    """Refs of registered rows, by register type: what `search.register.refresh` takes."""
    refs: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if hasattr(row, "register_type"):
            refs[row.register_type].add(row.get_ref())
    return refs
