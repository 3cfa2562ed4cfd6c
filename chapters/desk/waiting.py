"""What waits for a decision, in all chapters that somebody looks at: how long already, and who has it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page

from chapters.models import Chapter
from chapters.moderation.reviewing import Holder, in_progress, in_view_of, who_has


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How long something waits, against what its chapter promises."""

    chapter: Chapter
    since: datetime

    @property
    def due(self) -> datetime:
        """When its chapter has promised an answer."""
        return self.since + timedelta(days=self.chapter.review_days)

    @property
    def days_left(self) -> int:
        """Whole days until then; negative when it is past: -1 from the first second on."""
        return (self.due - timezone.now()) // timedelta(days=1)

    @property
    def days_over(self) -> int:
        """Whole days that it is late, begun ones counted; 0 when it is not."""
        return max(0, -self.days_left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting(Clock):
    """Something that waits."""

    ref: str
    title: str
    type_name: str
    kind: str
    language: str
    holder: Holder
    is_mine: bool


def waiting_in_view_of(user: Any) -> list[Waiting]:
    """What waits in chapters whose drafts somebody sees, and what has come to them from others; most urgent first.

    Queries do not grow with reviews or chapters.
    """
    reviews = list(in_progress())
    standing, seen = who_has(user, reviews), in_view_of(user, reviews)
    reviews = [review for review in reviews if review.pk in seen or standing[review.pk][1]]
    rows = _rows_of(reviews)
    found = []
    for review in reviews:
        row = rows.get(_key(review))
        if row is None or review.chapter is None:
            continue
        found.append(
            Waiting(
                ref=review.ref,
                title=review.revision.object_str if review.revision else str(row),
                type_name=_type_of(row),
                kind=_kind_of(row),
                language=row.locale.language_code,
                chapter=review.chapter,
                since=review.workflow_state.created_at,
                holder=standing[review.pk][0],
                is_mine=standing[review.pk][1],
            )
        )
    return sorted(found, key=lambda one: one.due)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheDesk(Clock):
    """A review that concerns somebody: they decide, or they have asked for it."""

    ref: str
    title: str
    holder: Holder
    is_mine: bool
    was_asked_for: bool


def on_the_desk_of(user: Any) -> list[OnTheDesk]:
    """Reviews in progress that somebody decides about, or has asked for; the most urgent first.

    Queries do not grow with reviews.
    """
    reviews = [review for review in in_progress() if review.chapter is not None]
    standing, seen = who_has(user, reviews), in_view_of(user, reviews)
    found = [
        OnTheDesk(
            ref=review.ref,
            title=review.revision.object_str if review.revision else "",
            chapter=review.chapter,
            since=review.workflow_state.created_at,
            holder=standing[review.pk][0],
            is_mine=standing[review.pk][1],
            # Who has left the chapter meanwhile has asked for nothing there any more.
            was_asked_for=review.workflow_state.requested_by_id == user.pk and review.pk in seen,
        )
        for review in reviews
    ]
    return sorted((one for one in found if one.is_mine or one.was_asked_for), key=lambda one: one.due)


def _key(review: Any) -> tuple[int, str]:
    return review.workflow_state.base_content_type_id, review.workflow_state.object_id


def _rows_of(reviews: Iterable[Any]) -> dict[tuple[int, str], Any]:
    """What the reviews are about; one query for each kind of row."""
    by_type: dict[int, set[str]] = defaultdict(set)
    for review in reviews:
        base, key = _key(review)
        by_type[base].add(key)
    found: dict[tuple[int, str], Any] = {}
    for base, keys in by_type.items():
        model: Any = ContentType.objects.get_for_id(base).model_class()
        related = ("locale", "content_type") if issubclass(model, Page) else ("locale", "kind")
        for row in model._default_manager.filter(pk__in=keys).select_related(*related):
            found[base, str(row.pk)] = row
    return found


def _type_of(row: Any) -> str:
    model = row.content_type.model_class() if isinstance(row, Page) else type(row)
    return getattr(model, "register_type", "")


def _kind_of(row: Any) -> str:
    """What readers call it; of a page what the admin calls it."""
    if isinstance(row, Page):
        return str(row.content_type.name)
    return str(row.kind or row._meta.verbose_name)
