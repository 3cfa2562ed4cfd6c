"""How chapters are: who works there, what they published last, what waits too long, which translations are behind."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, OuterRef, Subquery
from django.utils import timezone

from search.models import Entry, EntryQuerySet

from .models import Chapter, RoleAssignment
from .moderation.reviewing import in_progress


@dataclass(frozen=True, slots=True)
class Health:
    """How one chapter is at this moment."""

    chapter: Chapter
    depth: int
    people: int
    published: int
    last_publication: datetime | None
    waiting: int
    overdue: int
    outdated: int


def health_of(chapters: Iterable[Chapter]) -> list[Health]:
    """How these chapters are, in the order given; the same few queries however many there are."""
    people, published, outdated = people_by_chapter(), _published_by_owner(), _outdated_by_owner()
    waiting = defaultdict(list)
    for pk, since in waiting_for_review():
        waiting[pk].append(since)
    return [
        Health(
            chapter=chapter,
            depth=chapter.path.count("/"),
            people=people[chapter.pk],
            published=published.get(chapter.code, (0, None))[0],
            last_publication=published.get(chapter.code, (0, None))[1],
            waiting=len(waiting[chapter.pk]),
            overdue=sum(is_overdue(since, chapter) for since in waiting[chapter.pk]),
            outdated=outdated.get(chapter.code, 0),
        )
        for chapter in chapters
    ]


def is_overdue(since: datetime, chapter: Chapter) -> bool:
    """Whether something has waited longer than the chapter promises."""
    return since + timedelta(days=chapter.review_days) < timezone.now()


def people_by_chapter() -> Counter[int]:
    """How many people have a role given in each chapter, by its key."""
    active = RoleAssignment.objects.in_force().filter(user__is_active=True)
    return Counter(dict(active.order_by().values_list("chapter").annotate(Count("user", distinct=True))))


def waiting_for_review() -> Iterator[tuple[int, datetime]]:
    """Key of the chapter and moment of submission of everything that waits for a decision, as the queue has it."""
    yield from in_progress().exclude(chapter=None).values_list("chapter", "workflow_state__created_at")


def published_things() -> EntryQuerySet:
    """Entries that readers see, but for those of the chapters themselves."""
    return Entry.objects.public().exclude(type="chapter")


def _published_by_owner() -> dict[str, tuple[int, datetime]]:
    """Number of public things and moment of the last one's first publication, by code."""
    found = published_things().values("owner").annotate(things=Count("ref", distinct=True), last=Max("published_at"))
    return {row["owner"]: (row["things"], row["last"]) for row in found}


def _outdated_by_owner() -> dict[str, int]:
    """Number of public translations that are older than what they translate, by code of the owner."""
    original = Entry.objects.filter(ref=OuterRef("ref"), original=True).values("updated_at")[:1]
    translations = published_things().filter(original=False)
    behind = translations.filter(updated_at__lt=Subquery(original))
    return dict(behind.order_by().values_list("owner").annotate(Count("pk")))
