"""Merging two themes in the admin: first how much would change, then the change."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .forms import MergeForm
from .models import Theme
from .themes import count_items, merge


def merge_theme(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the other theme, see how many items change, confirm. For people who may change themes."""
    if not request.user.has_perm("vocabulary.change_theme"):
        raise PermissionDenied
    theme = get_object_or_404(Theme, pk=pk, merged_into=None)
    form = MergeForm(request.POST or None, theme=theme)
    if request.method == "POST" and form.is_valid() and "confirm" in request.POST:
        return _merge(request, theme, form.cleaned_data["into"])
    context = {
        "theme": theme,
        "form": form,
        "into": form.cleaned_data.get("into") if form.is_bound and form.is_valid() else None,
        "counts": sorted(count_items(theme).items()),
        "header_title": _("Merge a theme"),
    }
    return render(request, "vocabulary/merge_theme.html", context)


def _merge(request: HttpRequest, theme: Theme, into: Theme) -> HttpResponse:
    try:
        counts = merge(theme, into=into)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        said = ngettext(
            "%(number)d item that was filed under “%(theme)s” is now filed under “%(into)s”.",
            "%(number)d items that were filed under “%(theme)s” are now filed under “%(into)s”.",
            counts.total(),
        )
        messages.success(request, said % {"number": counts.total(), "theme": theme, "into": into})
    return redirect("wagtailsnippets_vocabulary_theme:list")
