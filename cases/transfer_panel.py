"""What the item's page says of moving it to another chapter, and the buttons for both sides."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from chapters import rights
from chapters.models import Chapter
from chapters.moderation.views import Done

from . import transferring
from .models.item import Item


def panel(item: Any, user: Any) -> tuple[str, dict[str, Any]] | None:
    """For those who decide for the owner, and for the chapter that is asked."""
    if not isinstance(item, Item):
        return None
    asked = transferring.last_request(item)
    why_void = asked.why_void(item.owner_id) if asked is not None and asked.is_open else ""
    is_open = asked is not None and asked.is_open and not why_void
    owns = rights.may(user, rights.TRANSFER, item.owner)
    is_asked = asked is not None and rights.may(user, rights.TRANSFER, asked.to)
    if not (owns or (is_asked and is_open)):
        return None
    others = [one for one in Chapter.objects.all() if one.pk != item.owner_id and one.is_active]
    return "cases/transfer.html", {
        "asked": asked,
        "is_open": is_open,
        "why_void": why_void,
        "others": others if owns and not is_open else [],
        "may_take_back": owns and is_open,
        "may_decide": is_asked and is_open,
        "may_accept": is_asked and is_open and asked is not None and asked.asked_by_id != user.pk,
    }


def ask(item: Any, request: HttpRequest) -> str:
    """The button of the owner."""
    chapter = Chapter.objects.filter(code=request.POST.get("chapter", "")).first()
    if chapter is None or not isinstance(item, Item):
        raise Http404
    transferring.ask(item, chapter, user=request.user, reason=request.POST.get("reason", ""))
    return _("%(chapter)s is asked. Until its moderators accept nothing changes.") % {"chapter": chapter}


def accept(item: Any, request: HttpRequest) -> str:
    """The button of who is asked."""
    transferring.accept(*_named(item, request), user=request.user)
    return _("It is yours now, in all its languages.")


def decline(item: Any, request: HttpRequest) -> str:
    """The other button of who is asked."""
    transferring.decline(*_named(item, request), user=request.user, reason=request.POST.get("reason", ""))
    return _("It stays with its owner, who reads why.")


def take_back(item: Any, request: HttpRequest) -> str:
    """The other button of the owner."""
    transferring.take_back(*_named(item, request), user=request.user)
    return _("Nobody is asked to take it over any more.")


BUTTONS: dict[str, Done] = {
    "ask-transfer": ask,
    "accept-transfer": accept,
    "decline-transfer": decline,
    "take-back-transfer": take_back,
}


def _named(item: Any, request: HttpRequest) -> tuple[Item, int]:
    """The item, and the request that the form was about: another one is not accepted in its place."""
    number = request.POST.get("request", "")
    if not isinstance(item, Item) or not (number.isascii() and number.isdigit()):
        raise Http404
    return item, int(number[:18])
