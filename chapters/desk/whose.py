"""Which chapters somebody looks at in the admin: all of theirs, or the one that they have switched to."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from chapters import rights
from chapters.models import Chapter, ChapterPage

IN_SESSION = "federation_chapter"


def own_chapters(user: Any) -> list[Chapter]:
    """Chapters whose drafts somebody sees, as the tree has them."""
    where = rights.chapters_where(user, rights.VIEW)
    return sorted((one for one in rights.all_chapters(user) if one.pk in where), key=lambda one: one.path)


def chosen_chapter(request: HttpRequest) -> Chapter | None:
    """The one that a person of several has switched to; None: all of theirs. A role that has ended ends the choice."""
    code = request.session.get(IN_SESSION, "")
    return next((one for one in own_chapters(request.user) if one.code == code), None)


def chapters_looked_at(request: HttpRequest) -> list[Chapter]:
    """The chapter that was chosen, else all that somebody sees."""
    chosen = chosen_chapter(request)
    return [chosen] if chosen else own_chapters(request.user)


def choose_chapter(request: HttpRequest, code: str) -> None:
    """Switch to a chapter of one's own; any other code: to all of them."""
    if any(one.code == code for one in own_chapters(request.user)):
        request.session[IN_SESSION] = code
    else:
        request.session.pop(IN_SESSION, None)


def fronts_of(chapters: Iterable[Chapter]) -> list[Any]:
    """The front pages of chapters, each with its chapter and language. One query."""
    fronts: Any = ChapterPage.objects.filter(chapter__in=list(chapters), alias_of=None)
    return list(fronts.select_related("chapter", "locale").order_by("chapter__path", "pk"))
