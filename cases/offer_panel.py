"""Whether other chapters may translate an item: a form of the item's page, for moderators of the owner."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from chapters import rights
from chapters.moderation.views import Done

from .actions import offer_for_translation
from .models.item import Item


def panel(item: Any, user: Any) -> tuple[str, dict[str, Any]] | None:
    """For those who decide it."""
    if not isinstance(item, Item) or not rights.may_on(user, rights.SHARE, item):
        return None
    return "cases/offer.html", {"is_offered": item.is_offered}


def offer(item: Any, request: HttpRequest) -> str:
    """Let others translate it."""
    _decide(item, request, True)
    return _("Other chapters may translate it while it is public. Nothing of that is public before it is approved.")


def offer_no_longer(item: Any, request: HttpRequest) -> str:
    """Let others no longer translate it."""
    _decide(item, request, False)
    return _("Other chapters begin no translation of it any more. What is published stays.")


BUTTONS: dict[str, Done] = {"offer": offer, "offer-no-longer": offer_no_longer}


def _decide(item: Any, request: HttpRequest, offered: bool) -> None:
    if not isinstance(item, Item):
        raise Http404
    if not rights.may_on(request.user, rights.SHARE, item):
        raise PermissionDenied(_("Moderators of the owner chapter decide that."))
    if item.is_offered == offered:
        raise ValidationError(_("That is so already: nothing was changed."))
    offer_for_translation(item, offered, user=request.user)
