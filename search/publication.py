"""Which words of an object are public, and from when to when: for the allow-list functions of the types."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page, PageViewRestriction


@dataclass(frozen=True, slots=True)
class Publication:
    """The public state of one object: what it says, between which moments, and made from what."""

    content: Any
    visible_from: datetime | None
    visible_until: datetime | None
    basis: str


def basis_of(instance: Any) -> str:
    """What an object's public words were made from; it differs after every publication."""
    published = instance.last_published_at
    return f"{instance.live_revision_id or ''}:{published.isoformat() if published else ''}"


def publication_of(instance: Any) -> Publication | None:
    """What is or will be public of a draftable object; None for a draft.

    Words come from the live revision, never from the row: wagtail-localize 1.14.5 overwrites a live row with drafts.
    A first publication that is scheduled is written ahead, visible from its moment: no scheduler has to run for it.
    """
    if instance.live:
        revision = instance.live_revision
        content = revision.as_object() if revision else instance
        return Publication(content, None, content.expire_at, basis_of(instance))
    scheduled = instance.scheduled_revision
    if scheduled is None:
        return None
    content = scheduled.as_object()
    return Publication(content, scheduled.approved_go_live_at, content.expire_at, f"{scheduled.pk}:scheduled")


def first_public_at(instance: Any) -> datetime:
    """When an object was or will be public for the first time; the same however often it is asked.

    A row that was made live without being published (a script, an old backup) is dated by its newest draft.
    """
    scheduled = None if instance.live else instance.scheduled_revision
    known = (
        instance.first_published_at,
        scheduled and scheduled.approved_go_live_at,
        instance.latest_revision and instance.latest_revision.created_at,
    )
    return next((moment for moment in known if moment), datetime(1970, 1, 1, tzinfo=UTC))


def published_or_scheduled(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Those of draftable objects that `publication_of` has an answer for."""
    scheduled = queryset.model.objects.filter(_revisions__approved_go_live_at__isnull=False).values("pk")
    return queryset.filter(Q(live=True) | Q(pk__in=scheduled))


def public_pages(model: type[Page]) -> QuerySet[Any]:
    """Pages of a model that readers may see: no aliases, and nothing under a view restriction."""
    pages = published_or_scheduled(model.objects.filter(alias_of__isnull=True))
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        pages = pages.exclude(path__startswith=path)
    return pages.select_related("locale", "live_revision")
