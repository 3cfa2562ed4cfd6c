"""What somebody has on their own desk: drafts, and what came back to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from wagtail.models import Page, TaskState, WorkflowState

from chapters import rights
from chapters.belongings import item_models, pages_of
from chapters.models import Chapter, OfferedForTranslation, Review
from search.models import Entry

from .shelves import is_in_review, is_returned_to


@dataclass(frozen=True, slots=True)
class Draft:
    """Something that is not public as it was written last."""

    title: str
    language: str
    what: str
    at: datetime | None
    row: Any


def drafts_of(user: Any, chapters: list[Chapter], limit: int) -> list[Draft]:
    """The last ones that somebody has written in these chapters and that nobody reads at this moment.

    One query for pages, one for each type of item.
    """
    mine = Q(latest_revision__user=user) & (Q(live=False) | Q(has_unpublished_changes=True))
    pages = pages_of(chapters).filter(mine, *_on_no_other_pile(user, Page), alias_of=None)
    found = [
        Draft(
            page.draft_title, page.locale.language_code, page.content_type.name, page.latest_revision_created_at, page
        )
        for page in pages.select_related("locale", "content_type").order_by("-latest_revision_created_at")[:limit]
    ]
    for model in item_models():
        theirs = Q(owner__in=chapters)
        if issubclass(model, OfferedForTranslation):
            theirs |= Q(_readers_have(), translated_by__in=chapters)
        rows = model._default_manager.filter(mine, theirs, *_on_no_other_pile(user, model))
        rows = rows.select_related("locale", "latest_revision")
        for row in rows.order_by("-latest_revision__created_at")[:limit]:
            revision = row.latest_revision
            what = str(model._meta.verbose_name)
            found.append(Draft(revision.object_str, row.locale.language_code, what, revision.created_at, row))
    return sorted(found, key=lambda one: one.at.timestamp() if one.at else 0.0, reverse=True)[:limit]


def _on_no_other_pile(user: Any, model: Any) -> tuple[Any, Any]:
    """What is with a reviewer, or came back from one, is told of there."""
    return ~is_in_review(model), ~is_returned_to(user, model)


def _readers_have() -> Exists:
    """What one's chapter translates of another is there for it as long as it is there for readers."""
    return Exists(Entry.objects.public().filter(ref=OuterRef("ref"), original=True))


def returned_to(user: Any, limit: int) -> list[Review]:
    """Reviews that somebody had asked for and that came back with a reason, the last first."""
    where = rights.chapters_where(user, rights.VIEW)
    back = Review.objects.filter(
        status=TaskState.STATUS_REJECTED,
        workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES,
        workflow_state__requested_by=user,
        workflow_state__current_task_state=F("pk"),
    ).filter(Q(chapter__in=where) | Q(_readers_have(), translator__in=where))
    return list(back.select_related("revision", "finished_by", "chapter").order_by("-finished_at")[:limit])
