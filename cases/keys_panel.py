"""Who may see an item and until when it is held back: forms of the item's page, for those who decide it."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chapters import rights
from chapters.moderation.views import Done

from .actions import change_visibility, set_embargo
from .models.item import Item, Visibility

# What a choice does, as the form says before and the message after.
EFFECTS = {
    Visibility.CHAPTER: gettext_lazy("The chapter: it is not public, whatever of it is published."),
    Visibility.FEDERATION: gettext_lazy("The federation: it is not public, whatever of it is published."),
    Visibility.PUBLIC: gettext_lazy("Everybody: what of it is published is public, unless something holds it back."),
}
LONGEST = timedelta(days=36525)  # a year like 20206 is a slip of the finger


class _Reasoned(forms.Form):
    reason = forms.CharField(
        max_length=500, error_messages={"required": gettext_lazy("Say why: it stays in the item's history.")}
    )


class _VisibilityForm(_Reasoned):
    visibility = forms.ChoiceField(choices=Visibility.choices)


class _EmbargoForm(_Reasoned):
    until = forms.DateTimeField(error_messages={"required": gettext_lazy("Say until when it is held back.")})

    def clean_until(self) -> datetime:
        """A moment to come."""
        until: datetime = self.cleaned_data["until"]
        if not timezone.now() < until < timezone.now() + LONGEST:
            raise ValidationError(_("Choose a moment to come, within a hundred years. To end an embargo, lift it."))
        return until


def panel(item: Any, user: Any) -> tuple[str, dict[str, Any]] | None:
    """For those who may decide at least one of the two."""
    if not isinstance(item, Item):
        return None
    may_show, may_hold_back = (rights.may_on(user, action, item) for action in (rights.VISIBILITY, rights.EMBARGO))
    if not (may_show or may_hold_back):
        return None
    return "cases/keys.html", {
        "may_show": may_show,
        "may_hold_back": may_hold_back,
        "visibility": item.visibility,
        "effects": [{"value": value, "says": says} for value, says in EFFECTS.items()],
        "until": item.embargo_until if _is_held_back(item) else None,
    }


def show(item: Any, request: HttpRequest) -> str:
    """The button that changes who may see it."""
    asked = _asked(_VisibilityForm, rights.VISIBILITY, item, request)
    to = asked["visibility"]
    if to == item.visibility:
        raise ValidationError(_("That is so already: nothing was changed."))
    change_visibility(item, to, user=request.user, reason=asked["reason"])
    return str(EFFECTS[to])


def hold_back(item: Any, request: HttpRequest) -> str:
    """The button that sets an embargo, or another end of it."""
    asked = _asked(_EmbargoForm, rights.EMBARGO, item, request)
    set_embargo(item, asked["until"], user=request.user, reason=asked["reason"])
    return _("It is held back: until that moment it is not public, in any language.")


def lift(item: Any, request: HttpRequest) -> str:
    """The button that ends an embargo now."""
    asked = _asked(_Reasoned, rights.EMBARGO, item, request)
    if not _is_held_back(item):
        raise ValidationError(_("No embargo holds it back."))
    set_embargo(item, None, user=request.user, reason=asked["reason"])
    return _("The embargo is lifted.")


BUTTONS: dict[str, Done] = {"show": show, "hold-back": hold_back, "lift-embargo": lift}


def _is_held_back(item: Item) -> bool:
    return item.embargo_until is not None and item.embargo_until > timezone.now()


def _asked(form_class: type[forms.Form], action: str, item: Any, request: HttpRequest) -> dict[str, Any]:
    """What a form says, of somebody who may do it."""
    if not isinstance(item, Item):
        raise Http404
    if not rights.may_on(request.user, action, item):
        raise PermissionDenied(_("Moderators of the owner chapter and federation staff decide that."))
    form = form_class(request.POST)
    if not form.is_valid():
        raise ValidationError([message for messages in form.errors.values() for message in messages])
    return form.cleaned_data
