"""How Wagtail serves our pages: from the register."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail import hooks

from chapters.models import ChapterPage
from chapters.models.sections import SectionPage
from search.registered import Registered

from . import views
from .models import HomePage


# After Wagtail's own check of view restrictions (order 0).
@hooks.register("before_serve_page", order=100)
def serve_from_register(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """A registered page is shown from its entry alone; without one only those who passed a restriction see it."""
    if isinstance(page, HomePage):
        return views.front(request, page)
    if isinstance(page, SectionPage):
        return _section(request, page)
    if isinstance(page, Registered):
        response = views.registered_page(request, page)
        if response is None and not page.get_view_restrictions().exists():  # type: ignore[attr-defined]
            raise Http404
        return response
    return None


def _section(request: HttpRequest, page: Any) -> HttpResponse:
    front = ChapterPage.objects.ancestor_of(page).select_related("chapter").first()
    if front is None or front.chapter is None:
        raise Http404
    return views.section(request, page, front.chapter.code)
