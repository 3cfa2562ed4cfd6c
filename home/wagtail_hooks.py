"""How Wagtail serves our pages: from the register."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail import hooks

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
    if isinstance(page, SectionPage) and not page.get_view_restrictions().exists():  # type: ignore[attr-defined]
        raise Http404  # a public section is answered before (views.at_path): this one's chapter is not public
    if isinstance(page, Registered):
        response = views.registered_page(request, page)
        if response is None and not page.get_view_restrictions().exists():  # type: ignore[attr-defined]
            raise Http404
        return response
    return None
