"""What chapters have as one list of things: each once, whatever number of languages it is in."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from chapters.models import Chapter

from .shelves import Shelf, is_in_review, value


class State(StrEnum):
    """How a language of a thing stands."""

    LIVE = "live"
    CHANGED = "changed"
    DRAFT = "draft"
    REVIEW = "review"
    OUTDATED = "outdated"
    MISSING = "missing"


STATE_NAMES = {
    State.LIVE: _("live"),
    State.CHANGED: _("live, with a newer draft"),
    State.DRAFT: _("draft"),
    State.REVIEW: _("being reviewed"),
    State.OUTDATED: _("older than what it translates"),
    State.MISSING: _("missing"),
}


@dataclass(frozen=True, slots=True)
class Language:
    """One language of a thing: the row that has it, or none yet."""

    code: str
    state: State
    row: Any = None
    is_original: bool = False

    @property
    def name(self) -> str:
        """What its state is called."""
        return str(STATE_NAMES[self.state])


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A row of the list: the language it is named in, whose it is, and all its languages."""

    row: Any
    # Of its newest draft.
    title: str
    chapter: Chapter
    author: Any
    changed_at: datetime | None
    # The day it begins or is listed under, as it was typed; "" when that is the day of its publication.
    date: str
    languages: tuple[Language, ...]

    @property
    def state(self) -> Language:
        """Of the language that names it."""
        return next(one for one in self.languages if one.row is not None and one.row.pk == self.row.pk)


def leading(shelf: Shelf, rows: Any, *, language: str = "", state: str = "") -> Any:
    """One row for each thing: that in a language, or the first that was made; narrowed by how the language stands."""
    same = shelf.every().filter(translation_key=OuterRef("translation_key")).order_by()
    if language and state != State.MISSING:
        return _in_state(rows.filter(locale__language_code=language), state, same)
    first = rows.filter(~Exists(same.filter(pk__lt=OuterRef("pk"))))
    if language:
        return first.filter(~Exists(same.filter(locale__language_code=language)))
    return _in_state(first, state, same)


def things(shelf: Shelf, rows: Iterable[Any], fronts: Collection[Any]) -> list[Thing]:
    """Rows of a list with their languages. One query, however many."""
    rows = list(rows)
    by_key = defaultdict(list)
    for row in shelf.every().filter(translation_key__in={row.translation_key for row in rows}):
        by_key[row.translation_key].append(row)
    spoken = defaultdict(list)
    for front in fronts:
        spoken[front.chapter_id].append(front.locale.language_code)
    found = []
    for row in rows:
        chapter, beside = shelf.chapter_of(row, fronts), by_key[row.translation_key]
        found.append(
            Thing(
                row=row,
                title=value(row, shelf.title) or str(row),
                chapter=chapter,
                author=value(row, shelf.author),
                changed_at=value(row, shelf.changed_at),
                date=_date_of(row) or _date_of(beside[0]),
                languages=tuple(_languages(beside, spoken[chapter.pk])),
            )
        )
    return found


def is_outdated(row: Any, original: Any) -> bool:
    """Whether a public translation is older than what it translates."""
    if not (row.live and original.live) or row.pk == original.pk:
        return False
    mine, theirs = row.last_published_at, original.last_published_at
    return bool(mine and theirs and mine < theirs)  # what scripts have made live has no date


def _date_of(row: Any) -> str:
    start = getattr(row, "start", None)
    return start.date().isoformat() if start else getattr(row, "listed_on", "") or getattr(row, "dated", "")


def _languages(rows: list[Any], spoken: list[str]) -> Iterable[Language]:
    """Those it is in, the original first, then those of its chapter that it lacks."""
    for row in rows:
        yield Language(row.locale.language_code, _state_of(row, rows[0]), row, row.pk == rows[0].pk)
    has = {row.locale.language_code for row in rows}
    yield from (Language(code, State.MISSING) for code in spoken if code not in has)


def _state_of(row: Any, original: Any) -> State:
    if row.is_in_review:
        return State.REVIEW
    if not row.live:
        return State.DRAFT
    if is_outdated(row, original):
        return State.OUTDATED
    return State.CHANGED if row.has_unpublished_changes else State.LIVE


def _in_state(rows: Any, state: str, same: Any) -> Any:
    if state == State.LIVE:
        return rows.filter(live=True)
    if state == State.CHANGED:
        return rows.filter(live=True, has_unpublished_changes=True)
    if state == State.DRAFT:
        return rows.filter(live=False)
    if state == State.REVIEW:
        return rows.filter(is_in_review(rows.model))
    if state == State.OUTDATED:
        newer = same.filter(pk__lt=OuterRef("pk"), live=True, last_published_at__gt=OuterRef("last_published_at"))
        return rows.filter(Exists(newer), live=True)
    return rows
