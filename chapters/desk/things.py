"""Pages of chapters as one list of things: each once, whatever number of languages it is in."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from chapters.belongings import FRONT_DEPTH
from chapters.models import ArticlePage, Chapter, EventPage


class State(StrEnum):
    """How a language of a thing stands."""

    LIVE = "live"
    CHANGED = "changed"
    DRAFT = "draft"
    OUTDATED = "outdated"
    MISSING = "missing"


STATE_NAMES = {
    State.LIVE: _("live"),
    State.CHANGED: _("live, with a newer draft"),
    State.DRAFT: _("draft"),
    State.OUTDATED: _("older than what it translates"),
    State.MISSING: _("missing"),
}


@dataclass(frozen=True, slots=True)
class Language:
    """One language of a thing: the page that has it, or none yet."""

    code: str
    state: State
    page: Any = None

    @property
    def name(self) -> str:
        """What its state is called."""
        return str(STATE_NAMES[self.state])


@dataclass(frozen=True, slots=True)
class Thing:
    """A row of the list: the page it is named by, whose it is, and all its languages."""

    page: Any
    chapter: Chapter
    languages: tuple[Language, ...]

    @property
    def state(self) -> Language:
        """Of the page that names it."""
        return next(one for one in self.languages if one.page is not None and one.page.pk == self.page.pk)

    @property
    def date(self) -> str:
        """The day it begins or is listed under, as it was typed; "" when that is the day of its publication."""
        start = getattr(self.page, "start", None)
        return start.date().isoformat() if start else getattr(self.page, "listed_on", "")


def models_of(type_name: str) -> list[Any]:
    """Page models of a list: news, events, and everything else that a chapter lays out."""
    listed: dict[str, list[Any]] = {"article": [ArticlePage], "event": [EventPage]}
    return listed.get(type_name, [Page])


def pages_below(fronts: Iterable[Any], type_name: str) -> Any:
    """Pages of a list below these fronts, aliases left out; the fronts themselves belong to the pages."""
    model = models_of(type_name)[0]
    below = [Q(path__startswith=front.path) for front in fronts]
    pages = model.objects.filter(reduce(or_, below) if below else Q(pk__in=()), alias_of=None)
    if model is Page:
        elsewhere = ContentType.objects.get_for_models(ArticlePage, EventPage).values()
        pages = pages.exclude(content_type__in=[one.pk for one in elsewhere])
    return pages.select_related("owner", "locale", "content_type")


def leading(pages: Any, *, language: str = "", state: str = "") -> Any:
    """One page for each thing: that in a language, or the first that was made; narrowed by how the language stands."""
    same = Page.objects.filter(translation_key=OuterRef("translation_key"), alias_of=None)
    if language and state != State.MISSING:
        return _in_state(pages.filter(locale__language_code=language), state, same)
    first = pages.filter(~Exists(same.filter(pk__lt=OuterRef("pk"))))
    if language:
        return first.filter(~Exists(same.filter(locale__language_code=language)))
    return _in_state(first, state, same)


def things(rows: Iterable[Any], fronts: Collection[Any]) -> list[Thing]:
    """Rows of a list with their languages. One query, however many."""
    rows = list(rows)
    by_key = defaultdict(list)
    keys = {row.translation_key for row in rows}
    for page in Page.objects.filter(translation_key__in=keys, alias_of=None).select_related("locale").order_by("pk"):
        by_key[page.translation_key].append(page)
    chapters = {front.path: front.chapter for front in fronts}
    spoken = defaultdict(list)
    for front in fronts:
        spoken[front.chapter_id].append(front.locale.language_code)
    found = []
    for row in rows:
        chapter = chapters[row.path[: Page.steplen * FRONT_DEPTH]]
        found.append(Thing(row, chapter, tuple(_languages(by_key[row.translation_key], spoken[chapter.pk]))))
    return found


def is_outdated(page: Any, original: Any) -> bool:
    """Whether a public translation is older than what it translates."""
    if not (page.live and original.live) or page.pk == original.pk:
        return False
    mine, theirs = page.last_published_at, original.last_published_at
    return bool(mine and theirs and mine < theirs)  # what scripts have made live has no date


def _languages(pages: list[Any], spoken: list[str]) -> Iterable[Language]:
    """Those it is in, the first that was made first, then those of its chapter that it lacks."""
    for page in pages:
        yield Language(page.locale.language_code, _state_of(page, pages[0]), page)
    has = {page.locale.language_code for page in pages}
    yield from (Language(code, State.MISSING) for code in spoken if code not in has)


def _state_of(page: Any, original: Any) -> State:
    if not page.live:
        return State.DRAFT
    if is_outdated(page, original):
        return State.OUTDATED
    return State.CHANGED if page.has_unpublished_changes else State.LIVE


def _in_state(pages: Any, state: str, same: Any) -> Any:
    if state == State.LIVE:
        return pages.filter(live=True)
    if state == State.CHANGED:
        return pages.filter(live=True, has_unpublished_changes=True)
    if state == State.DRAFT:
        return pages.filter(live=False)
    if state == State.OUTDATED:
        newer = same.filter(pk__lt=OuterRef("pk"), live=True, last_published_at__gt=OuterRef("last_published_at"))
        return pages.filter(Exists(newer), live=True)
    return pages
