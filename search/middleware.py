"""Public reads are answered first: before sessions, users and languages are looked at, cookies and tokens ignored."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from .api.answers import not_found
from .api.endpoints import answer_to, endpoint_for
from .api.http import respond


class PublicReadMiddleware:
    """Answers the routes of ours below the API's root; everything else goes on. Without it they work too, slower."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Nothing is looked up before the first request: URLs may not be there yet."""
        self.get_response = get_response
        self.root: str | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A public read, or whatever comes after."""
        root = self._root()
        if root and request.path_info.startswith(root):
            rest = request.path_info[len(root) :]
            if endpoint_for(rest) is not None:
                query_string = request.META.get("QUERY_STRING", "")
                return respond(request, lambda: answer_to(root, rest, query_string) or not_found())
        return self.get_response(request)

    def _root(self) -> str:
        if self.root is None:
            try:
                self.root = reverse("wagtailapi_v3:api-root")
            except NoReverseMatch:
                self.root = ""
        return self.root
