"""What the item's page says of the chapters that publish an item too, and the buttons for both sides."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from chapters import rights
from chapters.models import Chapter
from chapters.moderation.views import Done

from . import sharing
from .models.item import Item


def panel(item: Any, user: Any) -> tuple[str, dict[str, Any]] | None:
    """For people of the owner and of the chapters that are asked."""
    if not isinstance(item, Item):
        return None
    rows = [
        {"chapter": row.chapter, "accepted_at": row.accepted_at, "mine": rights.may(user, rights.SHARE, row.chapter)}
        for row in item.co_publications.select_related("chapter")  # type: ignore[attr-defined]
    ]
    may_invite = rights.may(user, rights.SHARE, item.owner)
    if not (rows or may_invite):
        return None
    asked = {row["chapter"].pk for row in rows}
    others = [one for one in Chapter.objects.all() if one.pk not in {item.owner_id, *asked} and one.is_active]
    return "cases/sharing.html", {"rows": rows, "may_invite": may_invite, "others": others}


def invite(item: Any, request: HttpRequest) -> str:
    """The button of the owner."""
    chapter = _chapter(item, request)
    sharing.invite(item, chapter, user=request.user)
    return _("%(chapter)s is invited. It is named when its moderators accept.") % {"chapter": chapter}


def accept(item: Any, request: HttpRequest) -> str:
    """The button of who is asked."""
    chapter = _chapter(item, request)
    sharing.accept(item, chapter, user=request.user)
    return _("%(chapter)s publishes it too.") % {"chapter": chapter}


def leave(item: Any, request: HttpRequest) -> str:
    """The button of who is asked, or has accepted."""
    chapter = _chapter(item, request)
    sharing.leave(item, chapter, user=request.user)
    return _("The name of %(chapter)s is not on it.") % {"chapter": chapter}


def take_back(item: Any, request: HttpRequest) -> str:
    """The other button of the owner."""
    chapter = _chapter(item, request)
    sharing.take_back(item, chapter, user=request.user)
    return _("The name of %(chapter)s is not on it.") % {"chapter": chapter}


BUTTONS: dict[str, Done] = {"invite": invite, "accept": accept, "leave": leave, "take-back": take_back}


def _chapter(item: Any, request: HttpRequest) -> Chapter:
    """The chapter that a button is about. Pages are published by one chapter alone."""
    chapter = Chapter.objects.filter(code=request.POST.get("chapter", "")).first()
    if chapter is None or not isinstance(item, Item):
        raise Http404
    return chapter
