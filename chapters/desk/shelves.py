"""Where the things of a list lie: pages in a chapter's tree, items in a table; both are listed in the same way."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.models import Page, WorkflowState

from chapters.belongings import FRONT_DEPTH
from chapters.models import ArticlePage, Chapter, EventPage


class Shelf:
    """Rows of one type; a thing has a row in each of its languages, all with one translation key."""

    # The path from a row to its author, and to what it is ordered by and searched for.
    author: str
    title: str
    changed_at: str

    @property
    def model(self) -> Any:
        """Whose rows they are."""
        raise NotImplementedError

    def below(self, fronts: Collection[Any]) -> Any:
        """Rows of the chapters that have these fronts, with what a list says of each."""
        raise NotImplementedError

    def every(self) -> Any:
        """All rows that may be a language of something, with `is_in_review`; originals before what translates them."""
        raise NotImplementedError

    def chapter_of(self, row: Any, fronts: Collection[Any]) -> Chapter:
        """Whose a row is."""
        raise NotImplementedError


class PageShelf(Shelf):
    """News, events, or everything else that a chapter lays out."""

    author, title, changed_at = "owner", "draft_title", "latest_revision_created_at"

    def __init__(self, model: Any = Page) -> None:
        """Of one model; `Page`: of all that have no list of their own."""
        self._model = model

    @property
    def model(self) -> Any:
        """Whose rows they are."""
        return self._model

    def below(self, fronts: Collection[Any]) -> Any:
        """Aliases are left out; the fronts themselves belong to the pages."""
        below = [Q(path__startswith=front.path) for front in fronts]
        pages = self.model.objects.filter(reduce(or_, below) if below else Q(pk__in=()), alias_of=None)
        if self.model is Page:
            elsewhere = ContentType.objects.get_for_models(ArticlePage, EventPage).values()
            pages = pages.exclude(content_type__in=[one.pk for one in elsewhere])
        return pages.select_related("owner", "locale", "content_type")

    def every(self) -> Any:
        """Of pages of all types, what a list says of a language is known."""
        pages: Any = Page.objects.filter(alias_of=None)
        return pages.select_related("locale").annotate(is_in_review=is_in_review(Page)).order_by("pk")

    def chapter_of(self, row: Any, fronts: Collection[Any]) -> Chapter:
        """By its place."""
        chapters = {front.path: front.chapter for front in fronts}
        found: Chapter = chapters[row.path[: Page.steplen * FRONT_DEPTH]]
        return found


class ItemShelf(Shelf):
    """What a chapter owns by a field: statements, cases."""

    author, title, changed_at = "latest_revision__user", "latest_revision__object_str", "latest_revision__created_at"
    # Long, and in no list.
    unread = ("body", "latest_revision__content")

    def __init__(self, model: Any) -> None:
        """Of one model."""
        self._model = model

    @property
    def model(self) -> Any:
        """Whose rows they are."""
        return self._model

    def below(self, fronts: Collection[Any]) -> Any:
        """By their owner."""
        items = self.model._default_manager.filter(owner__in={front.chapter_id for front in fronts})
        return items.select_related("owner", "locale", "kind", "latest_revision__user").defer(*self.unread)

    def every(self) -> Any:
        """A translation needs its original to be made."""
        items = self.model._default_manager.select_related("locale", "kind").defer("body")
        return items.annotate(is_in_review=is_in_review(self.model)).order_by("pk")

    def chapter_of(self, row: Any, fronts: Collection[Any]) -> Chapter:
        """Its owner."""
        owner: Chapter = row.owner
        return owner


def is_in_review(model: Any) -> Exists:
    """Whether a review of a row is in progress."""
    return _has_state(model, status=WorkflowState.STATUS_IN_PROGRESS)


def is_returned_to(user: Any, model: Any) -> Exists:
    """Whether a row came back to somebody from a review, and waits for them."""
    return _has_state(model, status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user)


def _has_state(model: Any, **having: Any) -> Exists:
    base = Page if issubclass(model, Page) else model
    states = WorkflowState.objects.filter(base_content_type=ContentType.objects.get_for_model(base), **having)
    return Exists(states.filter(object_id=Cast(OuterRef("pk"), CharField())))


def value(row: Any, path: str) -> Any:
    """What a path of names leads to from a row; None where it ends early."""
    for name in path.split("__"):
        row = getattr(row, name, None)
    return row
