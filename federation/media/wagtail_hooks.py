"""Wagtail's own address of a document asks the same question as ours."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from wagtail import hooks

from .serving import is_public_file, may_see_draft


@hooks.register("before_serve_document", order=-10)
def serve_what_is_public(document: Any, request: HttpRequest) -> HttpResponse | None:
    """To our address of the file, if it is for this reader; else 404, as if there were none.

    First of its kind: Wagtail's own hook would send a stranger to the login, and so say that there is something, and it
    serves what lies in the root collection to everybody.
    """
    name = document.file.name
    if not is_public_file(name) and not may_see_draft(request, name):
        raise Http404
    try:
        return HttpResponseRedirect(reverse("media:serve", args=[name]))
    except NoReverseMatch:  # a project that serves its media in another way
        return None
